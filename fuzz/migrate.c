/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * Any bytes as what the receiver of a migration hears, over one connection
 * after another: it answers, has and ends as the model does, so it says that
 * all is equal only if the digests are those of its pages; what it rejects it
 * rejects with words, which the peer hears too.
 *
 * data: records (spec/MIGRATION.md), of which those of two kinds more than
 * there are shape what is heard, then how much of it at a time, which answer
 * fails, and what is granted.
 */
#include "arrival_model.h"
#include "fuzz.h"
#include "tests/migrate/tape.h"

enum {
  /* The connection is over, without so many of its last bytes. */
  XBZ_SHAPE_CUT = 255,
  /* The record before comes so many times more: buffers wrap. */
  XBZ_SHAPE_REPEAT = 254,
  XBZ_HEARD_MOST = 1 << 18
};

static uint8_t xbz_bytes[XBZ_HEARD_MOST];
static xbz_arrival_model xbz_model;
static xbz_tape xbz_heard;

/* The length of the next record, head and all, or what there is of it. */
static size_t xbz_record_len(const xbz_fuzz_input *input) {
  if (input->len < XBZ_WIRE_HEAD)
    return input->len;
  const size_t body = xbz_wire_head_get(input->bytes).len;
  const size_t left = input->len - XBZ_WIRE_HEAD;
  return XBZ_WIRE_HEAD + (body < left ? body : left);
}

/* Add the last size bytes of xbz_bytes[0..len) so many times. */
static size_t xbz_repeat(size_t len, size_t size, uint64_t times) {
  for (times %= 16384; times > 0 && XBZ_HEARD_MOST - len >= size; times--) {
    memcpy(xbz_bytes + len, xbz_bytes + len - size, size);
    len += size;
  }
  return len;
}

/* What is heard over the next connection; its length. */
static size_t xbz_take_connection(xbz_fuzz_input *input) {
  size_t len = 0, last = 0;
  while (input->len > 0) {
    const size_t size = xbz_record_len(input);
    const uint8_t *record = input->bytes;
    const uint8_t kind = size < XBZ_WIRE_HEAD ? 0 : record[8];
    input->bytes += size;
    input->len -= size;
    if (kind == XBZ_SHAPE_CUT)
      return len - (record[0] < len ? record[0] : len);
    if (kind == XBZ_SHAPE_REPEAT) {
      len = xbz_repeat(len, last, xbz_wire_head_get(record).number);
      continue;
    }
    if (size > XBZ_HEARD_MOST - len)
      continue;
    memcpy(xbz_bytes + len, record, size);
    len += size;
    last = size;
  }
  return len;
}

/* heard[0..len) is an error record with these words. */
static void xbz_check_words(const uint8_t *heard, size_t len,
                            const char *words) {
  XBZ_CHECK(len >= XBZ_WIRE_HEAD);
  const xbz_wire_head head = xbz_wire_head_get(heard);
  XBZ_CHECK(head.number == 0 && head.kind == XBZ_WIRE_ERROR);
  XBZ_CHECK_EQ(head.len, strnlen(words, XBZ_WIRE_TEXT_MAX));
  XBZ_CHECK_EQ(len, XBZ_WIRE_HEAD + head.len);
  XBZ_CHECK_BYTES(heard + XBZ_WIRE_HEAD, (const uint8_t *)words, head.len);
}

/* The peer has heard what the model says, then why there is nothing more; the
   tape keeps the beginning of it. */
static void xbz_check_said(const xbz_error *error) {
  const size_t said = xbz_model.said_len;
  const size_t heard = xbz_heard.heard_len;
  const bool whole = heard < XBZ_TAPE_CAP;
  XBZ_CHECK(heard >= said || !whole);
  XBZ_CHECK_BYTES(xbz_heard.heard, xbz_model.said, said < heard ? said : heard);
  if (!whole)
    return;
  if (xbz_model.refuses)
    xbz_check_words(xbz_heard.heard + said, heard - said, error->text);
  else
    XBZ_CHECK_EQ(heard, said);
}

/* Its memory and its notes are the model's, and the memory is offered only when
   all is equal. */
static void xbz_check_memory(const xbz_arrival *arrival, xbz_ending ending) {
  const uint64_t size = xbz_model.hello.pages * xbz_model.hello.page_len;
  uint64_t len = 0;
  const uint8_t *offered = xbz_arrival_memory(arrival, &len);
  XBZ_CHECK((offered != NULL) == (ending == XBZ_END_EQUAL));
  XBZ_CHECK(offered == NULL || len == size);
  XBZ_CHECK(xbz_arrival_begun(arrival) == (xbz_model.phase != 0));
  if (xbz_model.hello.pages == 0)
    return;
  XBZ_CHECK_BYTES(arrival->memory, xbz_model.memory, (size_t)size);
  for (uint64_t i = 0; i < xbz_model.hello.pages; i++)
    XBZ_CHECK(xbz_page_set_has(&arrival->verified, i) == xbz_model.equal[i]);
}

static void xbz_connect(xbz_arrival *arrival, size_t len, size_t most,
                        size_t sends) {
  xbz_error error = {""};
  const xbz_ending want =
      xbz_arrival_model_receive(&xbz_model, xbz_bytes, len, sends);
  xbz_heard.said = xbz_bytes;
  xbz_heard.len = len;
  xbz_heard.at = xbz_heard.heard_len = 0;
  xbz_heard.most = most;
  xbz_heard.sends = sends;
  xbz_link link = xbz_tape_link(&xbz_heard);
  XBZ_CHECK_EQ(xbz_arrival_receive(arrival, &link, &error), want);
  XBZ_CHECK(want == XBZ_END_EQUAL || *error.text != '\0');
  xbz_check_said(&error);
  xbz_check_memory(arrival, want);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  xbz_fuzz_input input = {data, size};
  const uint8_t refused = xbz_fuzz_take(&input);
  const uint8_t sends = xbz_fuzz_take(&input);
  const uint8_t most = xbz_fuzz_take(&input);
  const xbz_wishes grants = {.delta = refused % 2 == 0,
                             .base_digest = refused % 4 < 2,
                             .compress = refused % 8 < 4};
  xbz_error error;
  xbz_arrival *arrival = xbz_arrival_new(XBZ_MODEL_MEMORY, &grants, &error);
  XBZ_CHECK(arrival != NULL);
  xbz_model.phase = XBZ_ARRIVAL_NONE;
  xbz_model.hello.pages = 0;
  xbz_model.grants = (grants.delta ? 1u : 0u) |
                     (grants.delta && grants.base_digest ? 2u : 0u) |
                     (grants.compress ? 4u : 0u);
  do
    xbz_connect(arrival, xbz_take_connection(&input), most, sends % 8);
  while (input.len > 0);
  xbz_arrival_free(arrival);
  return 0;
}

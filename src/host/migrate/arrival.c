/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "arrival.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

xbz_arrival *xbz_arrival_new(uint64_t max_bytes, const xbz_wishes *grants,
                             xbz_error *error) {
  xbz_arrival *arrival = calloc(1, sizeof *arrival);
  if (arrival == NULL) {
    (void)xbz_fail(error, "no memory to receive");
    return NULL;
  }
  arrival->max_bytes = max_bytes;
  arrival->grants = *grants;
  return arrival;
}

void xbz_arrival_free(xbz_arrival *arrival) {
  if (arrival == NULL)
    return;
  free(arrival->memory);
  free(arrival->scratch);
  xbz_page_set_close(&arrival->verified);
  free(arrival);
}

bool xbz_arrival_begun(const xbz_arrival *arrival) {
  return arrival->phase != XBZ_ARRIVAL_NONE;
}

const uint8_t *xbz_arrival_memory(const xbz_arrival *arrival, uint64_t *len) {
  if (arrival->phase != XBZ_ARRIVAL_COMPLETE)
    return NULL;
  *len = arrival->pages * arrival->page_len;
  return arrival->memory;
}

static bool xbz_arrival_write(xbz_link *link, xbz_wire record,
                              xbz_error *error) {
  uint8_t bytes[XBZ_WIRE_HEAD + XBZ_WIRE_TEXT_MAX];
  xbz_wire_head_put(bytes, record.head);
  if (record.head.len > 0)
    memcpy(bytes + XBZ_WIRE_HEAD, record.bytes, record.head.len);
  return link->send(link->self, bytes, XBZ_WIRE_HEAD + record.head.len, error);
}

bool xbz_arrival_reply(xbz_arrival *arrival, xbz_wire record) {
  return xbz_arrival_write(arrival->inbox.link, record,
                           arrival->verdict.error) ||
         xbz_inbox_last_words(&arrival->inbox, "sender", &arrival->verdict);
}

static bool xbz_arrival_mark(xbz_arrival *arrival, xbz_wire_kind kind,
                             uint64_t number) {
  return xbz_arrival_reply(arrival,
                           (xbz_wire){{number, 0, (uint8_t)kind}, NULL});
}

/* [M-32] */
static bool xbz_arrival_round(xbz_arrival *arrival, uint64_t round) {
  if (round != arrival->rounds + 1)
    return xbz_stop(&arrival->verdict, XBZ_END_FAILED,
                    "round %" PRIu64 " follows round %" PRIu64, round,
                    arrival->rounds);
  arrival->rounds = round;
  return xbz_arrival_mark(arrival, XBZ_WIRE_ACK, round);
}

/* [M-34] */
static bool xbz_arrival_digests(xbz_arrival *arrival, const xbz_wire *record) {
  const uint64_t first = record->head.number;
  const uint32_t count = record->head.len / XBZ_DIGEST_LEN;
  uint8_t digest[XBZ_DIGEST_LEN];
  if (first > arrival->pages || count > arrival->pages - first)
    return xbz_stop(&arrival->verdict, XBZ_END_FAILED,
                    "digests of pages that there are not: %" PRIu64, first);
  for (uint64_t i = 0; i < count; i++) {
    if (!xbz_digest(digest, sizeof digest,
                    arrival->memory + (first + i) * arrival->page_len,
                    arrival->page_len))
      return xbz_stop(&arrival->verdict, XBZ_END_FAILED, "SHA-256 fails");
    if (memcmp(digest, record->bytes + i * sizeof digest, sizeof digest) == 0)
      xbz_page_set_add(&arrival->verified, first + i);
    else
      xbz_page_set_remove(&arrival->verified, first + i);
  }
  return true;
}

/* [M-35] */
static bool xbz_arrival_end(xbz_arrival *arrival, uint64_t pages) {
  uint64_t equal = 0;
  if (pages != arrival->pages)
    return xbz_stop(&arrival->verdict, XBZ_END_FAILED,
                    "the end after %" PRIu64 " pages, of %" PRIu64, pages,
                    arrival->pages);
  while (equal < pages && xbz_page_set_has(&arrival->verified, equal))
    equal++;
  if (!xbz_arrival_mark(arrival, XBZ_WIRE_RESULT, equal))
    return false;
  if (equal < pages)
    return xbz_stop(&arrival->verdict, XBZ_END_FAILED,
                    "page %" PRIu64 " differs from the sender's", equal);
  arrival->phase = XBZ_ARRIVAL_OFFERED;
  return true;
}

static bool xbz_arrival_record(xbz_arrival *arrival, const xbz_wire *record) {
  switch (record->head.kind) {
  case XBZ_KIND_ZERO:
  case XBZ_KIND_RAW:
  case XBZ_KIND_DELTA:
  case XBZ_WIRE_CHECKED:
  case XBZ_WIRE_PACKED:
    return xbz_arrival_page(arrival, record);
  case XBZ_WIRE_ROUND:
    return xbz_arrival_round(arrival, record->head.number);
  case XBZ_WIRE_DIGESTS:
    return xbz_arrival_digests(arrival, record);
  case XBZ_WIRE_END:
    return xbz_arrival_end(arrival, record->head.number);
  default:
    return xbz_inbox_told(record, "sender", &arrival->verdict);
  }
}

/* From here on the guest is the receiver's, whether the sender hears of it or
   not [M-36]. */
static bool xbz_arrival_commit(xbz_arrival *arrival) {
  xbz_wire record;
  if (!xbz_inbox_next(&arrival->inbox, &record, &arrival->verdict))
    return false;
  if (record.head.kind != XBZ_WIRE_COMMIT ||
      record.head.number != arrival->pages)
    return xbz_inbox_told(&record, "sender", &arrival->verdict);
  arrival->phase = XBZ_ARRIVAL_COMPLETE;
  return xbz_arrival_mark(arrival, XBZ_WIRE_COMMIT, arrival->pages);
}

static bool xbz_arrival_run(xbz_arrival *arrival) {
  xbz_wire record;
  if (!xbz_arrival_greet(arrival))
    return false;
  while (arrival->phase == XBZ_ARRIVAL_ROUNDS)
    if (!xbz_inbox_next(&arrival->inbox, &record, &arrival->verdict) ||
        !xbz_arrival_record(arrival, &record))
      return false;
  return arrival->phase == XBZ_ARRIVAL_COMPLETE || xbz_arrival_commit(arrival);
}

/* Closing while the sender still sends would lose what it is told. */
#define XBZ_DRAIN_MAX (16u << 20)

static void xbz_arrival_refuse(xbz_arrival *arrival) {
  const char *text = arrival->verdict.error->text;
  const uint32_t len = (uint32_t)strnlen(text, XBZ_WIRE_TEXT_MAX);
  xbz_link *link = arrival->inbox.link;
  xbz_error why; /* of this alone: how it ended is settled */
  uint8_t bytes[4096];
  size_t got = 1;
  if (!xbz_arrival_write(
          link, (xbz_wire){{0, len, XBZ_WIRE_ERROR}, (const uint8_t *)text},
          &why))
    return;
  for (size_t left = XBZ_DRAIN_MAX; left > 0 && got > 0; left -= got)
    if (!link->recv(link->self, bytes,
                    left < sizeof bytes ? left : sizeof bytes, &got, &why))
      return;
}

/* Whoever connects to a receiver that is complete changes nothing about that.
 */
xbz_ending xbz_arrival_receive(xbz_arrival *arrival, xbz_link *link,
                               xbz_error *error) {
  xbz_verdict *verdict = &arrival->verdict;
  *verdict = (xbz_verdict){XBZ_END_EQUAL, error};
  if (!xbz_inbox_open(&arrival->inbox, link, verdict) ||
      !xbz_arrival_run(arrival)) {
    if (verdict->ending == XBZ_END_FAILED)
      xbz_arrival_refuse(arrival);
    if (verdict->ending != XBZ_END_LOST &&
        arrival->phase != XBZ_ARRIVAL_COMPLETE)
      arrival->phase = XBZ_ARRIVAL_NONE;
  }
  xbz_inbox_close(&arrival->inbox);
  return arrival->phase == XBZ_ARRIVAL_COMPLETE ? XBZ_END_EQUAL
                                                : verdict->ending;
}

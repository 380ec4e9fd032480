/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "arrival_model.h"

#include <openssl/evp.h>
#include <string.h>
#include <zstd.h>

#include "spec/model/model.h"
#include "tests/codec/check.h"

/* A record goes well, or the connection ends so. */
typedef enum xbz_step {
  XBZ_GOES_ON,
  XBZ_IS_LOST,
  XBZ_IS_REJECTED,
  XBZ_IS_CANCELLED
} xbz_step;

/* The table of [M-2]: a length is from least to most, of which the page's
   length is a part where it says so, and in whole units. */
static const struct {
  int64_t least, most;
  int least_pages, most_pages;
  uint32_t unit; /* 0: there is no such kind */
} xbz_model_kinds[32] = {
    [XBZ_KIND_ZERO] = {0, 0, 0, 0, 1},
    [XBZ_KIND_RAW] = {0, 0, 1, 1, 1},
    [XBZ_KIND_DELTA] = {1, 0, 0, 1, 1},
    [XBZ_WIRE_HELLO] = {48, 48, 0, 0, 1},
    [XBZ_WIRE_WELCOME] = {48, 48, 0, 0, 1},
    [XBZ_WIRE_ROUND] = {0, 0, 0, 0, 1},
    [XBZ_WIRE_ACK] = {0, 0, 0, 0, 1},
    [XBZ_WIRE_DIGESTS] = {16, 65536, 0, 0, 16},
    [XBZ_WIRE_END] = {0, 0, 0, 0, 1},
    [XBZ_WIRE_RESULT] = {0, 0, 0, 0, 1},
    [XBZ_WIRE_COMMIT] = {0, 0, 0, 0, 1},
    [XBZ_WIRE_CANCEL] = {0, 0, 0, 0, 1},
    [XBZ_WIRE_ERROR] = {1, 512, 0, 0, 1},
    [XBZ_WIRE_CHECKED] = {9, 8, 0, 1, 1},
    [XBZ_WIRE_PACKED] = {1, -1, 0, 1, 1},
};

/* For pages of n bytes; 0: before there are any. */
static bool xbz_model_len_ok(uint8_t kind, int64_t len, int64_t n) {
  const uint8_t row = kind % 32;
  const bool paged = kind < XBZ_WIRE_HELLO || kind > XBZ_WIRE_ERROR;
  if (row != kind || xbz_model_kinds[row].unit == 0 || (paged && n == 0))
    return false;
  return len >= xbz_model_kinds[row].least +
                    n * xbz_model_kinds[row].least_pages &&
         len <=
             xbz_model_kinds[row].most + n * xbz_model_kinds[row].most_pages &&
         len % xbz_model_kinds[row].unit == 0;
}

/* The next record; its body is left of model->at. */
static xbz_step xbz_model_next(xbz_arrival_model *model, xbz_wire_head *head) {
  if (model->len - model->at < XBZ_WIRE_HEAD)
    return XBZ_IS_LOST;
  *head = xbz_wire_head_get(model->bytes + model->at);
  if (!xbz_model_len_ok(
          head->kind, head->len,
          model->phase == XBZ_ARRIVAL_NONE ? 0 : model->hello.page_len))
    return XBZ_IS_REJECTED;
  if (model->len - model->at - XBZ_WIRE_HEAD < head->len)
    return XBZ_IS_LOST;
  model->at += XBZ_WIRE_HEAD + head->len;
  return XBZ_GOES_ON;
}

/* A record that is not due. */
static xbz_step xbz_model_other(xbz_wire_head head) {
  return head.kind == XBZ_WIRE_CANCEL ? XBZ_IS_CANCELLED : XBZ_IS_REJECTED;
}

/* Nothing can be sent; but the sender may have said why [M-38]. */
static xbz_step xbz_model_last_words(xbz_arrival_model *model) {
  xbz_wire_head head;
  const xbz_step step = xbz_model_next(model, &head);
  if (step != XBZ_GOES_ON)
    return step;
  return head.kind == XBZ_WIRE_CANCEL || head.kind == XBZ_WIRE_ERROR
             ? xbz_model_other(head)
             : XBZ_IS_LOST;
}

static xbz_step xbz_model_say(xbz_arrival_model *model, xbz_wire_head head,
                              const uint8_t *body) {
  uint8_t *to = model->said + model->said_len;
  if (model->sends == 1)
    return xbz_model_last_words(model);
  if (model->sends > 1)
    model->sends--;
  XBZ_CHECK(XBZ_MODEL_SAID - model->said_len >= XBZ_WIRE_HEAD + head.len);
  xbz_wire_head_put(to, head);
  if (head.len > 0)
    memcpy(to + XBZ_WIRE_HEAD, body, head.len);
  model->said_len += XBZ_WIRE_HEAD + head.len;
  return XBZ_GOES_ON;
}

/* [M-12], of a hello by itself */
static bool xbz_model_hello_ok(const xbz_hello *hello) {
  return hello->page_len >= 1 && hello->page_len <= XBZ_PAGE_LEN_MAX &&
         hello->pages >= 1 && hello->pages <= XBZ_MODEL_MEMORY &&
         hello->pages * hello->page_len <= XBZ_MODEL_MEMORY;
}

/* [M-11] */
static bool xbz_model_take(xbz_arrival_model *model, const xbz_hello *hello) {
  const bool known =
      model->phase != XBZ_ARRIVAL_NONE &&
      memcmp(model->hello.session, hello->session, XBZ_WIRE_SESSION) == 0 &&
      model->hello.page_len == hello->page_len &&
      model->hello.pages == hello->pages;
  if (model->phase == XBZ_ARRIVAL_COMPLETE)
    return known;
  if (!known) {
    if (!xbz_model_hello_ok(hello))
      return false;
    memset(model->memory, 0, sizeof model->memory);
    memset(model->equal, 0, sizeof model->equal);
    model->rounds = 0;
    model->hello = *hello;
  }
  model->phase = XBZ_ARRIVAL_ROUNDS;
  return true;
}

/* Whether it begins as an alert or a handshake of TLS does [M-53]. */
static bool xbz_model_foreign(const xbz_arrival_model *model) {
  const uint8_t *bytes = model->bytes + model->at;
  return model->len - model->at >= 2 &&
         (bytes[0] == 0x15 || bytes[0] == 0x16) && bytes[1] == 3;
}

/* [M-10], [M-11] */
static xbz_step xbz_model_greet(xbz_arrival_model *model) {
  xbz_wire_head head;
  xbz_hello hello;
  uint8_t body[XBZ_WIRE_HELLO_LEN];
  const xbz_arrival_phase phase = model->phase;
  if (xbz_model_foreign(model))
    return XBZ_IS_REJECTED;
  model->phase = XBZ_ARRIVAL_NONE; /* no pages before the greeting */
  const xbz_step step = xbz_model_next(model, &head);
  model->phase = phase;
  if (step != XBZ_GOES_ON)
    return step;
  if (head.kind != XBZ_WIRE_HELLO)
    return xbz_model_other(head);
  if (head.number != 1 ||
      !xbz_hello_get(&hello, model->bytes + model->at - XBZ_WIRE_HELLO_LEN) ||
      !xbz_model_take(model, &hello))
    return XBZ_IS_REJECTED;
  hello.can &= model->grants;
  hello.rounds =
      model->phase == XBZ_ARRIVAL_COMPLETE ? UINT64_MAX : model->rounds;
  model->can = hello.can;
  xbz_hello_put(body, &hello);
  return xbz_model_say(
      model, (xbz_wire_head){1, XBZ_WIRE_HELLO_LEN, XBZ_WIRE_WELCOME}, body);
}

static uint8_t *xbz_model_page(xbz_arrival_model *model, uint64_t page_no) {
  return model->memory + page_no * model->hello.page_len;
}

/* [M-13], after what the header says about digests at `sent`. */
static bool xbz_model_digest_ok(xbz_arrival_model *model, uint64_t page_no,
                                uint8_t *sent, size_t len) {
  uint8_t digest[32];
  const uint8_t wish = sent[0], bit = sent[1];
  XBZ_CHECK(EVP_Digest(xbz_model_page(model, page_no), model->hello.page_len,
                       digest, NULL, EVP_sha256(), NULL) == 1);
  if (wish <= 1)
    memcpy(sent, digest, len);
  if (wish == 1)
    sent[bit / 8 % len] ^= (uint8_t)(1 << bit % 8);
  return memcmp(sent, digest, len) == 0;
}

/* A whole page, packed [M-22]. To make a context would take half of the time
   of all. */
static bool xbz_model_unpack(xbz_arrival_model *model, uint8_t *page,
                             const uint8_t *body, size_t len) {
  static ZSTD_DCtx *context;
  uint8_t out[2 * XBZ_MODEL_MEMORY];
  if (context == NULL)
    context = ZSTD_createDCtx();
  XBZ_CHECK(context != NULL);
  if (ZSTD_decompressDCtx(context, out, sizeof out, body, len) !=
      model->hello.page_len)
    return false;
  memcpy(page, out, model->hello.page_len);
  return true;
}

static bool xbz_model_apply(xbz_arrival_model *model, xbz_wire_head head,
                            uint8_t *body) {
  uint8_t *page = xbz_model_page(model, head.number);
  const size_t n = model->hello.page_len;
  const size_t base = head.kind == XBZ_WIRE_CHECKED ? XBZ_BASE_LEN : 0;
  size_t end = 0;
  switch (head.kind) {
  case XBZ_KIND_ZERO:
    memset(page, 0, n);
    return true;
  case XBZ_KIND_RAW:
    memcpy(page, body, n);
    return true;
  case XBZ_WIRE_PACKED:
    return xbz_model_unpack(model, page, body, head.len);
  default:
    return (base == 0 || xbz_model_digest_ok(model, head.number, body, base)) &&
           xbz_model_decode(page, n, &end, body + base, head.len - base) ==
               XBZ_OK;
  }
}

/* A record about a page. */
static xbz_step xbz_model_message(xbz_arrival_model *model, xbz_wire_head head,
                                  uint8_t *body) {
  const uint32_t need = head.kind == XBZ_KIND_DELTA     ? XBZ_CAN_DELTA
                        : head.kind == XBZ_WIRE_CHECKED ? XBZ_CAN_CHECK
                        : head.kind == XBZ_WIRE_PACKED  ? XBZ_CAN_PACK
                                                        : 0;
  if (head.number >= model->hello.pages || (need & ~model->can) != 0 ||
      !xbz_model_apply(model, head, body))
    return XBZ_IS_REJECTED;
  model->equal[head.number] = false;
  return XBZ_GOES_ON;
}

/* [M-34] */
static xbz_step xbz_model_digests(xbz_arrival_model *model, xbz_wire_head head,
                                  uint8_t *body) {
  if (head.number > model->hello.pages ||
      head.len / 16 > model->hello.pages - head.number)
    return XBZ_IS_REJECTED;
  for (size_t i = 0; i < head.len / 16; i++)
    model->equal[head.number + i] =
        xbz_model_digest_ok(model, head.number + i, body + 16 * i, 16);
  return XBZ_GOES_ON;
}

/* [M-35] */
static xbz_step xbz_model_end(xbz_arrival_model *model, xbz_wire_head head) {
  const uint64_t pages = model->hello.pages;
  uint64_t equal = 0;
  if (head.number != pages)
    return XBZ_IS_REJECTED;
  while (equal < pages && model->equal[equal])
    equal++;
  const xbz_step step =
      xbz_model_say(model, (xbz_wire_head){equal, 0, XBZ_WIRE_RESULT}, NULL);
  if (step != XBZ_GOES_ON)
    return step;
  model->phase = equal == pages ? XBZ_ARRIVAL_OFFERED : XBZ_ARRIVAL_ROUNDS;
  return equal == pages ? XBZ_GOES_ON : XBZ_IS_REJECTED;
}

/* [M-32] */
static xbz_step xbz_model_round(xbz_arrival_model *model, xbz_wire_head head) {
  if (head.number != model->rounds + 1)
    return XBZ_IS_REJECTED;
  model->rounds++;
  return xbz_model_say(model, (xbz_wire_head){head.number, 0, XBZ_WIRE_ACK},
                       NULL);
}

static xbz_step xbz_model_record(xbz_arrival_model *model, xbz_wire_head head) {
  uint8_t *body = model->bytes + model->at - head.len;
  switch (head.kind) {
  case XBZ_WIRE_ROUND:
    return xbz_model_round(model, head);
  case XBZ_WIRE_DIGESTS:
    return xbz_model_digests(model, head, body);
  case XBZ_WIRE_END:
    return xbz_model_end(model, head);
  case XBZ_KIND_ZERO:
  case XBZ_KIND_RAW:
  case XBZ_KIND_DELTA:
  case XBZ_WIRE_CHECKED:
  case XBZ_WIRE_PACKED:
    return xbz_model_message(model, head, body);
  default:
    return xbz_model_other(head);
  }
}

/* [M-36] */
static xbz_step xbz_model_commit(xbz_arrival_model *model, xbz_wire_head head) {
  if (head.kind != XBZ_WIRE_COMMIT || head.number != model->hello.pages)
    return xbz_model_other(head);
  model->phase = XBZ_ARRIVAL_COMPLETE;
  return xbz_model_say(model, (xbz_wire_head){head.number, 0, XBZ_WIRE_COMMIT},
                       NULL);
}

xbz_ending xbz_arrival_model_receive(xbz_arrival_model *model, uint8_t *bytes,
                                     size_t len, size_t sends) {
  xbz_wire_head head;
  model->bytes = bytes;
  model->len = len;
  model->at = 0;
  model->sends = sends;
  model->said_len = 0;
  xbz_step step = xbz_model_greet(model);
  while (step == XBZ_GOES_ON && model->phase != XBZ_ARRIVAL_COMPLETE) {
    step = xbz_model_next(model, &head);
    if (step == XBZ_GOES_ON)
      step = model->phase == XBZ_ARRIVAL_OFFERED
                 ? xbz_model_commit(model, head)
                 : xbz_model_record(model, head);
  }
  model->refuses = step == XBZ_IS_REJECTED && model->sends != 1;
  if (model->phase == XBZ_ARRIVAL_COMPLETE)
    return XBZ_END_EQUAL;
  if (step == XBZ_IS_LOST)
    return XBZ_END_LOST;
  model->phase = XBZ_ARRIVAL_NONE; /* [M-14], [M-38] */
  return step == XBZ_IS_REJECTED ? XBZ_END_FAILED : XBZ_END_CANCELLED;
}

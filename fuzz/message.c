/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * Any bytes as a message on the wire: it is read or rejected as [P-3] to [P-8]
 * say, what is read is written as the same bytes again, and a receiver applies
 * it or leaves its page alone [P-11].
 *
 * data: a message, then the start of it, a kind, and the page's length.
 */
#include "fuzz.h"
#include "src/xbz.h"

enum { XBZ_LEN_MOST = 512 };

static xbz_guard xbz_base, xbz_page, xbz_src, xbz_dst;

static void xbz_make(void) {
  xbz_fuzz_memory(&xbz_base, XBZ_LEN_MOST);
  xbz_fuzz_memory(&xbz_page, XBZ_LEN_MOST);
  xbz_fuzz_memory(&xbz_src, 1 << 16);
  xbz_fuzz_memory(&xbz_dst, XBZ_MESSAGE_HEAD + XBZ_LEN_MOST);
}

/* Apply, or keep the page. */
static void xbz_try_apply(uint8_t kind, const uint8_t *bytes, size_t len,
                          size_t page_len) {
  uint8_t *page = xbz_guard_tail(xbz_page, page_len);
  const uint8_t *base = xbz_guard_tail(xbz_base, page_len);
  memcpy(page, base, page_len);
  xbz_status status = xbz_receiver_apply(page, page_len, kind, bytes, len);
  if (status != XBZ_OK)
    XBZ_CHECK_BYTES(page, base, page_len);
  else if (kind == XBZ_KIND_RAW)
    XBZ_CHECK_BYTES(page, bytes, page_len);
  else if (kind == XBZ_KIND_ZERO)
    for (size_t i = 0; i < page_len; i++)
      XBZ_CHECK(page[i] == 0);
}

/* A message that was read from src[at..pos): the same is written. */
static void xbz_try_put(const xbz_message *message, const uint8_t *wire,
                        size_t len, size_t page_len) {
  size_t put = 0;
  uint8_t *dst = xbz_guard_tail(xbz_dst, len);
  XBZ_CHECK_EQ(xbz_message_put(dst, len, &put, message, page_len), XBZ_OK);
  XBZ_CHECK_EQ(put, len);
  XBZ_CHECK_BYTES(dst, wire, len);
  XBZ_CHECK_EQ(xbz_message_put(xbz_guard_tail(xbz_dst, len - 1), len - 1, &put,
                               message, page_len),
               XBZ_NO_FIT);
}

/* One more byte than the page has, and a kind that may not be sent. */
static void xbz_try_put_wrong(const xbz_message *message, uint8_t kind) {
  xbz_message wrong = *message;
  size_t put = 0;
  size_t most = (size_t)(xbz_dst.high - xbz_dst.low);
  wrong.kind = kind;
  wrong.len = message->len + 1;
  XBZ_CHECK(xbz_message_put(xbz_dst.low, most, &put, &wrong, wrong.len - 1) !=
            XBZ_OK);
}

/* Calls that [P-8] and [P-11] forbid, each in one way. */
static void xbz_try_arguments(void) {
  const size_t long_page = (size_t)XBZ_PAGE_LEN_MAX + 1;
  const xbz_message zero = {1, NULL, 0, XBZ_KIND_ZERO};
  xbz_message got = zero;
  uint8_t *at = xbz_src.low;
  size_t n = 0;
  const xbz_status answers[] = {
      xbz_message_put(NULL, 1, &n, &zero, 1),
      xbz_message_put(at, 1, NULL, &zero, 1),
      xbz_message_put(at, 1, &n, NULL, 1),
      xbz_message_put(at, 1, &n, &zero, 0),
      xbz_message_put(at, 1, &n, &zero, long_page),
      xbz_message_get(NULL, &n, at, 1, 0, 1),
      xbz_message_get(&got, NULL, at, 1, 0, 1),
      xbz_message_get(&got, &n, NULL, 1, 0, 1),
      xbz_message_get(&got, &n, at, 1, 2, 1),
      xbz_message_get(&got, &n, at, 1, 0, 0),
      xbz_message_get(&got, &n, at, 1, 0, long_page),
      xbz_receiver_apply(NULL, 1, XBZ_KIND_ZERO, at, 0),
      xbz_receiver_apply(at, 0, XBZ_KIND_ZERO, at, 0),
      xbz_receiver_apply(at, long_page, XBZ_KIND_ZERO, at, 0),
      xbz_receiver_apply(at, 1, XBZ_KIND_RAW, NULL, 1),
  };
  for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++)
    XBZ_CHECK_EQ(answers[i], XBZ_E_ARGUMENT);
  XBZ_CHECK_EQ(xbz_message_put(NULL, 0, &n, &zero, 1), XBZ_NO_FIT);
  XBZ_CHECK_EQ(xbz_message_get(&got, &n, NULL, 0, 0, 1), XBZ_E_MESSAGE_END);
  XBZ_CHECK_EQ(xbz_receiver_apply(at, 1, XBZ_KIND_ZERO, NULL, 0), XBZ_OK);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  xbz_fuzz_input input = {data, size < 1 << 16 ? size : 1 << 16};
  xbz_message message = {0, NULL, 0, 0};
  size_t pos = SIZE_MAX;
  xbz_make();
  size_t page_len = 1 + xbz_fuzz_take_two(&input) % XBZ_LEN_MOST;
  uint8_t kind = xbz_fuzz_take(&input);
  size_t at = xbz_fuzz_take(&input);
  uint8_t *src = xbz_guard_tail(xbz_src, input.len);
  memcpy(src, input.bytes, input.len);
  xbz_status status =
      xbz_message_get(&message, &pos, src, input.len, at, page_len);
  if (status == XBZ_OK) {
    XBZ_CHECK(at < pos && pos <= input.len);
    xbz_try_put(&message, src + at, pos - at, page_len);
    xbz_try_apply(message.kind, message.bytes, message.len, page_len);
  } else if (at > input.len)
    XBZ_CHECK_EQ(status, XBZ_E_ARGUMENT);
  else
    XBZ_CHECK(at <= pos && pos <= input.len);
  xbz_try_apply(kind, src, input.len, page_len);
  xbz_try_put_wrong(&message, kind);
  if (kind == XBZ_KIND_RAW)
    xbz_try_arguments();
  return 0;
}

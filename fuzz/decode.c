/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * Any bytes, for a page of any length: all decoders answer what the model does,
 * [F-11] to [F-19], make the same page [F-30], and leave it and the end alone
 * on an error [F-34]. Page and input end at guards.
 *
 * data: the encoding, the page's length (3 bytes), then the mode.
 */
#include "backends.h"
#include "fuzz.h"
#include "spec/model/model.h"
#include "tests/codec/codecs.h"

enum { XBZ_END_BEFORE = 12345, XBZ_SRC_MAX = 1 << 16 };

static xbz_guard xbz_base; /* what the page holds before; never changes */
static xbz_guard xbz_want;
static xbz_guard xbz_page;
static xbz_guard xbz_src;

static void xbz_make(void) {
  if (xbz_base.low != NULL)
    return;
  xbz_base = xbz_guard_make(XBZ_FUZZ_PAGE_MAX + XBZ_GUARD_MARGIN);
  for (uint8_t *at = xbz_base.low; at < xbz_base.high; at++)
    *at = (uint8_t)((xbz_base.high - at) * 167 >> 3);
  size_t size = (size_t)(xbz_base.high - xbz_base.low);
  xbz_want = xbz_guard_make(size);
  xbz_page = xbz_guard_make(size);
  memcpy(xbz_want.low, xbz_base.low, size);
  memcpy(xbz_page.low, xbz_base.low, size);
  xbz_src = xbz_guard_make(XBZ_SRC_MAX);
}

/* The last len bytes of the page, and some before it, are as in the other. */
static void xbz_check_page(xbz_guard other, size_t len) {
  len += XBZ_GUARD_MARGIN;
  XBZ_CHECK_BYTES(xbz_page.high - len, other.high - len, len);
}

/* A call that [F-40] and [F-41] forbid in one way. */
static xbz_status xbz_call_wrongly(xbz_decode_function *decode, uint8_t *page,
                                   size_t *end, size_t way) {
  const uint8_t *src = xbz_guard_tail(xbz_src, 4);
  switch (way % 5) {
  case 0:
    return decode(page, 0, end, src, 4);
  case 1:
    return decode(page, (size_t)XBZ_PAGE_LEN_MAX + 1, end, src, 4);
  case 2:
    return decode(NULL, 1, end, src, 4);
  case 3:
    return decode(page, 1, NULL, src, 4);
  default:
    return decode(page, 1, end, NULL, 4);
  }
}

/* By every decoder, and by every backend for a page that has no bytes. */
static void xbz_try_wrongly(size_t way) {
  const xbz_backend *backends;
  size_t end = XBZ_END_BEFORE;
  for (size_t i = 0; i < XBZ_DECODER_COUNT; i++)
    XBZ_CHECK_EQ(
        xbz_call_wrongly(xbz_decoders[i].decode, xbz_page.low, &end, way),
        XBZ_E_ARGUMENT);
  for (size_t i = xbz_fuzz_backends(&backends); i-- > 0;)
    XBZ_CHECK_EQ(xbz_page_decode_with(backends[i], xbz_page.low, 0, &end,
                                      xbz_src.low, 4),
                 XBZ_E_ARGUMENT);
  XBZ_CHECK_EQ(end, XBZ_END_BEFORE);
}

static void xbz_try(xbz_backend backend, size_t page_len, const uint8_t *src,
                    size_t len, xbz_status want, size_t want_end) {
  uint8_t *page = xbz_guard_tail(xbz_page, page_len);
  size_t end = XBZ_END_BEFORE;
  xbz_check_subject = xbz_backend_name(backend);
  XBZ_CHECK_EQ(xbz_page_decode_with(backend, page, page_len, &end, src, len),
               want);
  XBZ_CHECK_EQ(end, want_end);
  xbz_check_page(want == XBZ_OK ? xbz_want : xbz_base, page_len);
  if (want == XBZ_OK)
    memcpy(page, xbz_guard_tail(xbz_base, page_len), page_len);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  xbz_fuzz_input input = {data, size};
  xbz_make();
  uint8_t mode = xbz_fuzz_take(&input);
  size_t page_len = xbz_fuzz_take_page_len(&input);
  size_t len = input.len < XBZ_SRC_MAX ? input.len : XBZ_SRC_MAX;
  const uint8_t *src = xbz_guard_copy(xbz_src, input.bytes, len);
  if (len == 0 && mode % 2 == 1)
    src = NULL; /* allowed for this length [F-41] */
  uint8_t *want_page = xbz_guard_tail(xbz_want, page_len);
  size_t want_end = XBZ_END_BEFORE;
  xbz_status want = xbz_model_decode(want_page, page_len, &want_end, src, len);
  const xbz_backend *backends;
  for (size_t i = xbz_fuzz_backends(&backends); i-- > 0;)
    xbz_try(backends[i], page_len, src, len, want, want_end);
  if (mode % 8 == 7)
    xbz_try_wrongly(mode / 8);
  if (want == XBZ_OK)
    memcpy(want_page, xbz_guard_tail(xbz_base, page_len), page_len);
  return 0;
}

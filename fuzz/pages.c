/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "pages.h"

#include "spec/model/model.h"

static xbz_guard xbz_old; /* never changes */
static xbz_guard xbz_new;

static void xbz_make(void) {
  if (xbz_old.low != NULL)
    return;
  xbz_new = xbz_guard_make(XBZ_FUZZ_PAGE_MAX);
  xbz_old = xbz_guard_make(XBZ_FUZZ_PAGE_MAX);
  for (uint8_t *at = xbz_old.low; at < xbz_old.high; at++)
    *at = (uint8_t)((xbz_old.high - at) * 167 >> 3);
}

/* The next number of the stream, at most max; 0 where there is none. */
static size_t xbz_stream_number(xbz_fuzz_input *stream, size_t max) {
  uint32_t value = 0;
  size_t size = stream->len;
  if (xbz_model_number_read(&value, &size, stream->bytes, stream->len) !=
      XBZ_OK)
    value = 0;
  stream->bytes += size;
  stream->len -= size;
  return value < max ? value : max;
}

/* XOR page[0..len) with bytes of the stream, then with 1. */
static void xbz_stream_change(uint8_t *page, size_t len,
                              xbz_fuzz_input *stream) {
  size_t given = len < stream->len ? len : stream->len;
  for (size_t i = 0; i < len; i++)
    page[i] ^= i < given ? stream->bytes[i] : 1;
  stream->bytes += given;
  stream->len -= given;
}

xbz_fuzz_pages xbz_fuzz_pages_take(xbz_fuzz_input *input) {
  xbz_make();
  size_t len = xbz_fuzz_take_page_len(input);
  const uint8_t *old_page = xbz_guard_tail(xbz_old, len);
  uint8_t *new_page = xbz_guard_copy(xbz_new, old_page, len);
  size_t at = 0;
  while (input->len > 0 && at < len) {
    at += xbz_stream_number(input, len - at);
    size_t changed = xbz_stream_number(input, len - at);
    xbz_stream_change(new_page + at, changed, input);
    at += changed;
  }
  return (xbz_fuzz_pages){old_page, new_page, len};
}

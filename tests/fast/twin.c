/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "twin.h"

enum { XBZ_LEN_BEFORE = 54321, XBZ_ZERO_BEFORE = 7 };

static xbz_guard xbz_dst, xbz_page, xbz_live, xbz_src;
static uint8_t xbz_want[XBZ_TWIN_DELTA];

void xbz_twin_open(void) {
  xbz_dst = xbz_guard_make(XBZ_TWIN_DELTA);
  xbz_page = xbz_guard_make(XBZ_TWIN_PAGE);
  xbz_live = xbz_guard_make(XBZ_TWIN_PAGE);
  xbz_src = xbz_guard_make(XBZ_TWIN_DELTA);
}

static uint8_t *xbz_place(xbz_guard guard, xbz_edge edge, size_t len) {
  return edge == XBZ_EDGE_LOW ? guard.low : xbz_guard_tail(guard, len);
}

static uint8_t *xbz_place_copy(xbz_guard guard, xbz_edge edge,
                               const uint8_t *bytes, size_t len) {
  uint8_t *at = xbz_place(guard, edge, len);
  memcpy(at, bytes, len);
  return at;
}

size_t xbz_twin_reference(uint8_t *dst, const uint8_t *old_page,
                          const uint8_t *new_page, size_t page_len) {
  size_t len = 0;
  xbz_status status = xbz_page_encode_ref(dst, XBZ_TWIN_DELTA, &len, old_page,
                                          new_page, page_len);
  XBZ_CHECK(status == XBZ_OK || (status == XBZ_UNCHANGED && len == 0));
  return len;
}

static bool xbz_is_zero(const uint8_t *page, size_t page_len) {
  for (size_t i = 0; i < page_len; i++)
    if (page[i] != 0)
      return false;
  return true;
}

/* What [F-42] says of dst and its length after a call that answered status. */
static void xbz_check_encoded(xbz_status status, xbz_status want,
                              const uint8_t *dst, size_t cap, size_t len,
                              size_t want_len) {
  XBZ_CHECK_EQ(status, want);
  XBZ_CHECK_EQ(len, want_len);
  xbz_guard_check_around(xbz_dst, dst, cap);
  if (want == XBZ_OK)
    XBZ_CHECK_BYTES(dst, xbz_want, len);
  else if (want != XBZ_NO_FIT)
    xbz_guard_check_painted(dst, cap);
}

void xbz_twin_encode(xbz_backend backend, xbz_edge edge,
                     const uint8_t *old_page, const uint8_t *new_page,
                     size_t page_len, size_t cap) {
  size_t want_len = XBZ_LEN_BEFORE;
  xbz_note(0, "page_len", page_len);
  xbz_note(1, "cap", cap);
  xbz_note(2, "edge", edge);
  xbz_status want = xbz_page_encode_ref(xbz_want, cap, &want_len, old_page,
                                        new_page, page_len);
  uint8_t *dst = xbz_place(xbz_dst, edge, cap);
  size_t len = XBZ_LEN_BEFORE;
  xbz_guard_paint(xbz_dst, dst, cap);
  xbz_status status = xbz_page_encode_with(backend, dst, cap, &len, old_page,
                                           new_page, page_len);
  xbz_check_encoded(status, want, dst, cap, len, want_len);

  uint8_t *page = xbz_place_copy(xbz_page, edge, old_page, page_len);
  int zero = XBZ_ZERO_BEFORE;
  len = XBZ_LEN_BEFORE;
  xbz_guard_paint(xbz_dst, dst, cap);
  status = xbz_page_encode_update_with(backend, dst, cap, &len, &zero, page,
                                       new_page, page_len);
  xbz_check_encoded(status, want, dst, cap, len, want_len);
  XBZ_CHECK_BYTES(page, new_page, page_len);
  XBZ_CHECK_EQ(zero != 0, xbz_is_zero(new_page, page_len));
}

void xbz_twin_capacities(xbz_backend backend, const uint8_t *old_page,
                         const uint8_t *new_page, size_t page_len) {
  uint8_t delta[XBZ_TWIN_DELTA];
  uint8_t *live = xbz_guard_copy(xbz_live, new_page, page_len);
  uint8_t *page = xbz_guard_copy(xbz_src, old_page, page_len);
  size_t len = xbz_twin_reference(delta, old_page, new_page, page_len);
  xbz_twin_encode(backend, XBZ_EDGE_HIGH, page, live, page_len, 0);
  for (size_t cap = len == 0 ? 0 : len - 1; cap <= len + 1; cap++)
    xbz_twin_encode(backend, XBZ_EDGE_HIGH, page, live, page_len, cap);
  xbz_twin_encode(backend, XBZ_EDGE_LOW, page, live, page_len, len);
  xbz_twin_encode(backend, XBZ_EDGE_HIGH, page, live, page_len, len / 2);
  xbz_twin_encode(backend, XBZ_EDGE_HIGH, page, live, page_len, 2 * page_len);
  /* The pages begin at a guard. */
  live = xbz_place_copy(xbz_live, XBZ_EDGE_LOW, new_page, page_len);
  page = xbz_place_copy(xbz_src, XBZ_EDGE_LOW, old_page, page_len);
  xbz_twin_encode(backend, XBZ_EDGE_LOW, page, live, page_len, len);
}

void xbz_twin_decode(xbz_backend backend, xbz_edge edge, const uint8_t *base,
                     size_t page_len, const uint8_t *src, size_t src_len) {
  uint8_t want_page[XBZ_TWIN_PAGE];
  size_t want_end = XBZ_LEN_BEFORE, end = XBZ_LEN_BEFORE;
  xbz_note(0, "page_len", page_len);
  xbz_note(1, "src_len", src_len);
  xbz_note(2, "edge", edge);
  memcpy(want_page, base, page_len);
  xbz_status want =
      xbz_page_decode_ref(want_page, page_len, &want_end, src, src_len);
  uint8_t *input = xbz_place_copy(xbz_src, edge, src, src_len);
  uint8_t *page = xbz_place(xbz_page, edge, page_len);
  xbz_guard_paint(xbz_page, page, page_len);
  memcpy(page, base, page_len);
  XBZ_CHECK_EQ(
      xbz_page_decode_with(backend, page, page_len, &end, input, src_len),
      want);
  XBZ_CHECK_EQ(end, want_end);
  XBZ_CHECK_BYTES(page, want_page, page_len);
  xbz_guard_check_around(xbz_page, page, page_len);
}

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * Two pages: at every capacity near the length of their encoding, every encoder
 * answers what the model does, writes the same bytes [F-25], and never beyond
 * the capacity [F-27], where a guard is; an update makes the old page the new,
 * and says whether that is zero.
 *
 * data: a run-length stream and the page's length (pages.h), then the mode,
 * which also says one more capacity.
 */
#include <stdbool.h>

#include "backends.h"
#include "pages.h"
#include "spec/model/model.h"
#include "tests/codec/codecs.h"

/* [F-26] */
enum { XBZ_LEN_MAX = XBZ_FUZZ_PAGE_MAX + 1 + (XBZ_FUZZ_PAGE_MAX + 1) / 2 };
/* Longer pages take time. Blocks of 256 bytes and of 64 fit in. */
enum { XBZ_SHORT_PAGE = 320 };
enum { XBZ_LEN_BEFORE = 12345, XBZ_ZERO_BEFORE = 7 };

static xbz_guard xbz_want;
static xbz_guard xbz_dst;
static xbz_guard xbz_page;

/* One backend in room for cap bytes; want_len is 0 for equal pages. */
static void xbz_try(xbz_backend backend, const xbz_fuzz_pages *pages,
                    size_t cap, size_t want_len) {
  xbz_status want = want_len == 0    ? XBZ_UNCHANGED
                    : want_len > cap ? XBZ_NO_FIT
                                     : XBZ_OK;
  uint8_t *dst = xbz_guard_tail(xbz_dst, cap);
  uint8_t *below = dst - XBZ_GUARD_MARGIN;
  size_t len = XBZ_LEN_BEFORE;
  xbz_check_subject = xbz_backend_name(backend);
  xbz_note(0, "capacity", cap);
  memset(below, XBZ_GUARD_PAINT, XBZ_GUARD_MARGIN);
  XBZ_FUZZ_FORGET(dst, cap);
  XBZ_CHECK_EQ(xbz_page_encode_with(backend, dst, cap, &len, pages->old_page,
                                    pages->new_page, pages->len),
               want);
  XBZ_CHECK_EQ(len, want == XBZ_OK ? want_len : XBZ_LEN_BEFORE);
  if (want == XBZ_OK)
    XBZ_CHECK_BYTES(dst, xbz_want.low, len);
  xbz_guard_check_painted(below, XBZ_GUARD_MARGIN);
}

/* A call that [F-40] and [F-41] forbid in one way. */
static void xbz_call_wrongly(xbz_encode_function *encode, size_t way) {
  uint8_t byte = XBZ_GUARD_PAINT;
  const uint8_t *page = xbz_want.low;
  size_t len = XBZ_LEN_BEFORE;
  size_t page_len = way % 6 == 0   ? 0
                    : way % 6 == 1 ? (size_t)XBZ_PAGE_LEN_MAX + 1
                                   : 1;
  XBZ_CHECK_EQ(encode(way % 6 == 2 ? NULL : &byte, 1,
                      way % 6 == 3 ? NULL : &len, way % 6 == 4 ? NULL : page,
                      way % 6 == 5 ? NULL : page, page_len),
               XBZ_E_ARGUMENT);
  XBZ_CHECK_EQ(byte, XBZ_GUARD_PAINT);
  XBZ_CHECK_EQ(len, XBZ_LEN_BEFORE);
}

/* Equal pages fit nowhere too [F-27]. */
static void xbz_try_no_room(xbz_backend backend, const xbz_fuzz_pages *pages,
                            size_t want_len) {
  size_t len = XBZ_LEN_BEFORE;
  XBZ_CHECK_EQ(xbz_page_encode_with(backend, NULL, 0, &len, pages->old_page,
                                    pages->new_page, pages->len),
               want_len == 0 ? XBZ_UNCHANGED : XBZ_NO_FIT);
  XBZ_CHECK_EQ(len, XBZ_LEN_BEFORE);
}

/* A page that has no bytes is an error to every backend too [F-40]. */
static void xbz_try_no_page(xbz_backend backend) {
  uint8_t page = 1, byte = 3;
  size_t len = XBZ_LEN_BEFORE;
  int zero = XBZ_ZERO_BEFORE;
  XBZ_CHECK_EQ(xbz_page_encode_with(backend, &byte, 1, &len, &page, &page, 0),
               XBZ_E_ARGUMENT);
  XBZ_CHECK_EQ(xbz_page_encode_update_with(backend, &byte, 1, &len, &zero,
                                           &page, &byte, 0),
               XBZ_E_ARGUMENT);
  XBZ_CHECK(page == 1 && byte == 3 && len == XBZ_LEN_BEFORE);
  XBZ_CHECK_EQ(zero, XBZ_ZERO_BEFORE);
}

/* An update of a page that has no bytes touches nothing [F-40]. */
static void xbz_update_wrongly(void) {
  uint8_t page = 1, live = 2, byte = 3;
  size_t len = XBZ_LEN_BEFORE;
  int zero = XBZ_ZERO_BEFORE;
  XBZ_CHECK_EQ(xbz_page_encode_update(&byte, 1, &len, &zero, &page, &live, 0),
               XBZ_E_ARGUMENT);
  XBZ_CHECK_EQ(
      xbz_page_encode_update_ref(&byte, 1, &len, &zero, &page, &live, 0),
      XBZ_E_ARGUMENT);
  XBZ_CHECK_EQ(xbz_page_encode_update(&byte, 1, &len, NULL, &page, &live, 1),
               XBZ_E_ARGUMENT);
  XBZ_CHECK(page == 1 && live == 2 && byte == 3 && len == XBZ_LEN_BEFORE);
  XBZ_CHECK_EQ(zero, XBZ_ZERO_BEFORE);
}

static bool xbz_is_zero(const uint8_t *page, size_t len) {
  for (size_t i = 0; i < len; i++)
    if (page[i] != 0)
      return false;
  return true;
}

/* Live memory of which only the byte at one place is not 0, if there is that
 * place; nothing fits. */
static void xbz_try_zero(xbz_backend backend, size_t len, size_t place) {
  static uint8_t page[XBZ_FUZZ_PAGE_MAX], live[XBZ_FUZZ_PAGE_MAX];
  size_t dst_len = XBZ_LEN_BEFORE;
  int zero = XBZ_ZERO_BEFORE;
  memset(page, 1, len);
  memset(live, 0, len);
  if (place < len)
    live[place] = 2;
  XBZ_CHECK_EQ(xbz_page_encode_update_with(backend, NULL, 0, &dst_len, &zero,
                                           page, live, len),
               XBZ_NO_FIT);
  XBZ_CHECK_EQ(zero != 0, place >= len);
  XBZ_CHECK_BYTES(page, live, len);
}

/* Whether it fits or not, the old page becomes the new one. */
static void xbz_try_update(xbz_backend backend, const xbz_fuzz_pages *pages,
                           size_t cap, size_t want_len) {
  uint8_t *dst = xbz_guard_tail(xbz_dst, cap);
  uint8_t *page = xbz_guard_copy(xbz_page, pages->old_page, pages->len);
  size_t len = XBZ_LEN_BEFORE;
  int zero = XBZ_ZERO_BEFORE;
  XBZ_CHECK_EQ(xbz_page_encode_update_with(backend, dst, cap, &len, &zero, page,
                                           pages->new_page, pages->len),
               want_len == 0    ? XBZ_UNCHANGED
               : want_len > cap ? XBZ_NO_FIT
                                : XBZ_OK);
  XBZ_CHECK_BYTES(page, pages->new_page, pages->len);
  XBZ_CHECK_EQ(zero != 0, xbz_is_zero(pages->new_page, pages->len));
  if (want_len > 0 && want_len <= cap)
    XBZ_CHECK_BYTES(dst, xbz_want.low, want_len);
}

/* Long pages take time: they are tried where room ends, and no further. */
static void xbz_try_near(xbz_backend backend, const xbz_fuzz_pages *pages,
                         size_t mode, size_t want_len) {
  bool is_long = pages->len > XBZ_SHORT_PAGE;
  size_t near = is_long ? 1 : 4;
  size_t first = want_len > near ? want_len - near : 0;
  for (size_t cap = first; cap <= want_len + (is_long ? 0 : 1); cap++)
    xbz_try(backend, pages, cap, want_len);
  if (!is_long || mode % 4 == 3)
    xbz_try(backend, pages, mode * want_len / 255, want_len);
  xbz_try_update(backend, pages, want_len - (mode % 4 == 1 && want_len > 0),
                 want_len);
}

/* Wide copies need room that is not to spare here: some is left. */
static void xbz_try_roomy(xbz_backend backend, const xbz_fuzz_pages *pages,
                          size_t mode, size_t want_len) {
  xbz_try(backend, pages, want_len + mode % 64, want_len);
}

/* All that is tried with one backend. */
static void xbz_try_all(xbz_backend backend, const xbz_fuzz_pages *pages,
                        size_t mode, size_t want_len) {
  xbz_try_near(backend, pages, mode, want_len);
  xbz_try_roomy(backend, pages, mode, want_len);
  xbz_try_no_room(backend, pages, want_len);
  xbz_try_no_page(backend);
}

/* What few inputs are for: mistaken calls, and, as that takes time, one backend
 * and one place in a page that is zero. */
static void xbz_try_rest(xbz_backend backend, size_t way) {
  xbz_try_zero(backend, 4401, way % 3 * 2200);
  for (size_t i = 0; i < XBZ_ENCODER_COUNT; i++)
    xbz_call_wrongly(xbz_encoders[i].encode, way);
  xbz_update_wrongly();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  xbz_fuzz_input input = {data, size};
  xbz_fuzz_memory(&xbz_want, XBZ_LEN_MAX);
  xbz_fuzz_memory(&xbz_dst, XBZ_LEN_MAX + 64 + XBZ_GUARD_MARGIN);
  xbz_fuzz_memory(&xbz_page, XBZ_FUZZ_PAGE_MAX);
  uint8_t mode = xbz_fuzz_take(&input);
  xbz_fuzz_pages pages = xbz_fuzz_pages_take(&input);
  size_t want_len = 0;
  xbz_status status =
      xbz_model_encode(xbz_want.low, XBZ_LEN_MAX, &want_len, pages.old_page,
                       pages.new_page, pages.len);
  XBZ_CHECK(status == (want_len > 0 ? XBZ_OK : XBZ_UNCHANGED));
  const xbz_backend *backends;
  size_t count = xbz_fuzz_backends(&backends);
  for (size_t i = 0; i < count; i++) {
    if (mode % 8 == 7 && i == mode / 24 % count)
      xbz_try_rest(backends[i], mode / 8);
    if (pages.len > XBZ_SHORT_PAGE && i != mode % count)
      continue; /* long pages take time: one backend, by turns */
    xbz_try_all(backends[i], &pages, mode, want_len);
  }
  return 0;
}

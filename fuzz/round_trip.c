/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * Two pages and a third: what an encoder says about the first two is canonical
 * [F-20], within the bound of [F-26], makes the new page of the old one [F-32],
 * does to any base what [F-30] says, and does it once and for all [F-33].
 *
 * data: a run-length stream and the page's length (pages.h), then what the base
 * is filled with.
 */
#include <stdbool.h>

#include "backends.h"
#include "pages.h"
#include "spec/model/model.h"

enum { XBZ_LEN_MAX = XBZ_FUZZ_PAGE_MAX + 1 + (XBZ_FUZZ_PAGE_MAX + 1) / 2 };

static xbz_guard xbz_delta;
static xbz_guard xbz_base;
static xbz_guard xbz_page;

/* The position after the last byte that differs; 0 for equal pages. */
static size_t xbz_last_change(const xbz_fuzz_pages *pages) {
  size_t end = pages->len;
  while (end > 0 && pages->old_page[end - 1] == pages->new_page[end - 1])
    end--;
  return end;
}

static void xbz_apply(xbz_backend backend, uint8_t *page,
                      const xbz_fuzz_pages *pages, const uint8_t *delta,
                      size_t len) {
  size_t end = pages->len + 1;
  XBZ_CHECK_EQ(
      xbz_page_decode_with(backend, page, pages->len, &end, delta, len),
      XBZ_OK);
  XBZ_CHECK_EQ(end, xbz_last_change(pages));
}

/* [F-30] */
static bool xbz_any_base(const uint8_t *page, const xbz_fuzz_pages *pages,
                         const uint8_t *base) {
  const uint8_t *old_page = pages->old_page, *new_page = pages->new_page;
  unsigned wrong = 0;
  for (size_t i = 0; i < pages->len; i++)
    wrong |= page[i] ^ (old_page[i] != new_page[i] ? new_page[i] : base[i]);
  return wrong == 0;
}

/* Onto old, then once more, then onto a base. */
static void xbz_try_delta(xbz_backend backend, const xbz_fuzz_pages *pages,
                          const uint8_t *delta, size_t len,
                          const uint8_t *base) {
  uint8_t *page = xbz_guard_copy(xbz_page, pages->old_page, pages->len);
  for (size_t times = 0; times < 2; times++) {
    xbz_apply(backend, page, pages, delta, len);
    XBZ_CHECK_BYTES(page, pages->new_page, pages->len);
  }
  memcpy(page, base, pages->len);
  xbz_apply(backend, page, pages, delta, len);
  XBZ_CHECK(xbz_any_base(page, pages, base));
}

static void xbz_try(xbz_backend backend, const xbz_fuzz_pages *pages,
                    const uint8_t *base) {
  size_t bound = pages->len + 1 + (pages->len + 1) / 2;
  uint8_t *dst = xbz_guard_tail(xbz_delta, bound);
  size_t len = 0;
  xbz_check_subject = xbz_backend_name(backend);
  xbz_status status = xbz_page_encode_with(
      backend, dst, bound, &len, pages->old_page, pages->new_page, pages->len);
  XBZ_CHECK_EQ(status, xbz_last_change(pages) > 0 ? XBZ_OK : XBZ_UNCHANGED);
  XBZ_CHECK(status != XBZ_OK ||
            xbz_model_canonical(dst, len, pages->old_page, pages->new_page,
                                pages->len));
  /* Where a decoder reads too far, there is a guard. */
  memmove(xbz_guard_tail(xbz_delta, len), dst, len);
  xbz_try_delta(backend, pages, xbz_guard_tail(xbz_delta, len), len, base);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  xbz_fuzz_input input = {data, size};
  xbz_fuzz_memory(&xbz_delta, XBZ_LEN_MAX);
  xbz_fuzz_memory(&xbz_base, XBZ_FUZZ_PAGE_MAX);
  xbz_fuzz_memory(&xbz_page, XBZ_FUZZ_PAGE_MAX);
  uint8_t seed = xbz_fuzz_take(&input);
  xbz_fuzz_pages pages = xbz_fuzz_pages_take(&input);
  uint8_t *base = xbz_guard_tail(xbz_base, pages.len);
  memset(base, seed, pages.len);
  const xbz_backend *backends;
  size_t count = xbz_fuzz_backends(&backends);
  for (size_t i = 0; i < count; i++)
    if (pages.len <= 512 || i == seed % count) /* long pages take time */
      xbz_try(backends[i], &pages, base);
  return 0;
}

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Which backends there are, by value and by name. */
#include <string.h>

#include "backends.h"
#include "tests/codec/check.h"

enum { XBZ_BEYOND = 6 };

static void xbz_test_names(void) {
  static const char *const names[XBZ_BACKEND_COUNT] = {
      "ref", "portable", "sse2", "avx2", "avx512bw", "neon"};
  for (unsigned i = 0; i < XBZ_BACKEND_COUNT; i++)
    XBZ_CHECK(strcmp(xbz_backend_name((xbz_backend)i), names[i]) == 0);
  XBZ_CHECK(xbz_backend_name((xbz_backend)XBZ_BEYOND) == NULL);
  XBZ_CHECK(xbz_backend_usable((xbz_backend)XBZ_BEYOND) == 0);
}

/* The list has exactly what is expected, and the last of it is the best. */
static void xbz_test_list(void) {
  xbz_backend list[XBZ_BACKEND_COUNT + 1];
  size_t want = 0;
  memset(list, 0xa5, sizeof list);
  size_t count = xbz_backend_list(list, XBZ_BACKEND_COUNT);
  for (unsigned i = 0; i < XBZ_BACKEND_COUNT; i++)
    if (xbz_expected((xbz_backend)i))
      XBZ_CHECK_EQ(list[want++], i);
  XBZ_CHECK_EQ(count, want);
  XBZ_CHECK_EQ(list[count - 1], xbz_backend_detect());
  XBZ_CHECK_EQ(xbz_backend_list(NULL, 0), count);
  list[1] = XBZ_BACKEND_REF;
  XBZ_CHECK_EQ(xbz_backend_list(list, 1), count);
  XBZ_CHECK_EQ(list[1], XBZ_BACKEND_REF);
}

static void xbz_test_select(void) {
  static const char *const strangers[] = {
      "",    "r",      "re",        "reff", "REF",
      "avx", "avx512", "avx512bwx", " ref", "a name longer than any"};
  for (unsigned i = 0; i < XBZ_BACKEND_COUNT; i++) {
    xbz_backend backend = (xbz_backend)XBZ_BEYOND;
    bool usable = xbz_expected((xbz_backend)i);
    xbz_check_subject = xbz_backend_name((xbz_backend)i);
    XBZ_CHECK_EQ(xbz_backend_select(&backend, xbz_check_subject),
                 usable ? XBZ_OK : XBZ_E_ARGUMENT);
    XBZ_CHECK_EQ(backend, usable ? i : XBZ_BEYOND);
  }
  for (size_t i = 0; i < sizeof strangers / sizeof *strangers; i++) {
    xbz_backend backend = (xbz_backend)XBZ_BEYOND;
    xbz_check_subject = strangers[i];
    XBZ_CHECK_EQ(xbz_backend_select(&backend, strangers[i]), XBZ_E_ARGUMENT);
    XBZ_CHECK_EQ(backend, XBZ_BEYOND);
  }
}

static void xbz_test_select_null(void) {
  xbz_backend backend = XBZ_BACKEND_REF;
  XBZ_CHECK_EQ(xbz_backend_select(NULL, "ref"), XBZ_E_ARGUMENT);
  XBZ_CHECK_EQ(xbz_backend_select(&backend, NULL), XBZ_E_ARGUMENT);
}

/* A value that is none stands for the reference. */
static void xbz_test_stranger(void) {
  static const uint8_t old_page[2] = {0, 0}, new_page[2] = {0, 7};
  uint8_t page[2] = {0, 0};
  uint8_t delta[8];
  size_t len = 0, end = 0;
  int zero = 0;
  xbz_backend none = (xbz_backend)XBZ_BEYOND;
  XBZ_CHECK_EQ(xbz_page_encode_with(none, delta, sizeof delta, &len, old_page,
                                    new_page, 2),
               XBZ_OK);
  XBZ_CHECK_EQ(xbz_page_decode_with(none, page, 2, &end, delta, len), XBZ_OK);
  XBZ_CHECK_BYTES(page, new_page, 2);
  XBZ_CHECK_EQ(xbz_page_encode_update_with(none, delta, sizeof delta, &len,
                                           &zero, page, old_page, 2),
               XBZ_OK);
  XBZ_CHECK_BYTES(page, old_page, 2);
  XBZ_CHECK(zero);
}

/* Without a choice: the backend that needs no choice. */
static void xbz_test_default(void) {
  static const uint8_t old_page[2] = {0, 0}, new_page[2] = {0, 7};
  static const uint8_t want[3] = {1, 1, 7};
  uint8_t page[2] = {0, 0};
  uint8_t delta[8];
  size_t len = 0, end = 0;
  int zero = 1;
  XBZ_CHECK_EQ(
      xbz_page_encode(delta, sizeof delta, &len, old_page, new_page, 2),
      XBZ_OK);
  XBZ_CHECK_EQ(len, 3);
  XBZ_CHECK_BYTES(delta, want, 3);
  XBZ_CHECK_EQ(xbz_page_decode(page, 2, &end, delta, len), XBZ_OK);
  XBZ_CHECK_BYTES(page, new_page, 2);
  memset(page, 0, sizeof page);
  XBZ_CHECK_EQ(xbz_page_encode_update(delta, sizeof delta, &len, &zero, page,
                                      new_page, 2),
               XBZ_OK);
  XBZ_CHECK_EQ(zero, 0);
  XBZ_CHECK_EQ(len, 3);
  XBZ_CHECK_BYTES(delta, want, 3);
  XBZ_CHECK_BYTES(page, new_page, 2);
}

int main(void) {
  xbz_test_names();
  xbz_test_list();
  xbz_test_select();
  xbz_test_select_null();
  xbz_test_stranger();
  xbz_test_default();
  return 0;
}

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Null pointers and lengths out of range, by every backend [F-40] [F-41]. */
#include "backends.h"
#include "tests/codec/check.h"

enum { XBZ_LEN_BEFORE = 77, XBZ_ZERO_BEFORE = 78 };

static const uint8_t xbz_zeros[4] = {0, 0, 0, 0};
static const uint8_t xbz_ones[4] = {1, 1, 1, 1};
static const size_t xbz_lengths[] = {0, (size_t)XBZ_PAGE_LEN_MAX + 1, SIZE_MAX};

enum { XBZ_LENGTH_COUNT = sizeof xbz_lengths / sizeof *xbz_lengths };

static void xbz_visit_encode(xbz_backend b) {
  uint8_t dst[16] = {9};
  size_t len = XBZ_LEN_BEFORE;
  XBZ_CHECK_EQ(xbz_page_encode_with(b, NULL, 16, &len, xbz_zeros, xbz_ones, 4),
               XBZ_E_ARGUMENT);
  XBZ_CHECK_EQ(xbz_page_encode_with(b, dst, 16, NULL, xbz_zeros, xbz_ones, 4),
               XBZ_E_ARGUMENT);
  XBZ_CHECK_EQ(xbz_page_encode_with(b, dst, 16, &len, NULL, xbz_ones, 4),
               XBZ_E_ARGUMENT);
  XBZ_CHECK_EQ(xbz_page_encode_with(b, dst, 16, &len, xbz_zeros, NULL, 4),
               XBZ_E_ARGUMENT);
  for (size_t i = 0; i < XBZ_LENGTH_COUNT; i++)
    XBZ_CHECK_EQ(xbz_page_encode_with(b, dst, 16, &len, xbz_zeros, xbz_ones,
                                      xbz_lengths[i]),
                 XBZ_E_ARGUMENT);
  XBZ_CHECK_EQ(xbz_page_encode_with(b, NULL, 0, &len, xbz_zeros, xbz_ones, 4),
               XBZ_NO_FIT);
  XBZ_CHECK_EQ(xbz_page_encode_with(b, NULL, 0, &len, xbz_ones, xbz_ones, 4),
               XBZ_UNCHANGED);
  XBZ_CHECK_EQ(len, XBZ_LEN_BEFORE);
  XBZ_CHECK_EQ(dst[0], 9);
}

static void xbz_visit_wrong_update(xbz_backend b) {
  uint8_t dst[16] = {9}, page[4] = {0, 0, 0, 0};
  size_t len = XBZ_LEN_BEFORE;
  int zero = XBZ_ZERO_BEFORE;
  XBZ_CHECK_EQ(
      xbz_page_encode_update_with(b, NULL, 16, &len, &zero, page, xbz_ones, 4),
      XBZ_E_ARGUMENT);
  XBZ_CHECK_EQ(
      xbz_page_encode_update_with(b, dst, 16, NULL, &zero, page, xbz_ones, 4),
      XBZ_E_ARGUMENT);
  XBZ_CHECK_EQ(
      xbz_page_encode_update_with(b, dst, 16, &len, NULL, page, xbz_ones, 4),
      XBZ_E_ARGUMENT);
  XBZ_CHECK_EQ(
      xbz_page_encode_update_with(b, dst, 16, &len, &zero, NULL, xbz_ones, 4),
      XBZ_E_ARGUMENT);
  XBZ_CHECK_EQ(
      xbz_page_encode_update_with(b, dst, 16, &len, &zero, page, NULL, 4),
      XBZ_E_ARGUMENT);
  for (size_t i = 0; i < XBZ_LENGTH_COUNT; i++)
    XBZ_CHECK_EQ(xbz_page_encode_update_with(b, dst, 16, &len, &zero, page,
                                             xbz_ones, xbz_lengths[i]),
                 XBZ_E_ARGUMENT);
  XBZ_CHECK_BYTES(page, xbz_zeros, 4);
  XBZ_CHECK_EQ(zero, XBZ_ZERO_BEFORE);
  XBZ_CHECK_EQ(len, XBZ_LEN_BEFORE);
  XBZ_CHECK_EQ(dst[0], 9);
}

static void xbz_visit_update(xbz_backend b) {
  uint8_t page[4] = {0, 0, 0, 0};
  size_t len = XBZ_LEN_BEFORE;
  int zero = XBZ_ZERO_BEFORE;
  XBZ_CHECK_EQ(
      xbz_page_encode_update_with(b, NULL, 0, &len, &zero, page, xbz_ones, 4),
      XBZ_NO_FIT);
  XBZ_CHECK_BYTES(page, xbz_ones, 4);
  XBZ_CHECK_EQ(zero, 0);
  zero = XBZ_ZERO_BEFORE;
  XBZ_CHECK_EQ(
      xbz_page_encode_update_with(b, NULL, 0, &len, &zero, page, xbz_ones, 4),
      XBZ_UNCHANGED);
  XBZ_CHECK_EQ(zero, 0);
  XBZ_CHECK_EQ(len, XBZ_LEN_BEFORE);
}

static void xbz_visit_decode(xbz_backend b) {
  static const uint8_t src[3] = {0, 1, 9};
  uint8_t page[1] = {7};
  size_t end = XBZ_LEN_BEFORE;
  XBZ_CHECK_EQ(xbz_page_decode_with(b, NULL, 1, &end, src, 3), XBZ_E_ARGUMENT);
  XBZ_CHECK_EQ(xbz_page_decode_with(b, page, 1, NULL, src, 3), XBZ_E_ARGUMENT);
  XBZ_CHECK_EQ(xbz_page_decode_with(b, page, 1, &end, NULL, 1), XBZ_E_ARGUMENT);
  for (size_t i = 0; i < XBZ_LENGTH_COUNT; i++)
    XBZ_CHECK_EQ(xbz_page_decode_with(b, page, xbz_lengths[i], &end, src, 3),
                 XBZ_E_ARGUMENT);
  XBZ_CHECK_EQ(end, XBZ_LEN_BEFORE);
  XBZ_CHECK_EQ(xbz_page_decode_with(b, page, 1, &end, NULL, 0), XBZ_OK);
  XBZ_CHECK_EQ(end, 0);
  XBZ_CHECK_EQ(page[0], 7);
}

int main(void) {
  xbz_backends_each(xbz_visit_encode);
  xbz_backends_each(xbz_visit_wrong_update);
  xbz_backends_each(xbz_visit_update);
  xbz_backends_each(xbz_visit_decode);
  return 0;
}

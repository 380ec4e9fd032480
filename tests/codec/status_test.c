/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * Every status of every call, in cases small enough to check by eye, and what
 * each buffer holds afterwards [F-40] to [F-42].
 */
#include <stdbool.h>
#include <string.h>

#include "check.h"
#include "codecs.h"
#include "guard.h"

enum { XBZ_LEN_BEFORE = 12345 };

static xbz_guard xbz_output;
static xbz_guard xbz_old;
static xbz_guard xbz_new;

/* 00 00 00 00 -> 00 11 22 00 is 01 02 11 22. */
static void xbz_test_encode_status(const xbz_encoder *encoder) {
  static const uint8_t old_page[4] = {0, 0, 0, 0};
  static const uint8_t new_page[4] = {0, 0x11, 0x22, 0};
  static const uint8_t want[4] = {1, 2, 0x11, 0x22};
  for (size_t cap = 0; cap <= 6; cap++) {
    size_t len = XBZ_LEN_BEFORE;
    uint8_t *dst = xbz_output.low + 32;
    xbz_note(0, "cap", cap);
    xbz_guard_paint(xbz_output, dst, cap);
    XBZ_CHECK_EQ(encoder->encode(dst, cap, &len, old_page, new_page, 4),
                 cap < sizeof want ? XBZ_NO_FIT : XBZ_OK);
    XBZ_CHECK_EQ(len, cap < sizeof want ? XBZ_LEN_BEFORE : sizeof want);
    if (cap >= sizeof want)
      XBZ_CHECK_BYTES(dst, want, sizeof want);
    xbz_guard_check_around(xbz_output, dst, cap);

    xbz_guard_paint(xbz_output, dst, cap);
    len = XBZ_LEN_BEFORE;
    XBZ_CHECK_EQ(encoder->encode(dst, cap, &len, new_page, new_page, 4),
                 XBZ_UNCHANGED);
    XBZ_CHECK_EQ(len, XBZ_LEN_BEFORE);
    xbz_guard_check_painted(dst, cap);
    xbz_guard_check_around(xbz_output, dst, cap);
  }
}

/* [F-41]: a null output goes with no capacity, and with nothing else. */
static void xbz_test_encode_null(const xbz_encoder *encoder) {
  static const uint8_t a[1] = {1};
  static const uint8_t b[1] = {2};
  uint8_t dst[4] = {XBZ_GUARD_PAINT, XBZ_GUARD_PAINT, XBZ_GUARD_PAINT,
                    XBZ_GUARD_PAINT};
  size_t len = XBZ_LEN_BEFORE;
  XBZ_CHECK_EQ(encoder->encode(NULL, 0, &len, a, b, 1), XBZ_NO_FIT);
  XBZ_CHECK_EQ(encoder->encode(NULL, 0, &len, a, a, 1), XBZ_UNCHANGED);
  XBZ_CHECK_EQ(encoder->encode(NULL, 1, &len, a, b, 1), XBZ_E_ARGUMENT);
  XBZ_CHECK_EQ(encoder->encode(NULL, 1, &len, a, a, 1), XBZ_E_ARGUMENT);
  XBZ_CHECK_EQ(encoder->encode(dst, 4, NULL, a, b, 1), XBZ_E_ARGUMENT);
  XBZ_CHECK_EQ(encoder->encode(dst, 4, &len, NULL, b, 1), XBZ_E_ARGUMENT);
  XBZ_CHECK_EQ(encoder->encode(dst, 4, &len, a, NULL, 1), XBZ_E_ARGUMENT);
  XBZ_CHECK_EQ(len, XBZ_LEN_BEFORE);
  xbz_guard_check_painted(dst, sizeof dst);
}

static const size_t xbz_bad_lengths[] = {0, (size_t)XBZ_PAGE_LEN_MAX + 1,
                                         SIZE_MAX};
enum { XBZ_BAD_LENGTHS = sizeof xbz_bad_lengths / sizeof *xbz_bad_lengths };

/* [F-40]: decided before a byte is read; the inputs are not readable at all. */
static void xbz_test_encode_page_len(const xbz_encoder *encoder) {
  for (size_t i = 0; i < XBZ_BAD_LENGTHS; i++) {
    size_t len = XBZ_LEN_BEFORE;
    xbz_note(0, "page_len", xbz_bad_lengths[i]);
    XBZ_CHECK_EQ(encoder->encode(xbz_output.high, 1, &len, xbz_old.high,
                                 xbz_new.high, xbz_bad_lengths[i]),
                 XBZ_E_ARGUMENT);
    XBZ_CHECK_EQ(len, XBZ_LEN_BEFORE);
  }
}

/* One case of each status that an input can have. */
static void xbz_test_decode_status(const xbz_decoder *decoder) {
  static const struct {
    uint8_t src[8];
    size_t len;
    xbz_status status;
    uint8_t page[4];
    size_t end;
  } table[] = {
      {{1, 2, 8, 9}, 4, XBZ_OK, {1, 8, 9, 4}, 3},
      {{0, 1, 8, 2, 1, 9}, 6, XBZ_OK, {8, 2, 3, 9}, 4},
      {{0, 4, 6, 7, 8, 9}, 6, XBZ_OK, {6, 7, 8, 9}, 4},
      {{0}, 0, XBZ_OK, {1, 2, 3, 4}, 0},
      {{0, 1, 8, 1}, 4, XBZ_E_TRUNCATED, {0}, 0},
      {{0, 1, 8, 0x80, 0x80, 0x80, 0x80, 0x80}, 8, XBZ_E_LENGTH, {0}, 0},
      {{0, 1, 8, 0, 1, 9}, 6, XBZ_E_ZERO_RUN, {0}, 0},
      {{0, 1, 8, 1, 0}, 5, XBZ_E_ZERO_RUN, {0}, 0},
      {{0, 1, 8, 4, 1, 9}, 6, XBZ_E_PAGE_END, {0}, 0},
      {{0, 1, 8, 1, 3, 9, 9, 9}, 8, XBZ_E_PAGE_END, {0}, 0},
      {{0, 1, 8, 1, 2, 9}, 6, XBZ_E_INPUT_END, {0}, 0},
  };
  static const uint8_t base[4] = {1, 2, 3, 4};
  for (size_t row = 0; row < sizeof table / sizeof *table; row++) {
    uint8_t *page = xbz_guard_copy(xbz_output, base, sizeof base);
    size_t end = XBZ_LEN_BEFORE;
    bool ok = table[row].status == XBZ_OK;
    xbz_note(0, "row", row);
    XBZ_CHECK_EQ(decoder->decode(page, 4, &end, table[row].src, table[row].len),
                 table[row].status);
    XBZ_CHECK_EQ(end, ok ? table[row].end : XBZ_LEN_BEFORE);
    XBZ_CHECK_BYTES(page, ok ? table[row].page : base, sizeof base);
  }
}

/* [F-41]: a null input goes with no length, and with nothing else. */
static void xbz_test_decode_null(const xbz_decoder *decoder) {
  static const uint8_t src[3] = {0, 1, 9};
  uint8_t page[1] = {7};
  size_t end = XBZ_LEN_BEFORE;
  XBZ_CHECK_EQ(decoder->decode(NULL, 1, &end, src, 3), XBZ_E_ARGUMENT);
  XBZ_CHECK_EQ(decoder->decode(page, 1, NULL, src, 3), XBZ_E_ARGUMENT);
  XBZ_CHECK_EQ(decoder->decode(page, 1, &end, NULL, 1), XBZ_E_ARGUMENT);
  XBZ_CHECK_EQ(decoder->decode(page, 1, &end, NULL, 3), XBZ_E_ARGUMENT);
  XBZ_CHECK_EQ(end, XBZ_LEN_BEFORE);
  XBZ_CHECK_EQ(decoder->decode(page, 1, &end, NULL, 0), XBZ_OK);
  XBZ_CHECK_EQ(end, 0);
  XBZ_CHECK_EQ(page[0], 7);
}

static void xbz_test_decode_page_len(const xbz_decoder *decoder) {
  for (size_t i = 0; i < XBZ_BAD_LENGTHS; i++) {
    size_t end = XBZ_LEN_BEFORE;
    xbz_note(0, "page_len", xbz_bad_lengths[i]);
    XBZ_CHECK_EQ(decoder->decode(xbz_output.high, xbz_bad_lengths[i], &end,
                                 xbz_old.high, 3),
                 XBZ_E_ARGUMENT);
    XBZ_CHECK_EQ(end, XBZ_LEN_BEFORE);
  }
}

/* Inputs are never written to: here a write to them would be fatal. */
static void xbz_test_inputs_read_only(void) {
  uint8_t *old_page = xbz_guard_tail(xbz_old, 300);
  uint8_t *new_page = xbz_guard_tail(xbz_new, 300);
  memset(old_page, 1, 300);
  memset(new_page, 1, 300);
  memset(new_page + 130, 2, 140);
  xbz_guard_read_only(xbz_old);
  xbz_guard_read_only(xbz_new);
  for (size_t i = 0; i < XBZ_ENCODER_COUNT; i++) {
    size_t len = 0;
    xbz_check_subject = xbz_encoders[i].name;
    XBZ_CHECK_EQ(xbz_encoders[i].encode(xbz_output.low, 144, &len, old_page,
                                        new_page, 300),
                 XBZ_OK);
    XBZ_CHECK_EQ(len, 144);
  }
  xbz_guard input = xbz_guard_make(144);
  const uint8_t *src = xbz_guard_copy(input, xbz_output.low, 144);
  xbz_guard_read_only(input);
  for (size_t i = 0; i < XBZ_DECODER_COUNT; i++) {
    uint8_t *page = xbz_guard_copy(xbz_output, old_page, 300);
    size_t end = 0;
    xbz_check_subject = xbz_decoders[i].name;
    XBZ_CHECK_EQ(xbz_decoders[i].decode(page, 300, &end, src, 144), XBZ_OK);
    XBZ_CHECK_EQ(end, 270);
    XBZ_CHECK_BYTES(page, new_page, 300);
  }
}

int main(void) {
  xbz_output = xbz_guard_make(4096);
  xbz_old = xbz_guard_make(4096);
  xbz_new = xbz_guard_make(4096);
  for (size_t i = 0; i < XBZ_ENCODER_COUNT; i++) {
    xbz_check_subject = xbz_encoders[i].name;
    xbz_test_encode_status(&xbz_encoders[i]);
    xbz_test_encode_null(&xbz_encoders[i]);
    xbz_test_encode_page_len(&xbz_encoders[i]);
  }
  for (size_t i = 0; i < XBZ_DECODER_COUNT; i++) {
    xbz_check_subject = xbz_decoders[i].name;
    xbz_test_decode_status(&xbz_decoders[i]);
    xbz_test_decode_null(&xbz_decoders[i]);
    xbz_test_decode_page_len(&xbz_decoders[i]);
  }
  xbz_test_inputs_read_only();
  return 0;
}

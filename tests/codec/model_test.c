/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* The model itself, against the tables of spec/FORMAT.md and its definitions.
 */
#include "spec/model/model.h"

#include <string.h>

#include "check.h"

/* The worked numbers of section 1. */
static void xbz_test_numbers(void) {
  static const struct {
    uint8_t bytes[5];
    size_t size;
    uint32_t value;
    bool shortest;
  } table[] = {
      {{0x00}, 1, 0, true},
      {{0x7f}, 1, 127, true},
      {{0x80, 0x01}, 2, 128, true},
      {{0xe9, 0x07}, 2, 1001, true},
      {{0x80, 0x80, 0x01}, 3, 16384, true},
      {{0xff, 0xff, 0xff, 0xff, 0x0f}, 5, UINT32_MAX, true},
      {{0x80, 0x00}, 2, 0, false},
      {{0x81, 0x80, 0x80, 0x80, 0x00}, 5, 1, false},
  };
  for (size_t row = 0; row < sizeof table / sizeof *table; row++) {
    uint32_t value = 0;
    size_t size = 0;
    xbz_note(0, "row", row);
    XBZ_CHECK_EQ(
        xbz_model_number_read(&value, &size, table[row].bytes, table[row].size),
        XBZ_OK);
    XBZ_CHECK_EQ(value, table[row].value);
    XBZ_CHECK_EQ(size, table[row].size);
    uint8_t bytes[5];
    size_t shortest = xbz_model_number_write(bytes, value);
    XBZ_CHECK_EQ(shortest == size, table[row].shortest);
    if (table[row].shortest)
      XBZ_CHECK_BYTES(bytes, table[row].bytes, size);
  }
}

/* Well-formed and canonical are two notions [F-10], [F-20]. */
static void xbz_test_predicates(void) {
  static const struct {
    uint8_t bytes[8];
    size_t len;
    size_t page_len;
    bool well_formed;
    bool canonical_form;
  } table[] = {
      {{0x00, 0x01, 0xaa}, 3, 1, true, true},
      {{0x00}, 0, 1, true, false},
      {{0x80, 0x00, 0x01, 0xaa}, 4, 1, true, false},
      {{0x00, 0x81, 0x00, 0xaa}, 4, 1, true, false},
      {{0x00, 0x01, 0xaa, 0x01, 0x01, 0xbb}, 6, 3, true, true},
      {{0x00, 0x01, 0xaa, 0x01, 0x01, 0xbb}, 6, 2, false, false},
      {{0x00, 0x01, 0xaa, 0x00, 0x01, 0xbb}, 6, 3, false, false},
      {{0x01}, 1, 4, false, false},
  };
  for (size_t row = 0; row < sizeof table / sizeof *table; row++) {
    xbz_note(0, "row", row);
    XBZ_CHECK_EQ(xbz_model_well_formed(table[row].bytes, table[row].len,
                                       table[row].page_len),
                 table[row].well_formed);
    XBZ_CHECK_EQ(xbz_model_canonical_form(table[row].bytes, table[row].len,
                                          table[row].page_len),
                 table[row].canonical_form);
  }
}

enum { XBZ_SMALL_PAGE = 3, XBZ_SMALL_INPUT = 6 };

/*
 * Of all inputs over a small alphabet, exactly one is the canonical encoding of
 * (old, new), and it is what the model's encoder writes; none if they are
 * equal.
 */
static void xbz_try_unique(const uint8_t *old_page, const uint8_t *new_page) {
  static const uint8_t alphabet[] = {0, 1, 2, 3, 0x80, 0x81};
  const size_t letters = sizeof alphabet;
  uint8_t want[XBZ_SMALL_INPUT];
  size_t want_len = 0;
  xbz_status status = xbz_model_encode(want, sizeof want, &want_len, old_page,
                                       new_page, XBZ_SMALL_PAGE);
  size_t found = 0;
  size_t inputs = 1;
  for (size_t len = 0; len <= XBZ_SMALL_INPUT; len++, inputs *= letters)
    for (size_t input = 0; input < inputs; input++) {
      uint8_t src[XBZ_SMALL_INPUT] = {0};
      for (size_t k = 0, rest = input; k < len; k++, rest /= letters)
        src[k] = alphabet[rest % letters];
      bool same = len == want_len && memcmp(src, want, len) == 0;
      bool canonical =
          xbz_model_canonical(src, len, old_page, new_page, XBZ_SMALL_PAGE);
      XBZ_CHECK_EQ(canonical, status == XBZ_OK && same);
      found += canonical;
    }
  XBZ_CHECK_EQ(found, status == XBZ_OK ? 1 : 0);
}

/* [F-25], for every change of a small page to bytes of the alphabet. */
static void xbz_test_unique(void) {
  static const uint8_t old_page[XBZ_SMALL_PAGE] = {1, 1, 1};
  for (size_t choice = 0; choice < 27; choice++) {
    const uint8_t new_page[XBZ_SMALL_PAGE] = {(uint8_t)(choice % 3),
                                              (uint8_t)(choice / 3 % 3),
                                              (uint8_t)(choice / 9)};
    xbz_note(0, "choice", choice);
    xbz_try_unique(old_page, new_page);
  }
}

enum { XBZ_BOUND_PAGE = 700 };

static size_t xbz_number_size(size_t value) {
  uint8_t bytes[5];
  return xbz_model_number_write(bytes, (uint32_t)value);
}

/*
 * [F-26]: the longest canonical encoding of a page of each length, by dynamic
 * programming over where runs may end, is what the formula says.
 */
static void xbz_test_length_bound(void) {
  static size_t zrun_to[XBZ_BOUND_PAGE + 1];  /* longest up to a zrun's end */
  static size_t nzrun_to[XBZ_BOUND_PAGE + 1]; /* longest up to an nzrun's end */
  zrun_to[0] = 1;
  for (size_t at = 1; at <= XBZ_BOUND_PAGE; at++) {
    for (size_t from = 0; from < at; from++) {
      size_t size = xbz_number_size(at - from);
      size_t zrun = nzrun_to[from] + size;
      size_t nzrun = zrun_to[from] + size + at - from;
      zrun_to[at] = zrun > zrun_to[at] ? zrun : zrun_to[at];
      nzrun_to[at] = nzrun > nzrun_to[at] ? nzrun : nzrun_to[at];
    }
    xbz_note(0, "page_len", at);
    XBZ_CHECK_EQ(nzrun_to[at], at + 1 + (at + 1) / 2);
  }
}

int main(void) {
  xbz_test_numbers();
  xbz_test_predicates();
  xbz_test_unique();
  xbz_test_length_bound();
  return 0;
}

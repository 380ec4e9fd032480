/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Every backend, by name, says of a page that it updates whether that is zero:
 * pages of zeros, and of zeros but one byte, of every kind of length; updated
 * from zeros, from no zeros, and from themselves; with room and without. */
#include "twin.h"

enum { XBZ_MOST = 2 * 4096 + 300 };

static uint8_t xbz_zeros[XBZ_MOST], xbz_ones[XBZ_MOST], xbz_page[XBZ_MOST];

/* Lengths, and bytes before and after a length: around what a backend looks at
 * in one go. */
static const size_t xbz_ends[] = {1,    2,    31,   63,   64,   65,
                                  127,  128,  129,  255,  256,  257,
                                  4095, 4096, 4097, 4351, 4352, XBZ_MOST};

enum { XBZ_END_COUNT = sizeof xbz_ends / sizeof *xbz_ends };

static void xbz_try(xbz_backend backend, size_t len) {
  for (size_t cap = 0; cap <= XBZ_MOST; cap += XBZ_MOST) {
    xbz_twin_encode(backend, XBZ_EDGE_HIGH, xbz_zeros, xbz_page, len, cap);
    xbz_twin_encode(backend, XBZ_EDGE_HIGH, xbz_ones, xbz_page, len, cap);
    xbz_twin_encode(backend, XBZ_EDGE_LOW, xbz_page, xbz_page, len, cap);
  }
}

static void xbz_visit(xbz_backend backend) {
  for (size_t i = 0; i < XBZ_END_COUNT; i++) {
    xbz_note(3, "byte", XBZ_MOST);
    xbz_try(backend, xbz_ends[i]);
    for (size_t k = 0; k < XBZ_END_COUNT && xbz_ends[k] <= xbz_ends[i]; k++) {
      size_t byte = xbz_ends[k] - 1;
      xbz_note(3, "byte", byte);
      xbz_page[byte] = 1;
      xbz_try(backend, xbz_ends[i]);
      xbz_page[byte] = 0x80;
      xbz_try(backend, xbz_ends[i]);
      xbz_page[byte] = 0;
    }
  }
}

int main(void) {
  memset(xbz_ones, 1, sizeof xbz_ones);
  xbz_twin_open();
  xbz_backends_each(xbz_visit);
  return 0;
}

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Every backend against the reference on pages with many short runs, in blocks
 * that are whole or not, with long runs here and there, and room that ends
 * anywhere. */
#include <stdbool.h>

#include "tests/codec/random.h"
#include "twin.h"

enum { XBZ_PAGES = 60, XBZ_ROOMS = 40, XBZ_BLOCK = 4096 };
/* The 64 bytes at three quarters of three blocks. */
enum { XBZ_LOOKED = 3 * XBZ_BLOCK / 4 * 3 / 64 };

/* Bytes that differ with a likelihood of percent. */
static void xbz_sprinkle(xbz_random *random, const uint8_t *old_page,
                         uint8_t *new_page, size_t len, size_t percent) {
  for (size_t i = 0; i < len; i++) {
    size_t change = 1 + xbz_random_below(random, 255);
    bool changes = xbz_random_below(random, 100) < percent;
    new_page[i] = (uint8_t)(old_page[i] ^ (changes ? change : 0));
  }
}

/* One long run, unchanged or changed, that may cross from a block to another.
 */
static void xbz_long_run(xbz_random *random, const uint8_t *old_page,
                         uint8_t *new_page, size_t len) {
  size_t at = xbz_random_below(random, len);
  size_t limit = xbz_random_below(random, 2) == 0 ? 300 : len / 4;
  size_t end = at + xbz_random_below(random, limit);
  uint8_t change = xbz_random_below(random, 2) == 0 ? 0 : 0xff;
  for (size_t i = at; i < end && i < len; i++)
    new_page[i] = (uint8_t)(old_page[i] ^ change);
}

static size_t xbz_dense_len(xbz_random *random, size_t i) {
  size_t len = (1 + xbz_random_below(random, 3)) * XBZ_BLOCK;
  return i % 2 == 0 ? len : len + 300 - xbz_random_below(random, 600);
}

static void xbz_visit(xbz_backend backend) {
  static uint8_t old_page[XBZ_TWIN_PAGE], new_page[XBZ_TWIN_PAGE];
  static uint8_t delta[XBZ_TWIN_DELTA];
  xbz_random random = {4};
  for (size_t i = 0; i < xbz_check_count(XBZ_PAGES); i++) {
    size_t page_len = xbz_dense_len(&random, i);
    size_t percent = 18 + xbz_random_below(&random, 50);
    xbz_note(3, "page", i);
    for (size_t k = 0; k < page_len; k++)
      old_page[k] = xbz_random_byte(&random);
    xbz_sprinkle(&random, old_page, new_page, page_len, percent);
    for (size_t runs = xbz_random_below(&random, 4); runs > 0; runs--)
      xbz_long_run(&random, old_page, new_page, page_len);
    xbz_twin_capacities(backend, old_page, new_page, page_len);
    size_t len = xbz_twin_reference(delta, old_page, new_page, page_len);
    for (size_t k = 0; k < XBZ_ROOMS; k++)
      xbz_twin_encode(backend, XBZ_EDGE_HIGH, old_page, new_page, page_len,
                      xbz_random_below(&random, len));
    xbz_twin_encode(backend, XBZ_EDGE_LOW, old_page, new_page, page_len,
                    len + xbz_random_below(&random, 4096));
  }
}

/* Where an encoder looks there are many runs, but not so many that the page
 * seems not to fit; elsewhere each takes the 18 bytes that are the most it
 * writes for a short one, and in the third block they are few. */
static bool xbz_deceives(size_t i) {
  if (i / XBZ_BLOCK == 2 && i / 64 != XBZ_LOOKED)
    return i % 128 == 0;
  return i / 64 % 8 < 2 ? i % 5 == 0 : i % 17 != 0;
}

static void xbz_visit_deceiving(xbz_backend backend) {
  static uint8_t old_page[3 * XBZ_BLOCK], new_page[3 * XBZ_BLOCK];
  static uint8_t delta[XBZ_TWIN_DELTA];
  for (size_t i = 0; i < sizeof new_page; i++)
    new_page[i] = xbz_deceives(i);
  size_t len = xbz_twin_reference(delta, old_page, new_page, sizeof new_page);
  for (size_t cap = 0; cap <= len; cap += xbz_check_divisor()) {
    xbz_note(3, "cap", cap);
    xbz_twin_encode(backend, XBZ_EDGE_HIGH, old_page, new_page, sizeof new_page,
                    cap);
  }
  xbz_twin_encode(backend, XBZ_EDGE_HIGH, old_page, new_page, sizeof new_page,
                  len);
}

int main(void) {
  xbz_twin_open();
  xbz_backends_each(xbz_visit);
  xbz_backends_each(xbz_visit_deceiving);
  return 0;
}

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Every backend, by name, against the reference: every page length of 1 to 600
 * bytes, every capacity around the encoded length, every alignment; and runs of
 * every kind. */
#include "tests/codec/pages.h"
#include "twin.h"

enum { XBZ_LENGTHS = 600, XBZ_ALIGNMENTS = 64, XBZ_FAR = XBZ_TWIN_PAGE };

#define XBZ_COUNT(list) (sizeof(list) / sizeof((list)[0]))

static void xbz_visit_lengths(xbz_backend backend) {
  uint8_t old_page[XBZ_LENGTHS], new_page[XBZ_LENGTHS];
  xbz_random random = {1};
  size_t step = xbz_check_divisor();
  for (size_t len = 1; len <= XBZ_LENGTHS; len += step) {
    for (size_t pattern = 0; pattern < XBZ_PATTERN_COUNT; pattern++) {
      xbz_note(3, "pattern", pattern);
      xbz_pages_pattern(old_page, new_page, len, pattern);
      xbz_twin_capacities(backend, old_page, new_page, len);
    }
    xbz_note(3, "pattern", XBZ_PATTERN_COUNT);
    xbz_pages_random(&random, old_page, new_page, len);
    xbz_twin_capacities(backend, old_page, new_page, len);
  }
}

/* Old and new page at every offset from a boundary, the one fast, the other
 * slow, so that their difference takes every value too. */
static void xbz_visit_alignments(xbz_backend backend) {
  static uint8_t old_page[(size_t)2 * XBZ_LENGTHS],
      new_page[(size_t)2 * XBZ_LENGTHS];
  uint8_t delta[XBZ_TWIN_DELTA];
  xbz_random random = {2};
  for (size_t i = 0; i < (size_t)XBZ_ALIGNMENTS * XBZ_ALIGNMENTS;
       i += xbz_check_divisor()) {
    uint8_t *old_at = old_page + i / XBZ_ALIGNMENTS;
    uint8_t *new_at = new_page + i % XBZ_ALIGNMENTS;
    size_t len = XBZ_LENGTHS - xbz_random_below(&random, 200);
    xbz_note(3, "alignments", i);
    xbz_pages_random(&random, old_at, new_at, len);
    size_t delta_len = xbz_twin_reference(delta, old_at, new_at, len);
    xbz_twin_encode(backend, XBZ_EDGE_HIGH, old_at, new_at, len, delta_len);
    xbz_twin_encode(backend, XBZ_EDGE_LOW, old_at, new_at, len, 2 * len);
    xbz_twin_decode(backend, XBZ_EDGE_HIGH, old_at, len, delta, delta_len);
  }
}

/* Unchanged runs whose length takes one, two and three bytes, before changed
 * ones of every kind of length, with as little room as there can be. */
static void xbz_visit_far(xbz_backend backend) {
  static uint8_t old_page[XBZ_FAR], new_page[XBZ_FAR];
  uint8_t delta[XBZ_TWIN_DELTA];
  static const size_t zruns[] = {1, 127, 128, 16383, 16384, 20000};
  static const size_t nzruns[] = {1, 2, 4, 8, 15, 16, 17, 127, 128, 300};
  for (size_t i = 0; i < XBZ_COUNT(zruns) * XBZ_COUNT(nzruns); i++) {
    size_t zrun = zruns[i % XBZ_COUNT(zruns)];
    size_t nzrun = nzruns[i / XBZ_COUNT(zruns)];
    xbz_note(3, "far", i);
    memset(old_page, 0, sizeof old_page);
    memset(new_page, 0, sizeof new_page);
    memset(new_page + 3, 1, 2);
    memset(new_page + 5 + zrun, 2, nzrun);
    size_t delta_len = xbz_twin_reference(delta, old_page, new_page, XBZ_FAR);
    for (size_t cap = delta_len - 2; cap < delta_len + 20; cap++)
      xbz_twin_encode(backend, XBZ_EDGE_HIGH, old_page, new_page, XBZ_FAR, cap);
    xbz_twin_decode(backend, XBZ_EDGE_HIGH, old_page, XBZ_FAR, delta,
                    delta_len);
  }
}

int main(void) {
  xbz_twin_open();
  xbz_backends_each(xbz_visit_lengths);
  xbz_backends_each(xbz_visit_alignments);
  xbz_backends_each(xbz_visit_far);
  return 0;
}

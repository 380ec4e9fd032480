/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "pages.h"

#include <stdbool.h>
#include <string.h>

/* Byte i is changed iff (i + phase) % period >= equal; then the ends flip. */
static const struct {
  size_t phase;
  size_t equal;
  size_t period;
  bool flip_first;
  bool flip_last;
} xbz_patterns[XBZ_PATTERN_COUNT] = {
    {0, 1, 1, false, false}, /* none */
    {0, 1, 1, true, false},  /* the first */
    {0, 1, 1, false, true},  /* the last */
    {0, 1, 1, true, true},   /* both ends */
    {0, 0, 1, false, false}, /* all */
    {0, 0, 1, true, false},  /* all but the first */
    {0, 0, 1, false, true},  /* all but the last */
    {0, 0, 1, true, true},   /* all but the ends */
    {1, 1, 2, false, false}, /* every second, from the first */
    {0, 1, 2, false, false}, /* every second, from the second */
    {2, 1, 3, false, false}, /* nzruns of 2 */
    {127, 127, 254, false, false}, {0, 128, 256, false, false},
    {128, 128, 255, false, true},
};

static bool xbz_pattern_changed(size_t i, size_t len, size_t pattern) {
  size_t place =
      (i + xbz_patterns[pattern].phase) % xbz_patterns[pattern].period;
  bool changed = place >= xbz_patterns[pattern].equal;
  if (i == 0)
    changed = changed != xbz_patterns[pattern].flip_first;
  if (i + 1 == len)
    changed = changed != xbz_patterns[pattern].flip_last;
  return changed;
}

void xbz_pages_pattern(uint8_t *old_page, uint8_t *new_page, size_t len,
                       size_t pattern) {
  memset(old_page, 0, len);
  for (size_t i = 0; i < len; i++)
    new_page[i] =
        xbz_pattern_changed(i, len, pattern) ? XBZ_PATTERN_CHANGED : 0;
}

/* A run length: always 1, short, where a number grows, long, or any of them. */
static size_t xbz_run_random(xbz_random *random, size_t style) {
  switch (style < 4 ? style : xbz_random_below(random, 4)) {
  case 0:
    return 1;
  case 1:
    return 1 + xbz_random_below(random, 8);
  case 2:
    return 120 + xbz_random_below(random, 16);
  default:
    return 1 + xbz_random_below(random, 600);
  }
}

void xbz_pages_random(xbz_random *random, uint8_t *old_page, uint8_t *new_page,
                      size_t len) {
  bool zeros = xbz_random_below(random, 2) == 0;
  for (size_t i = 0; i < len; i++)
    old_page[i] = zeros ? 0 : xbz_random_byte(random);
  memcpy(new_page, old_page, len);
  size_t equal_style = xbz_random_below(random, 5);
  size_t changed_style = xbz_random_below(random, 5);
  bool at_start = xbz_random_below(random, 2) == 0;
  size_t i = at_start ? 0 : xbz_run_random(random, equal_style);
  while (i < len) {
    size_t end = i + xbz_run_random(random, changed_style);
    for (; i < end && i < len; i++)
      new_page[i] =
          (uint8_t)(old_page[i] ^ (1 + xbz_random_below(random, 255)));
    i += xbz_run_random(random, equal_style);
  }
}

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Random sequences of all operations against a naive map [C-1]. */
#include "map.h"
#include "tests/codec/check.h"
#include "tests/codec/random.h"

enum { XBZ_STEPS = 4000 };

static xbz_random xbz_dice;

static xbz_map_shape xbz_shape_random(void) {
  size_t ways = 1 + xbz_random_below(&xbz_dice, XBZ_CACHE_WAYS_MAX);
  size_t log = xbz_random_below(&xbz_dice, XBZ_MAP_SETS_LOG + 1);
  return (xbz_map_shape){.sets = (size_t)1 << log, .ways = ways};
}

static void xbz_take_resize(size_t roll) {
  if (roll == 96)
    xbz_map_refuse(3, 1, XBZ_CACHE_KEEP);
  else
    xbz_map_resize(xbz_shape_random(),
                   roll == 97 ? XBZ_CACHE_DROP : XBZ_CACHE_KEEP);
}

/* One operation on a random page at a time around now. */
static void xbz_take_step(uint64_t now) {
  size_t i = xbz_random_below(&xbz_dice, XBZ_MAP_PAGES);
  size_t roll = xbz_random_below(&xbz_dice, 100);
  uint64_t at = now - xbz_random_below(&xbz_dice, 3);
  uint8_t tag = xbz_random_byte(&xbz_dice);
  if (roll < 30)
    xbz_map_lookup(i, at);
  else if (roll < 80)
    xbz_map_insert(i, tag, at);
  else if (roll < 90)
    xbz_map_update(i, tag);
  else if (roll < 96)
    xbz_map_invalidate(i);
  else
    xbz_take_resize(roll);
}

/* Generations start here; some calls lie up to 2 before, and some steps are
   long enough to outlast every lifetime. */
static void xbz_test_sequence(uint64_t base, uint64_t now, uint32_t lifetime) {
  size_t steps = xbz_check_count(XBZ_STEPS);
  xbz_map_start(base, xbz_shape_random(),
                1 + xbz_random_below(&xbz_dice, XBZ_MAP_LEN_MAX), lifetime);
  for (size_t step = 0; step < steps; step++) {
    xbz_note(1, "step", step);
    if (xbz_random_below(&xbz_dice, 16) == 0)
      now++;
    if (xbz_random_below(&xbz_dice, 400) == 0)
      now += UINT32_MAX - 1;
    xbz_take_step(now);
    xbz_map_check();
    if (xbz_random_below(&xbz_dice, 500) == 0) {
      xbz_map_clear();
      xbz_map_check();
    }
  }
}

int main(void) {
  static const uint32_t lifetimes[] = {0, 1, 2, 3, 7, UINT32_MAX};
  static const uint64_t bases[] = {0, UINT64_C(0xfffffff0),
                                   UINT64_MAX - XBZ_MAP_PAGES + 1};
  for (size_t i = 0; i < sizeof lifetimes / sizeof *lifetimes; i++)
    for (size_t j = 0; j < sizeof bases / sizeof *bases; j++) {
      xbz_dice.state = i * 100 + j;
      xbz_note(0, "seed", i * 100 + j);
      xbz_test_sequence(bases[j], j == 1 ? UINT64_MAX / 2 : 3, lifetimes[i]);
    }
  return 0;
}

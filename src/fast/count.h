/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Counting bits where no instruction does. */
#ifndef XBZ_FAST_COUNT_H
#define XBZ_FAST_COUNT_H

#include "leaf.h"

/* Neighbours are added, then their sums. Masks without any bit are common:
 * where all bytes differ, none is the same and no run has an edge. */
static inline size_t xbz_leaf_count(uint64_t m) {
  uint64_t twos, fours, eights, halves;
  if (m == 0)
    return 0;
  twos = (m & 0x5555555555555555u) + (m >> 1 & 0x5555555555555555u);
  fours = (twos & 0x3333333333333333u) + (twos >> 2 & 0x3333333333333333u);
  eights = (fours & 0x0f0f0f0f0f0f0f0fu) + (fours >> 4 & 0x0f0f0f0f0f0f0f0fu);
  halves = (eights & 0xffffffffu) + (eights >> 32);
  return (size_t)(halves * 0x01010101u >> 24 & 0xff);
}

#endif

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Counting bits where no instruction does. */
#ifndef XBZ_FAST_COUNT_H
#define XBZ_FAST_COUNT_H

#include "leaf.h"

/* Neighbours are added, then their sums. */
static inline size_t xbz_leaf_count(uint64_t m) {
  uint64_t twos = (m & 0x5555555555555555u) + (m >> 1 & 0x5555555555555555u);
  uint64_t fours =
      (twos & 0x3333333333333333u) + (twos >> 2 & 0x3333333333333333u);
  uint64_t eights =
      (fours & 0x0f0f0f0f0f0f0f0fu) + (fours >> 4 & 0x0f0f0f0f0f0f0f0fu);
  uint64_t pairs = eights + (eights >> 8);
  uint64_t halves = pairs + (pairs >> 16);
  return (size_t)((halves + (halves >> 32)) & 0x7f);
}

#endif

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Counting bits where no instruction does. */
#ifndef XBZ_FAST_COUNT_H
#define XBZ_FAST_COUNT_H

#include "leaf.h"

#ifdef __FRAMAC__
#include "../../proofs/lemmas/swar.acsl"
#endif

/* Neighbouring bits, added. */
/*@ assigns  \nothing;
    ensures  sums: \result == Twos(m);
*/
static inline uint64_t xbz_count_twos(uint64_t m) {
  return (m & 0x5555555555555555u) + (m / 2 & 0x5555555555555555u);
}

/* Neighbouring sums of two, added. */
/*@ assigns  \nothing;
    ensures  sums: \result == Fours(twos);
*/
static inline uint64_t xbz_count_fours(uint64_t twos) {
  return (twos & 0x3333333333333333u) + (twos / 4 & 0x3333333333333333u);
}

/* Neighbouring sums of four, added: a byte each. */
/*@ assigns  \nothing;
    ensures  sums: \result == Eights(fours);
*/
static inline uint64_t xbz_count_eights(uint64_t fours) {
  return (fours & 0x0f0f0f0f0f0f0f0fu) + (fours / 16 & 0x0f0f0f0f0f0f0f0fu);
}

/* Masks without any bit are common: where all bytes differ, none is the same
 * and no run has an edge. */
static inline size_t xbz_leaf_count(uint64_t m) {
  uint64_t eights, halves;
  if (m == 0)
    return 0;
  eights = xbz_count_eights(xbz_count_fours(xbz_count_twos(m)));
  //@ assert eights: eights == Counts(m);
  halves = eights % 0x100000000u + eights / 0x100000000u;
  //@ assert halves: Halved(eights, halves) && halves <= 0x10101010;
  //@ assert summed: Summed(halves, BitCount(m, 64));
  return (size_t)(halves * 0x01010101u / 0x1000000u % 256);
}

#endif

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* The lowest bit of a mask where no instruction finds it. */
#ifndef XBZ_FAST_FIRST_H
#define XBZ_FAST_FIRST_H

#include "leaf.h"

#ifdef __FRAMAC__
#include "../../proofs/lemmas/lowest.acsl"
#endif

/* m without its lowest bit. */
/*@ requires some:   m != 0;
    assigns  \nothing;
    ensures  rest:   \forall integer k; Lowest(m, k) ==>
                       Without(\result, m, k);
*/
static inline uint64_t xbz_bits_drop(uint64_t m) { return m & (m - 1); }

/* The powers of two below 2^64 differ modulo 67. */
static inline size_t xbz_leaf_first(uint64_t m) {
  static const uint8_t xbz_places[67] = {
      0,  0,  1,  39, 2,  15, 40, 23, 3,  12, 16, 59, 41, 19, 24, 54, 4,
      0,  13, 10, 17, 62, 60, 28, 42, 30, 20, 51, 25, 44, 55, 47, 5,  32,
      0,  38, 14, 22, 11, 58, 18, 53, 63, 9,  61, 27, 29, 50, 43, 46, 31,
      37, 21, 57, 52, 8,  26, 49, 45, 36, 56, 7,  48, 35, 6,  34, 33};
  uint64_t rest = xbz_bits_drop(m);
  uint64_t lowest = m ^ rest;
  /*@ assert table: \forall integer k; 0 <= k < 64 ==>
                      xbz_places[(1 << k) % 67] == k; */
  //@ assert only: \forall integer k; Lowest(m, k) ==> Only(lowest, k);
  //@ assert lowest: \exists integer k; Lowest(m, k) && lowest == (1 << k);
  return xbz_places[lowest % 67];
}

static inline uint64_t xbz_leaf_rest(uint64_t m, size_t k) {
  (void)k;
  //@ assert lowest: Lowest(m, k);
  return xbz_bits_drop(m);
}

#endif

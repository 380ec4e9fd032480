/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* What the drivers do with masks; the same C on every machine. */
#ifndef XBZ_FAST_BITS_H
#define XBZ_FAST_BITS_H

#include "../xbz.h"

#ifdef __FRAMAC__
#include "../../proofs/lemmas/masks.acsl"
#endif

/* m without its bit k, which is set. */
/*@ requires range:  k < 64;
    requires set:    Bit(m, k);
    assigns  \nothing;
    ensures  rest:   \forall integer j; 0 <= j < 64 ==>
                       (Bit(\result, j) <==> (Bit(m, j) && j != k));
*/
static inline uint64_t xbz_bits_without(uint64_t m, size_t k) {
  return m ^ ((uint64_t)1 << k);
}

/* m with its bit k. */
/*@ requires range:  k < 64;
    assigns  \nothing;
    ensures  more:   \forall integer j; 0 <= j < 64 ==>
                       (Bit(\result, j) <==> (Bit(m, j) || j == k));
*/
static inline uint64_t xbz_bits_with(uint64_t m, size_t k) {
  return m | ((uint64_t)1 << k);
}

/* All bits. */
/*@ assigns  \nothing;
    ensures  all:    \forall integer k; 0 <= k < 64 ==> Bit(\result, k);
*/
static inline uint64_t xbz_bits_all(void) { return 0xffffffffffffffffu; }

/* The bits that m has not. */
/*@ assigns  \nothing;
    ensures  not:    \forall integer k; 0 <= k < 64 ==>
                       (Bit(\result, k) <==> !Bit(m, k));
*/
static inline uint64_t xbz_bits_not(uint64_t m) { return ~m; }

/* Whether the highest bit of m is set. */
/*@ assigns  \nothing;
    ensures  top:    \result != 0 <==> Bit(m, 63);
*/
static inline int xbz_bits_top(uint64_t m) { return m >> 63 != 0; }

/* Where m differs from its neighbour one place lower; for place 0 that is the
 * top bit of before. */
/*@ assigns  \nothing;
    ensures  first:  Bit(\result, 0) <==> (Bit(m, 0) <==> !Bit(before, 63));
    ensures  others: \forall integer k; 1 <= k < 64 ==>
                       (Bit(\result, k) <==> (Bit(m, k) <==> !Bit(m, k - 1)));
*/
static inline uint64_t xbz_bits_edges(uint64_t m, uint64_t before) {
  return m ^ ((m & 0x7fffffffffffffffu) << 1 | before >> 63);
}

#endif

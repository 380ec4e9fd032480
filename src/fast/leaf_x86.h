/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* What the leaves of x86-64 have in common. */
#ifndef XBZ_FAST_LEAF_X86_H
#define XBZ_FAST_LEAF_X86_H

#include <emmintrin.h>

#include "leaf.h"

#ifdef __FRAMAC__
#include "../../proofs/lemmas/bits.acsl"
#endif

/* Two masks side by side. */
/*@ assigns  \nothing;
    ensures  low:      \forall integer k; 0 <= k < 32 ==>
                         (Bit(\result, k) <==> Bit(low, k));
    ensures  high:     \forall integer k; 32 <= k < 64 ==>
                         (Bit(\result, k) <==> Bit(high, k - 32));
*/
static inline uint64_t xbz_mask_join(uint32_t low, uint32_t high) {
  return low | (uint64_t)high << 32;
}

/* Where two masks of equal lanes side by side say that lanes differ. */
/*@ assigns  \nothing;
    ensures  low:      \forall integer k; 0 <= k < 32 ==>
                         (Bit(\result, k) <==> !Bit(low_same, k));
    ensures  high:     \forall integer k; 32 <= k < 64 ==>
                         (Bit(\result, k) <==> !Bit(high_same, k - 32));
*/
static inline uint64_t xbz_mask_differ(uint32_t low_same, uint32_t high_same) {
  return ~xbz_mask_join(low_same, high_same);
}

/* The 16 bytes p[at..at+16), aligned or not. */
/*@ requires range:    at + 16 <= SIZE_MAX;
    requires readable: \valid_read(p + (at .. at + 15));
    assigns  \nothing;
    ensures  lanes:    \forall integer i; at <= i < at + 16 ==>
                         \result.lane[i - at] == Byte(p, i);
    ensures  places:   \forall integer k; 0 <= k < 16 ==>
                         \result.lane[k] == Byte(p, at + k);
*/
static inline __m128i xbz_x86_load(const uint8_t *p, size_t at) {
  return _mm_loadu_si128((const void *)(p + at));
}

/* Make them the lanes of v. */
/*@ requires range:    at + 16 <= SIZE_MAX;
    requires writable: \valid(p + (at .. at + 15));
    assigns  p[at .. at + 15];
    ensures  lanes:    \forall integer i; at <= i < at + 16 ==>
                         Byte(p, i) == v.lane[i - at];
*/
static inline void xbz_x86_store(uint8_t *p, size_t at, __m128i v) {
  _mm_storeu_si128((void *)(p + at), v);
}

static inline void xbz_leaf_copy16(uint8_t *dst, size_t at, const uint8_t *src,
                                   size_t from) {
  xbz_x86_store(dst, at, xbz_x86_load(src, from));
}

static inline size_t xbz_leaf_first(uint64_t m) {
  return (size_t)__builtin_ctzll(m);
}

#endif

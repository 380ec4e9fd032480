/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Four vectors of 16 bytes: what every x86-64 can do. */
#ifndef XBZ_FAST_LEAF_SSE2_H
#define XBZ_FAST_LEAF_SSE2_H

#include <emmintrin.h>

#include "bits.h"
#include "leaf.h"
#include "leaf_x86.h"

#ifdef __FRAMAC__
#include "../../proofs/lemmas/join.acsl"
/*@
  // Every lane is all ones, or all zeros.
  predicate Flags128(__m128i v) =
    \forall integer k; 0 <= k < 16 ==> v.lane[k] == 0 || v.lane[k] == 255;

  predicate Ones128(__m128i v) =
    \forall integer k; 0 <= k < 16 ==> v.lane[k] == 255;
*/
#endif

/* Bit k of the result is set iff the vectors agree in lane k. */
/*@ assigns  \nothing;
    ensures  range:    \result <= 0xffff;
    ensures  mask:     \forall integer k; 0 <= k < 16 ==>
                         (Bit(\result, k) <==> a.lane[k] == b.lane[k]);
*/
static inline uint32_t xbz_sse2_same(__m128i a, __m128i b) {
  return (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(a, b));
}

/* Whether the highest bit of every lane is set. */
/*@ assigns  \nothing;
    ensures  all: \result != 0 <==>
                  (\forall integer k; 0 <= k < 16 ==> v.lane[k] >= 128);
*/
static inline int xbz_sse2_all(__m128i v) {
  return (uint32_t)_mm_movemask_epi8(v) == 0xffffu;
}

/* Two masks of 16 bits side by side. */
/*@ requires range:    low <= 0xffff && high <= 0xffff;
    assigns  \nothing;
    ensures  low:      \forall integer k; 0 <= k < 16 ==>
                         (Bit(\result, k) <==> Bit(low, k));
    ensures  high:     \forall integer k; 16 <= k < 32 ==>
                         (Bit(\result, k) <==> Bit(high, k - 16));
*/
static inline uint32_t xbz_sse2_join(uint32_t low, uint32_t high) {
  return high << 16 | low;
}

/* Bit k of the result is set iff a[at + k] == b[at + k]. */
/*@ requires range:    at + 32 <= XBZ_PAGE_LEN_MAX;
    requires readable: \valid_read(a + (at .. at + 31)) &&
                       \valid_read(b + (at .. at + 31));
    assigns  \nothing;
    ensures  mask:     \forall integer k; 0 <= k < 32 ==>
                         (Bit(\result, k) <==> Same(a, b, at + k));
*/
static inline uint32_t xbz_sse2_same32(const uint8_t *a, const uint8_t *b,
                                       size_t at) {
  uint32_t low = xbz_sse2_same(xbz_x86_load(a, at), xbz_x86_load(b, at));
  uint32_t high =
      xbz_sse2_same(xbz_x86_load(a, at + 16), xbz_x86_load(b, at + 16));
  return xbz_sse2_join(low, high);
}

static inline uint64_t xbz_leaf_diff(const uint8_t *old_page,
                                     const uint8_t *new_page, size_t at) {
  uint32_t low = xbz_sse2_same32(old_page, new_page, at);
  uint32_t high = xbz_sse2_same32(old_page, new_page, at + 32);
  return xbz_mask_differ(low, high);
}

/* All ones in each of the 16 lanes where the pages are equal, else zeros. */
/*@ requires range:    at + 16 <= XBZ_PAGE_LEN_MAX;
    requires readable: \valid_read(a + (at .. at + 15)) &&
                       \valid_read(b + (at .. at + 15));
    assigns  \nothing;
    ensures  flags:    Flags128(\result);
    ensures  same:     Ones128(\result) ==> AllSame(a, b, at, at + 16);
    ensures  ones:     \forall integer k; 0 <= k < 16 ==>
                         Same(a, b, at + k) ==> \result.lane[k] == 255;
*/
static inline __m128i xbz_sse2_lanes(const uint8_t *a, const uint8_t *b,
                                     size_t at) {
  return _mm_cmpeq_epi8(xbz_x86_load(a, at), xbz_x86_load(b, at));
}

/* All ones in each of the lanes where both have them. */
/*@ requires flags:    Flags128(v) && Flags128(w);
    assigns  \nothing;
    ensures  flags:    Flags128(\result);
    ensures  both:     Ones128(\result) <==> Ones128(v) && Ones128(w);
*/
static inline __m128i xbz_sse2_both(__m128i v, __m128i w) {
  return _mm_and_si128(v, w);
}

/* The lanes of [at..at+64), those of all four vectors together. */
/*@ requires range:    at + 64 <= XBZ_PAGE_LEN_MAX;
    requires readable: \valid_read(a + (at .. at + 63)) &&
                       \valid_read(b + (at .. at + 63));
    assigns  \nothing;
    ensures  flags:    Flags128(\result);
    ensures  same:     Ones128(\result) <==> AllSame(a, b, at, at + 64);
*/
static inline __m128i xbz_sse2_lanes4(const uint8_t *a, const uint8_t *b,
                                      size_t at) {
  return xbz_sse2_both(
      xbz_sse2_both(xbz_sse2_lanes(a, b, at), xbz_sse2_lanes(a, b, at + 16)),
      xbz_sse2_both(xbz_sse2_lanes(a, b, at + 32),
                    xbz_sse2_lanes(a, b, at + 48)));
}

static inline int xbz_leaf_equal(const uint8_t *old_page,
                                 const uint8_t *new_page, size_t at) {
  __m128i low = xbz_sse2_both(xbz_sse2_lanes4(old_page, new_page, at),
                              xbz_sse2_lanes4(old_page, new_page, at + 64));
  __m128i high = xbz_sse2_both(xbz_sse2_lanes4(old_page, new_page, at + 128),
                               xbz_sse2_lanes4(old_page, new_page, at + 192));
  return xbz_sse2_all(xbz_sse2_both(low, high));
}

/* Copy live[at..at+32) to page[at..at+32). Bit k of the result is set iff that
 * left page[at + k] as it was. */
/*@ requires range:    at + 32 <= XBZ_PAGE_LEN_MAX;
    requires writable: \valid(page + (at .. at + 31));
    requires readable: \valid_read(live + (at .. at + 31));
    requires disjoint: \separated(page + (at .. at + 31),
                                  live + (at .. at + 31));
    assigns  page[at .. at + 31];
    ensures  mask:     \forall integer k; 0 <= k < 32 ==>
                         (Bit(\result, k) <==>
                          Byte{Pre}(page, at + k) == Byte{Pre}(live, at + k));
    ensures  copied:   Copied{Pre,Post}(page, at, live, at, 32);
*/
static inline uint32_t xbz_sse2_update32(uint8_t *page, const uint8_t *live,
                                         size_t at) {
  __m128i low = xbz_x86_load(live, at);
  __m128i high = xbz_x86_load(live, at + 16);
  uint32_t low_same = xbz_sse2_same(xbz_x86_load(page, at), low);
  uint32_t high_same = xbz_sse2_same(xbz_x86_load(page, at + 16), high);
  uint32_t same = xbz_sse2_join(low_same, high_same);
  /*@ assert equal: same == 0xffffffff ==>
        Copied{Pre,Pre}(page, at, live, at, 32); */
  if (same != 0xffffffffu) {
    xbz_x86_store(page, at, low);
    xbz_x86_store(page, at + 16, high);
  }
  return same;
}

static inline uint64_t xbz_leaf_update(uint8_t *page, const uint8_t *live,
                                       size_t at) {
  uint32_t low = xbz_sse2_update32(page, live, at);
  uint32_t high = xbz_sse2_update32(page, live, at + 32);
  return xbz_mask_differ(low, high);
}

static inline uint64_t xbz_leaf_rest(uint64_t m, size_t k) {
  return xbz_bits_without(m, k);
}

#endif

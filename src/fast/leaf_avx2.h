/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Two vectors of 32 bytes. */
#ifndef XBZ_FAST_LEAF_AVX2_H
#define XBZ_FAST_LEAF_AVX2_H

#include <immintrin.h>

#include "leaf.h"
#include "leaf_x86.h"

#ifdef __FRAMAC__
/*@
  // Every lane is all ones, or all zeros.
  predicate Flags256(__m256i v) =
    \forall integer k; 0 <= k < 32 ==> v.lane[k] == 0 || v.lane[k] == 255;

  predicate Ones256(__m256i v) =
    \forall integer k; 0 <= k < 32 ==> v.lane[k] == 255;
*/
#endif

/* The 32 bytes p[at..at+32), aligned or not. */
/*@ requires range:    at + 32 <= XBZ_PAGE_LEN_MAX;
    requires readable: \valid_read(p + (at .. at + 31));
    assigns  \nothing;
    ensures  lanes:    \forall integer i; at <= i < at + 32 ==>
                         \result.lane[i - at] == Byte(p, i);
    ensures  places:   \forall integer k; 0 <= k < 32 ==>
                         \result.lane[k] == Byte(p, at + k);
*/
static inline __m256i xbz_avx2_load(const uint8_t *p, size_t at) {
  return _mm256_loadu_si256((const void *)(p + at));
}

/* Make them the lanes of v. */
/*@ requires range:    at + 32 <= XBZ_PAGE_LEN_MAX;
    requires writable: \valid(p + (at .. at + 31));
    assigns  p[at .. at + 31];
    ensures  lanes:    \forall integer i; at <= i < at + 32 ==>
                         Byte(p, i) == v.lane[i - at];
*/
static inline void xbz_avx2_store(uint8_t *p, size_t at, __m256i v) {
  _mm256_storeu_si256((void *)(p + at), v);
}

/* Bit k of the result is set iff the vectors agree in lane k. */
/*@ assigns  \nothing;
    ensures  mask:     \forall integer k; 0 <= k < 32 ==>
                         (Bit(\result, k) <==> a.lane[k] == b.lane[k]);
*/
static inline uint32_t xbz_avx2_same(__m256i a, __m256i b) {
  return (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(a, b));
}

/* Whether the highest bit of every lane is set. */
/*@ assigns  \nothing;
    ensures  all: \result != 0 <==>
                  (\forall integer k; 0 <= k < 32 ==> v.lane[k] >= 128);
*/
static inline int xbz_avx2_all(__m256i v) {
  return (uint32_t)_mm256_movemask_epi8(v) == 0xffffffffu;
}

static inline uint64_t xbz_leaf_diff(const uint8_t *old_page,
                                     const uint8_t *new_page, size_t at) {
  uint32_t low =
      xbz_avx2_same(xbz_avx2_load(old_page, at), xbz_avx2_load(new_page, at));
  uint32_t high = xbz_avx2_same(xbz_avx2_load(old_page, at + 32),
                                xbz_avx2_load(new_page, at + 32));
  return xbz_mask_differ(low, high);
}

/* All ones in each of the 32 lanes where the pages are equal, else zeros. */
/*@ requires range:    at + 32 <= XBZ_PAGE_LEN_MAX;
    requires readable: \valid_read(a + (at .. at + 31)) &&
                       \valid_read(b + (at .. at + 31));
    assigns  \nothing;
    ensures  flags:    Flags256(\result);
    ensures  same:     Ones256(\result) ==> AllSame(a, b, at, at + 32);
    ensures  ones:     \forall integer k; 0 <= k < 32 ==>
                         Same(a, b, at + k) ==> \result.lane[k] == 255;
*/
static inline __m256i xbz_avx2_lanes(const uint8_t *a, const uint8_t *b,
                                     size_t at) {
  return _mm256_cmpeq_epi8(xbz_avx2_load(a, at), xbz_avx2_load(b, at));
}

/* All ones in each of the lanes where both have them. */
/*@ requires flags:    Flags256(v) && Flags256(w);
    assigns  \nothing;
    ensures  flags:    Flags256(\result);
    ensures  both:     Ones256(\result) <==> Ones256(v) && Ones256(w);
*/
static inline __m256i xbz_avx2_both(__m256i v, __m256i w) {
  return _mm256_and_si256(v, w);
}

/* The lanes of [at..at+128), those of all four vectors together. */
/*@ requires range:    at + 128 <= XBZ_PAGE_LEN_MAX;
    requires readable: \valid_read(a + (at .. at + 127)) &&
                       \valid_read(b + (at .. at + 127));
    assigns  \nothing;
    ensures  flags:    Flags256(\result);
    ensures  same:     Ones256(\result) <==> AllSame(a, b, at, at + 128);
*/
static inline __m256i xbz_avx2_lanes4(const uint8_t *a, const uint8_t *b,
                                      size_t at) {
  return xbz_avx2_both(
      xbz_avx2_both(xbz_avx2_lanes(a, b, at), xbz_avx2_lanes(a, b, at + 32)),
      xbz_avx2_both(xbz_avx2_lanes(a, b, at + 64),
                    xbz_avx2_lanes(a, b, at + 96)));
}

static inline int xbz_leaf_equal(const uint8_t *old_page,
                                 const uint8_t *new_page, size_t at) {
  __m256i low = xbz_avx2_lanes4(old_page, new_page, at);
  __m256i high = xbz_avx2_lanes4(old_page, new_page, at + 128);
  return xbz_avx2_all(xbz_avx2_both(low, high));
}

static inline uint64_t xbz_leaf_update(uint8_t *page, const uint8_t *live,
                                       size_t at) {
  __m256i low = xbz_avx2_load(live, at);
  __m256i high = xbz_avx2_load(live, at + 32);
  uint32_t low_same = xbz_avx2_same(xbz_avx2_load(page, at), low);
  uint32_t high_same = xbz_avx2_same(xbz_avx2_load(page, at + 32), high);
  uint64_t changed = xbz_mask_differ(low_same, high_same);
  /*@ assert equal: changed == 0 ==>
        Copied{Pre,Pre}(page, at, live, at, 64); */
  if (changed != 0) {
    xbz_avx2_store(page, at, low);
    xbz_avx2_store(page, at + 32, high);
  }
  return changed;
}

static inline uint64_t xbz_leaf_rest(uint64_t m, size_t k) {
  (void)k;
  return _blsr_u64(m);
}

static inline size_t xbz_leaf_count(uint64_t m) {
  return (size_t)_mm_popcnt_u64(m);
}

#endif

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* One vector of 64 bytes, whose comparison makes the mask itself. */
#ifndef XBZ_FAST_LEAF_AVX512BW_H
#define XBZ_FAST_LEAF_AVX512BW_H

#include <immintrin.h>

#include "leaf.h"
#include "leaf_x86.h"

#ifdef __FRAMAC__
#include "../../proofs/lemmas/none.acsl"
#endif

/* Bits that are set in one of them. */
/*@ assigns  \nothing;
    ensures  zero:     \result == 0 <==> a == 0 && b == 0;
*/
static inline uint64_t xbz_avx512bw_either(uint64_t a, uint64_t b) {
  return a | b;
}

/* The 64 bytes p[at..at+64), aligned or not. */
/*@ requires range:    at + 64 <= XBZ_PAGE_LEN_MAX;
    requires readable: \valid_read(p + (at .. at + 63));
    assigns  \nothing;
    ensures  lanes:    \forall integer i; at <= i < at + 64 ==>
                         \result.lane[i - at] == Byte(p, i);
    ensures  places:   \forall integer k; 0 <= k < 64 ==>
                         \result.lane[k] == Byte(p, at + k);
*/
static inline __m512i xbz_avx512bw_load(const uint8_t *p, size_t at) {
  return _mm512_loadu_si512((const void *)(p + at));
}

/* Make them the lanes of v. */
/*@ requires range:    at + 64 <= XBZ_PAGE_LEN_MAX;
    requires writable: \valid(p + (at .. at + 63));
    assigns  p[at .. at + 63];
    ensures  lanes:    \forall integer i; at <= i < at + 64 ==>
                         Byte(p, i) == v.lane[i - at];
*/
static inline void xbz_avx512bw_store(uint8_t *p, size_t at, __m512i v) {
  _mm512_storeu_si512((void *)(p + at), v);
}

/* Bit k of the result is set iff a[at + k] != b[at + k]. */
/*@ requires range:    at + 64 <= XBZ_PAGE_LEN_MAX;
    requires readable: \valid_read(a + (at .. at + 63)) &&
                       \valid_read(b + (at .. at + 63));
    assigns  \nothing;
    ensures  mask:     DiffMask(\result, a, b, at);
    ensures  places:   \forall integer k; 0 <= k < 64 ==>
                         (Bit(\result, k) <==> !Same(a, b, at + k));
*/
static inline uint64_t xbz_avx512bw_mask(const uint8_t *a, const uint8_t *b,
                                         size_t at) {
  return _mm512_cmpneq_epi8_mask(xbz_avx512bw_load(a, at),
                                 xbz_avx512bw_load(b, at));
}

static inline uint64_t xbz_leaf_diff(const uint8_t *old_page,
                                     const uint8_t *new_page, size_t at) {
  return xbz_avx512bw_mask(old_page, new_page, at);
}

/* Not 0 iff the pages differ in [at..at+64). */
/*@ requires range:    at + 64 <= XBZ_PAGE_LEN_MAX;
    requires readable: \valid_read(old_page + (at .. at + 63)) &&
                       \valid_read(new_page + (at .. at + 63));
    assigns  \nothing;
    ensures  same:     \result == 0 <==>
                       AllSame(old_page, new_page, at, at + 64);
*/
static inline uint64_t xbz_avx512bw_differ(const uint8_t *old_page,
                                           const uint8_t *new_page, size_t at) {
  uint64_t diff = xbz_avx512bw_mask(old_page, new_page, at);
  //@ assert none: diff == 0 <==> NoBit(diff, 64);
  return diff;
}

static inline int xbz_leaf_equal(const uint8_t *old_page,
                                 const uint8_t *new_page, size_t at) {
  uint64_t low =
      xbz_avx512bw_either(xbz_avx512bw_differ(old_page, new_page, at),
                          xbz_avx512bw_differ(old_page, new_page, at + 64));
  uint64_t high =
      xbz_avx512bw_either(xbz_avx512bw_differ(old_page, new_page, at + 128),
                          xbz_avx512bw_differ(old_page, new_page, at + 192));
  return xbz_avx512bw_either(low, high) == 0;
}

static inline uint64_t xbz_leaf_update(uint8_t *page, const uint8_t *live,
                                       size_t at) {
  __m512i now = xbz_avx512bw_load(live, at);
  uint64_t changed = _mm512_cmpneq_epi8_mask(xbz_avx512bw_load(page, at), now);
  /*@ assert equal: changed == 0 ==>
        Copied{Pre,Pre}(page, at, live, at, 64); */
  if (changed != 0)
    xbz_avx512bw_store(page, at, now);
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

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Four vectors of 16 bytes: what every x86-64 can do. */
#ifndef XBZ_FAST_LEAF_SSE2_H
#define XBZ_FAST_LEAF_SSE2_H

#include <emmintrin.h>

#include "bits.h"
#include "count.h"
#include "leaf.h"
#include "leaf_x86.h"

/* The 16 bytes p[at..at+16), aligned or not. */
/*@ requires range:    at + 16 <= XBZ_PAGE_LEN_MAX;
    requires readable: \valid_read(p + (at .. at + 15));
    assigns  \nothing;
    ensures  lanes:    \forall integer k; 0 <= k < 16 ==>
                         \result.lane[k] == Byte(p, at + k);
*/
static inline __m128i xbz_sse2_load(const uint8_t *p, size_t at) {
  return _mm_loadu_si128((const void *)(p + at));
}

/* Bit k of the result is set iff the vectors agree in lane k. */
/*@ assigns  \nothing;
    ensures  range: \result <= 0xffff;
    ensures  mask:  \forall integer k; 0 <= k < 16 ==>
                      (Bit(\result, k) <==> a.lane[k] == b.lane[k]);
*/
static inline uint32_t xbz_sse2_same(__m128i a, __m128i b) {
  return (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(a, b));
}

static inline uint32_t xbz_sse2_diff32(const uint8_t *a, const uint8_t *b,
                                       size_t at) {
  uint32_t low = xbz_sse2_same(xbz_sse2_load(a, at), xbz_sse2_load(b, at));
  uint32_t high =
      xbz_sse2_same(xbz_sse2_load(a, at + 16), xbz_sse2_load(b, at + 16));
  return ~(high << 16 | low);
}

static inline uint64_t xbz_leaf_diff(const uint8_t *old_page,
                                     const uint8_t *new_page, size_t at) {
  uint32_t low = xbz_sse2_diff32(old_page, new_page, at);
  uint32_t high = xbz_sse2_diff32(old_page, new_page, at + 32);
  return (uint64_t)high << 32 | low;
}

static inline __m128i xbz_sse2_lanes(const uint8_t *a, const uint8_t *b,
                                     size_t at) {
  return _mm_cmpeq_epi8(xbz_sse2_load(a, at), xbz_sse2_load(b, at));
}

/* All ones in the lanes where [at..at+64) of the pages are equal. */
static inline __m128i xbz_sse2_lanes4(const uint8_t *a, const uint8_t *b,
                                      size_t at) {
  return _mm_and_si128(
      _mm_and_si128(xbz_sse2_lanes(a, b, at), xbz_sse2_lanes(a, b, at + 16)),
      _mm_and_si128(xbz_sse2_lanes(a, b, at + 32),
                    xbz_sse2_lanes(a, b, at + 48)));
}

static inline int xbz_leaf_equal(const uint8_t *old_page,
                                 const uint8_t *new_page, size_t at) {
  __m128i low = _mm_and_si128(xbz_sse2_lanes4(old_page, new_page, at),
                              xbz_sse2_lanes4(old_page, new_page, at + 64));
  __m128i high = _mm_and_si128(xbz_sse2_lanes4(old_page, new_page, at + 128),
                               xbz_sse2_lanes4(old_page, new_page, at + 192));
  return _mm_movemask_epi8(_mm_and_si128(low, high)) == 0xffff;
}

/* The same for 32 bytes, with the copy. */
static inline uint32_t xbz_sse2_update32(uint8_t *page, const uint8_t *live,
                                         size_t at) {
  __m128i low = xbz_sse2_load(live, at);
  __m128i high = xbz_sse2_load(live, at + 16);
  uint32_t low_same = xbz_sse2_same(xbz_sse2_load(page, at), low);
  uint32_t high_same = xbz_sse2_same(xbz_sse2_load(page, at + 16), high);
  uint32_t changed = ~(high_same << 16 | low_same);
  if (changed != 0) {
    _mm_storeu_si128((void *)(page + at), low);
    _mm_storeu_si128((void *)(page + at + 16), high);
  }
  return changed;
}

static inline uint64_t xbz_leaf_update(uint8_t *page, const uint8_t *live,
                                       size_t at) {
  uint32_t low = xbz_sse2_update32(page, live, at);
  uint32_t high = xbz_sse2_update32(page, live, at + 32);
  return (uint64_t)high << 32 | low;
}

static inline int xbz_leaf_zero(const uint8_t *page, size_t at) {
  __m128i zero = _mm_setzero_si128();
  return (xbz_sse2_same(xbz_sse2_load(page, at), zero) &
          xbz_sse2_same(xbz_sse2_load(page, at + 16), zero) &
          xbz_sse2_same(xbz_sse2_load(page, at + 32), zero) &
          xbz_sse2_same(xbz_sse2_load(page, at + 48), zero)) == 0xffff;
}

static inline uint64_t xbz_leaf_rest(uint64_t m, size_t k) {
  return xbz_bits_without(m, k);
}

static inline unsigned xbz_leaf_count(uint64_t m) { return xbz_count(m); }

#endif

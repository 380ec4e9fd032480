/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Eight words of 8 bytes, in C99 alone. */
#ifndef XBZ_FAST_LEAF_PORTABLE_H
#define XBZ_FAST_LEAF_PORTABLE_H

#include "bits.h"
#include "count.h"
#include "leaf.h"

/* The 8 bytes p[at..at+8), the first lowest on every machine: compilers make
 * one load of it. */
static inline uint64_t xbz_word_get(const uint8_t *p, size_t at) {
  const uint8_t *w = p + at;
  return (uint64_t)w[0] | (uint64_t)w[1] << 8 | (uint64_t)w[2] << 16 |
         (uint64_t)w[3] << 24 | (uint64_t)w[4] << 32 | (uint64_t)w[5] << 40 |
         (uint64_t)w[6] << 48 | (uint64_t)w[7] << 56;
}

/* The inverse; one store. */
static inline void xbz_word_put(uint8_t *p, size_t at, uint64_t word) {
  uint8_t *w = p + at;
  w[0] = (uint8_t)(word & 0xff);
  w[1] = (uint8_t)(word >> 8 & 0xff);
  w[2] = (uint8_t)(word >> 16 & 0xff);
  w[3] = (uint8_t)(word >> 24 & 0xff);
  w[4] = (uint8_t)(word >> 32 & 0xff);
  w[5] = (uint8_t)(word >> 40 & 0xff);
  w[6] = (uint8_t)(word >> 48 & 0xff);
  w[7] = (uint8_t)(word >> 56);
}

/* Bit k of the result is set iff byte k of the word is not zero: the bits of
 * each byte fold onto its lowest, then these eight move together. */
static inline uint64_t xbz_word_mask(uint64_t word) {
  uint64_t m = word | word >> 4;
  m |= m >> 2;
  m |= m >> 1;
  m &= 0x0101010101010101u;
  m |= m >> 7;
  m |= m >> 14;
  m |= m >> 28;
  return m & 0xff;
}

static inline uint64_t xbz_leaf_diff(const uint8_t *old_page,
                                     const uint8_t *new_page, size_t at) {
  uint64_t diff = 0;
  for (size_t k = 0; k < 8; k++) {
    uint64_t old_word = xbz_word_get(old_page, at + 8 * k);
    uint64_t new_word = xbz_word_get(new_page, at + 8 * k);
    if (old_word != new_word)
      diff |= xbz_word_mask(old_word ^ new_word) << 8 * k;
  }
  return diff;
}

static inline int xbz_leaf_equal(const uint8_t *old_page,
                                 const uint8_t *new_page, size_t at) {
  for (size_t k = 0; k < 256; k += 8)
    if (xbz_word_get(old_page, at + k) != xbz_word_get(new_page, at + k))
      return 0;
  return 1;
}

static inline uint64_t xbz_leaf_update(uint8_t *page, const uint8_t *live,
                                       size_t at) {
  uint64_t changed = 0;
  for (size_t k = 0; k < 8; k++) {
    uint64_t now = xbz_word_get(live, at + 8 * k);
    uint64_t was = xbz_word_get(page, at + 8 * k);
    if (now != was) {
      xbz_word_put(page, at + 8 * k, now);
      changed |= xbz_word_mask(was ^ now) << 8 * k;
    }
  }
  return changed;
}

static inline void xbz_leaf_copy16(uint8_t *dst, size_t at, const uint8_t *src,
                                   size_t from) {
  xbz_word_put(dst, at, xbz_word_get(src, from));
  xbz_word_put(dst, at + 8, xbz_word_get(src, from + 8));
}

/* The bits below the first one of m, counted: without a branch to guess. */
static inline size_t xbz_leaf_first(uint64_t m) {
  return xbz_leaf_count(~m & (m - 1));
}

static inline uint64_t xbz_leaf_rest(uint64_t m, size_t k) {
  return xbz_bits_without(m, k);
}

#endif

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Eight words of 8 bytes, in C99 alone. */
#ifndef XBZ_FAST_LEAF_PORTABLE_H
#define XBZ_FAST_LEAF_PORTABLE_H

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

/* The highest bit of each byte is set iff the byte of word is not zero; the
 * other bits mean nothing. Nothing carries into the next byte. */
static inline uint64_t xbz_word_marks(uint64_t word) {
  return ((word & 0x7f7f7f7f7f7f7f7fu) + 0x7f7f7f7f7f7f7f7fu) | word;
}

/* The marks of eight words: bit k of byte j is the mark of byte j in word k. */
static inline uint64_t xbz_marks_stack(uint64_t a, uint64_t b, uint64_t c,
                                       uint64_t d, uint64_t e, uint64_t f,
                                       uint64_t g, uint64_t h) {
  const uint64_t marks = 0x8080808080808080u;
  return (a & marks) >> 7 | (b & marks) >> 6 | (c & marks) >> 5 |
         (d & marks) >> 4 | (e & marks) >> 3 | (f & marks) >> 2 |
         (g & marks) >> 1 | (h & marks);
}

/* Exchange the bits of m that are in low with those shift places higher. */
static inline uint64_t xbz_bits_swap(uint64_t m, uint64_t low, unsigned shift) {
  uint64_t change = (m ^ m >> shift) & low;
  return m ^ change ^ change << shift;
}

/* Bit k of byte j becomes bit j of byte k: blocks of bits change places across
 * the diagonal, of 1, of 2 by 2, of 4 by 4. */
static inline uint64_t xbz_bits_turn(uint64_t m) {
  m = xbz_bits_swap(m, 0x00aa00aa00aa00aau, 7);
  m = xbz_bits_swap(m, 0x0000cccc0000ccccu, 14);
  return xbz_bits_swap(m, 0x00000000f0f0f0f0u, 28);
}

/* The marks of eight words, in the order of their bytes. */
static inline uint64_t xbz_marks_mask(uint64_t a, uint64_t b, uint64_t c,
                                      uint64_t d, uint64_t e, uint64_t f,
                                      uint64_t g, uint64_t h) {
  uint64_t m = xbz_marks_stack(a, b, c, d, e, f, g, h);
  return m == 0 ? 0 : xbz_bits_turn(m);
}

/* Where a word of the pages differs. */
static inline uint64_t xbz_word_diff(const uint8_t *a, const uint8_t *b,
                                     size_t at) {
  uint64_t word = xbz_word_get(a, at) ^ xbz_word_get(b, at);
  return word == 0 ? 0 : xbz_word_marks(word);
}

static inline uint64_t xbz_leaf_diff(const uint8_t *old_page,
                                     const uint8_t *new_page, size_t at) {
  uint64_t a = xbz_word_diff(old_page, new_page, at);
  uint64_t b = xbz_word_diff(old_page, new_page, at + 8);
  uint64_t c = xbz_word_diff(old_page, new_page, at + 16);
  uint64_t d = xbz_word_diff(old_page, new_page, at + 24);
  uint64_t e = xbz_word_diff(old_page, new_page, at + 32);
  uint64_t f = xbz_word_diff(old_page, new_page, at + 40);
  uint64_t g = xbz_word_diff(old_page, new_page, at + 48);
  uint64_t h = xbz_word_diff(old_page, new_page, at + 56);
  return xbz_marks_mask(a, b, c, d, e, f, g, h);
}

/* Whether a word of the pages is equal. */
static inline int xbz_word_equal(const uint8_t *a, const uint8_t *b,
                                 size_t at) {
  return xbz_word_get(a, at) == xbz_word_get(b, at);
}

/* Four of them. */
static inline int xbz_words_equal(const uint8_t *a, const uint8_t *b,
                                  size_t at) {
  return xbz_word_equal(a, b, at) && xbz_word_equal(a, b, at + 8) &&
         xbz_word_equal(a, b, at + 16) && xbz_word_equal(a, b, at + 24);
}

static inline int xbz_leaf_equal(const uint8_t *old_page,
                                 const uint8_t *new_page, size_t at) {
  for (size_t k = 0; k < 256; k += 32)
    if (!xbz_words_equal(old_page, new_page, at + k))
      return 0;
  return 1;
}

/* Copy a word; returns where that changed the page. */
static inline uint64_t xbz_word_update(uint8_t *page, const uint8_t *live,
                                       size_t at) {
  uint64_t now = xbz_word_get(live, at);
  uint64_t word = xbz_word_get(page, at) ^ now;
  if (word == 0)
    return 0;
  xbz_word_put(page, at, now);
  return xbz_word_marks(word);
}

static inline uint64_t xbz_leaf_update(uint8_t *page, const uint8_t *live,
                                       size_t at) {
  uint64_t a = xbz_word_update(page, live, at);
  uint64_t b = xbz_word_update(page, live, at + 8);
  uint64_t c = xbz_word_update(page, live, at + 16);
  uint64_t d = xbz_word_update(page, live, at + 24);
  uint64_t e = xbz_word_update(page, live, at + 32);
  uint64_t f = xbz_word_update(page, live, at + 40);
  uint64_t g = xbz_word_update(page, live, at + 48);
  uint64_t h = xbz_word_update(page, live, at + 56);
  return xbz_marks_mask(a, b, c, d, e, f, g, h);
}

static inline void xbz_leaf_copy16(uint8_t *dst, size_t at, const uint8_t *src,
                                   size_t from) {
  xbz_word_put(dst, at, xbz_word_get(src, from));
  xbz_word_put(dst, at + 8, xbz_word_get(src, from + 8));
}

/* m without its lowest bit. */
static inline uint64_t xbz_bits_drop(uint64_t m) { return m & (m - 1); }

/* The powers of two below 2^64 differ modulo 67. */
static inline size_t xbz_leaf_first(uint64_t m) {
  static const uint8_t xbz_places[67] = {
      0,  0,  1,  39, 2,  15, 40, 23, 3,  12, 16, 59, 41, 19, 24, 54, 4,
      0,  13, 10, 17, 62, 60, 28, 42, 30, 20, 51, 25, 44, 55, 47, 5,  32,
      0,  38, 14, 22, 11, 58, 18, 53, 63, 9,  61, 27, 29, 50, 43, 46, 31,
      37, 21, 57, 52, 8,  26, 49, 45, 36, 56, 7,  48, 35, 6,  34, 33};
  return xbz_places[(m ^ xbz_bits_drop(m)) % 67];
}

static inline uint64_t xbz_leaf_rest(uint64_t m, size_t k) {
  (void)k;
  return xbz_bits_drop(m);
}

#endif

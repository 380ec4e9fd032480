/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Words of 8 bytes, in C99 alone. The functions that have contracts are what
 * the portable leaf is proved with. */
#ifndef XBZ_FAST_WORD_H
#define XBZ_FAST_WORD_H

#include "../xbz.h"

#ifdef __FRAMAC__
#include "../../spec/logic/marks.acsl"
#endif

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
/*@ assigns  \nothing;
    ensures  first:    MarksFrom(\result, 0, a);
    ensures  second:   MarksFrom(\result, 8, b);
    ensures  third:    MarksFrom(\result, 16, c);
    ensures  fourth:   MarksFrom(\result, 24, d);
    ensures  fifth:    MarksFrom(\result, 32, e);
    ensures  sixth:    MarksFrom(\result, 40, f);
    ensures  seventh:  MarksFrom(\result, 48, g);
    ensures  eighth:   MarksFrom(\result, 56, h);
*/
static inline uint64_t xbz_marks_mask(uint64_t a, uint64_t b, uint64_t c,
                                      uint64_t d, uint64_t e, uint64_t f,
                                      uint64_t g, uint64_t h) {
  uint64_t m = xbz_marks_stack(a, b, c, d, e, f, g, h);
  return m == 0 ? 0 : xbz_bits_turn(m);
}

/* Where a word of the pages differs. */
/*@ requires range:    at + 8 <= XBZ_PAGE_LEN_MAX;
    requires readable: \valid_read(a + (at .. at + 7)) &&
                       \valid_read(b + (at .. at + 7));
    assigns  \nothing;
    ensures  marks:    \forall integer p; at <= p < at + 8 ==>
                         (Marked(\result, p - at) <==> !Same(a, b, p));
*/
static inline uint64_t xbz_word_diff(const uint8_t *a, const uint8_t *b,
                                     size_t at) {
  uint64_t word = xbz_word_get(a, at) ^ xbz_word_get(b, at);
  return word == 0 ? 0 : xbz_word_marks(word);
}

/* Whether a word of the pages is equal. */
/*@ requires range:    at + 8 <= XBZ_PAGE_LEN_MAX;
    requires readable: \valid_read(a + (at .. at + 7)) &&
                       \valid_read(b + (at .. at + 7));
    assigns  \nothing;
    ensures  equal:    \result != 0 <==> AllSame(a, b, at, at + 8);
*/
static inline int xbz_word_equal(const uint8_t *a, const uint8_t *b,
                                 size_t at) {
  return xbz_word_get(a, at) == xbz_word_get(b, at);
}

/* Copy a word; returns where that changed the page. */
/*@ requires range:    at + 8 <= XBZ_PAGE_LEN_MAX;
    requires writable: \valid(page + (at .. at + 7));
    requires readable: \valid_read(live + (at .. at + 7));
    requires disjoint: \separated(page + (at .. at + 7),
                                  live + (at .. at + 7));
    assigns  page[at .. at + 7];
    ensures  taken:    WordTaken{Pre,Post}(\result, page, live, at);
*/
static inline uint64_t xbz_word_update(uint8_t *page, const uint8_t *live,
                                       size_t at) {
  uint64_t now = xbz_word_get(live, at);
  uint64_t word = xbz_word_get(page, at) ^ now;
  if (word == 0)
    return 0;
  xbz_word_put(page, at, now);
  return xbz_word_marks(word);
}

/* Copy a word. */
/*@ requires range:    at + 8 <= SIZE_MAX && from + 8 <= SIZE_MAX;
    requires writable: \valid(dst + (at .. at + 7));
    requires readable: \valid_read(src + (from .. from + 7));
    requires disjoint: \separated(dst + (at .. at + 7),
                                  src + (from .. from + 7));
    assigns  dst[at .. at + 7];
    ensures  copied:   Copied{Pre,Post}(dst, at, src, from, 8);
    ensures  others:   UnchangedBut{Pre,Post}(dst, at, at + 8);
*/
static inline void xbz_word_move(uint8_t *dst, size_t at, const uint8_t *src,
                                 size_t from) {
  xbz_word_put(dst, at, xbz_word_get(src, from));
}

#endif

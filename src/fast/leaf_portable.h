/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Eight words of 8 bytes, in C99 alone. */
#ifndef XBZ_FAST_LEAF_PORTABLE_H
#define XBZ_FAST_LEAF_PORTABLE_H

#include "leaf.h"
#include "marks.h"
#include "turn.h"

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

/* Whether four words of the pages are equal. */
/*@ requires range:    at + 32 <= XBZ_PAGE_LEN_MAX;
    requires readable: \valid_read(a + (at .. at + 31)) &&
                       \valid_read(b + (at .. at + 31));
    assigns  \nothing;
    ensures  equal:    \result != 0 <==> AllSame(a, b, at, at + 32);
*/
static inline int xbz_words_equal(const uint8_t *a, const uint8_t *b,
                                  size_t at) {
  return xbz_word_equal(a, b, at) && xbz_word_equal(a, b, at + 8) &&
         xbz_word_equal(a, b, at + 16) && xbz_word_equal(a, b, at + 24);
}

static inline int xbz_leaf_equal(const uint8_t *old_page,
                                 const uint8_t *new_page, size_t at) {
  /*@ loop invariant range: 0 <= k <= 256 && k % 32 == 0;
      loop invariant equal: AllSame(old_page, new_page, at, at + k);
      loop assigns k;
      loop variant 256 - k;
  */
  for (size_t k = 0; k < 256; k += 32)
    if (!xbz_words_equal(old_page, new_page, at + k))
      return 0;
  return 1;
}

static inline uint64_t xbz_leaf_update(uint8_t *page, const uint8_t *live,
                                       size_t at) {
  uint64_t a = xbz_word_update(page, live, at);
  //@ assert a: WordTaken{Pre,Here}(a, page, live, at);
  uint64_t b = xbz_word_update(page, live, at + 8);
  //@ assert b: WordTaken{Pre,Here}(b, page, live, at + 8);
  uint64_t c = xbz_word_update(page, live, at + 16);
  //@ assert c: WordTaken{Pre,Here}(c, page, live, at + 16);
  uint64_t d = xbz_word_update(page, live, at + 24);
  //@ assert d: WordTaken{Pre,Here}(d, page, live, at + 24);
  //@ assert page: Unchanged{Pre,Here}(page, at + 32, at + 64);
  //@ assert live: Unchanged{Pre,Here}(live, at + 32, at + 64);
  uint64_t e = xbz_word_update(page, live, at + 32);
  //@ assert e: WordTaken{Pre,Here}(e, page, live, at + 32);
  uint64_t f = xbz_word_update(page, live, at + 40);
  //@ assert f: WordTaken{Pre,Here}(f, page, live, at + 40);
  uint64_t g = xbz_word_update(page, live, at + 48);
  //@ assert g: WordTaken{Pre,Here}(g, page, live, at + 48);
  uint64_t h = xbz_word_update(page, live, at + 56);
  //@ assert h: WordTaken{Pre,Here}(h, page, live, at + 56);
  //@ assert all_a: WordTaken{Pre,Here}(a, page, live, at);
  //@ assert all_b: WordTaken{Pre,Here}(b, page, live, at + 8);
  //@ assert all_c: WordTaken{Pre,Here}(c, page, live, at + 16);
  //@ assert all_d: WordTaken{Pre,Here}(d, page, live, at + 24);
  //@ assert all_e: WordTaken{Pre,Here}(e, page, live, at + 32);
  //@ assert all_f: WordTaken{Pre,Here}(f, page, live, at + 40);
  //@ assert all_g: WordTaken{Pre,Here}(g, page, live, at + 48);
  return xbz_marks_mask(a, b, c, d, e, f, g, h);
}

static inline void xbz_leaf_copy16(uint8_t *dst, size_t at, const uint8_t *src,
                                   size_t from) {
  xbz_word_move(dst, at, src, from);
  xbz_word_move(dst, at + 8, src, from + 8);
}

#endif

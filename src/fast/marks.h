/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Words of 8 bytes compared and copied. */
#ifndef XBZ_FAST_MARKS_H
#define XBZ_FAST_MARKS_H

#include "word_get.h"
#include "word_put.h"

#ifdef __FRAMAC__
#include "../../spec/logic/marks.acsl"
#endif
#ifdef XBZ_PROVES_MARKS
#include "../../proofs/lemmas/word_marks.acsl"
#endif

/* The highest bit of each byte is set iff the byte of word is not zero; the
 * other bits mean nothing. Nothing carries into the next byte. */
/*@ assigns  \nothing;
    ensures  marks: MarksBytes(\result, word);
*/
static inline uint64_t xbz_word_marks(uint64_t word) {
  uint64_t carried = (word & 0x7f7f7f7f7f7f7f7fu) + 0x7f7f7f7f7f7f7f7fu;
  //@ assert carried: carried == Carried(word);
  uint64_t marks = carried | word;
  //@ assert either: MarksEither(marks, carried, word);
  return marks;
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
  uint64_t old = xbz_word_get(a, at), now = xbz_word_get(b, at);
  uint64_t word = old ^ now;
  uint64_t marks = word == 0 ? 0 : xbz_word_marks(word);
  //@ assert bytes: MarksBytes(marks, old ^ now);
  //@ assert diff: MarksDiff(marks, old, now);
  return marks;
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
  uint64_t old = xbz_word_get(a, at), now = xbz_word_get(b, at);
  //@ assert same: AllSame(a, b, at, at + 8) ==> old == now;
  //@ assert equal: old == now ==> AllSame(a, b, at, at + 8);
  return old == now;
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
  uint64_t now = xbz_word_get(live, at), old = xbz_word_get(page, at);
  uint64_t word = old ^ now, marks;
  if (word == 0) {
    //@ assert same: MarksDiff(0, old, now);
    return 0;
  }
  xbz_word_put(page, at, now);
  marks = xbz_word_marks(word);
  //@ assert bytes: MarksBytes(marks, old ^ now);
  //@ assert diff: MarksDiff(marks, old, now);
  return marks;
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

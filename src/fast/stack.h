/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* The marks of eight words, as the columns of 8 by 8 bits. */
#ifndef XBZ_FAST_STACK_H
#define XBZ_FAST_STACK_H

#include "../xbz.h"

#ifdef __FRAMAC__
#include "../../spec/logic/turn.acsl"
#endif
#ifdef XBZ_PROVES_STACK
#include "../../proofs/lemmas/columns.acsl"
#endif

/* m, and the marks of a word as bit k of each byte. */
/*@ requires range:  k < 8;
    assigns  \nothing;
    ensures  joined: Joined(\result, m, k, word);
*/
static inline uint64_t xbz_marks_join(uint64_t m, uint64_t word, unsigned k) {
  uint64_t column = (word & 0x8080808080808080u) >> (7 - k);
  //@ assert column: column == Column(word, k);
  return m | column;
}

/* The marks of eight words: bit k of byte j is the mark of byte j in word k. */
/*@ assigns  \nothing;
    ensures  first:    Stacked(\result, 0, a);
    ensures  second:   Stacked(\result, 1, b);
    ensures  third:    Stacked(\result, 2, c);
    ensures  fourth:   Stacked(\result, 3, d);
    ensures  fifth:    Stacked(\result, 4, e);
    ensures  sixth:    Stacked(\result, 5, f);
    ensures  seventh:  Stacked(\result, 6, g);
    ensures  eighth:   Stacked(\result, 7, h);
*/
static inline uint64_t xbz_marks_stack(uint64_t a, uint64_t b, uint64_t c,
                                       uint64_t d, uint64_t e, uint64_t f,
                                       uint64_t g, uint64_t h) {
  uint64_t m = 0;
  //@ assert none: StackedTo(m, 0, a, b, c, d, e, f, g, h);
  m = xbz_marks_join(m, a, 0);
  //@ assert one: StackedTo(m, 1, a, b, c, d, e, f, g, h);
  m = xbz_marks_join(m, b, 1);
  //@ assert two: StackedTo(m, 2, a, b, c, d, e, f, g, h);
  m = xbz_marks_join(m, c, 2);
  //@ assert three: StackedTo(m, 3, a, b, c, d, e, f, g, h);
  m = xbz_marks_join(m, d, 3);
  //@ assert four: StackedTo(m, 4, a, b, c, d, e, f, g, h);
  m = xbz_marks_join(m, e, 4);
  //@ assert five: StackedTo(m, 5, a, b, c, d, e, f, g, h);
  m = xbz_marks_join(m, f, 5);
  //@ assert six: StackedTo(m, 6, a, b, c, d, e, f, g, h);
  m = xbz_marks_join(m, g, 6);
  //@ assert seven: StackedTo(m, 7, a, b, c, d, e, f, g, h);
  m = xbz_marks_join(m, h, 7);
  //@ assert eight: StackedTo(m, 8, a, b, c, d, e, f, g, h);
  return m;
}

#endif

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* The marks of eight words, turned into a mask. */
#ifndef XBZ_FAST_TURN_H
#define XBZ_FAST_TURN_H

#include "stack.h"

#ifdef __FRAMAC__
#include "../../spec/logic/turn.acsl"
#endif
#ifdef XBZ_PROVES_TURN
#include "../../proofs/lemmas/turn.acsl"
#endif

/* Exchange the bits of m that are in low with those shift places higher. */
/*@ requires apart:   Apart(low, shift);
    requires range:   0 < shift < 64;
    requires fits:    (low << shift) <= UINT64_MAX;
    assigns  \nothing;
    ensures  swapped: Swapped(\result, m, low, shift);
*/
static inline uint64_t xbz_bits_swap(uint64_t m, uint64_t low, unsigned shift) {
  uint64_t change = (m ^ m >> shift) & low;
  //@ assert change: ChangeOf(change, m, low, shift);
  //@ assert within: Within(change, low);
  //@ assert less: change <= low;
  //@ assert fits: (change << shift) <= (low << shift);
  uint64_t lower = m ^ change, up = change << shift;
  //@ assert up: Raised(up, change, shift);
  uint64_t swapped = lower ^ up;
  //@ assert three: OneOfThree(swapped, m, change, up);
  //@ assert apart: Disjoint(low, up);
  //@ assert low: SwappedLow(swapped, m, low, shift);
  //@ assert high: SwappedHigh(swapped, m, low, shift);
  //@ assert rest: SwappedRest(swapped, m, low, shift);
  return swapped;
}

/* Bit k of byte j becomes bit j of byte k: blocks of bits change places across
 * the diagonal, of 1, of 2 by 2, of 4 by 4. */
/*@ assigns  \nothing;
    ensures  turned: Turned(\result, m);
*/
static inline uint64_t xbz_bits_turn(uint64_t m) {
  uint64_t ones = xbz_bits_swap(m, 0x00aa00aa00aa00aau, 7);
  //@ assert ones: Crossed(ones, m, 1);
  uint64_t twos = xbz_bits_swap(ones, 0x0000cccc0000ccccu, 14);
  //@ assert twos: Crossed(twos, ones, 2);
  uint64_t fours = xbz_bits_swap(twos, 0x00000000f0f0f0f0u, 28);
  //@ assert fours: Crossed(fours, twos, 4);
  return fours;
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
  uint64_t mask = m == 0 ? 0 : xbz_bits_turn(m);
  //@ assert turned: Turned(mask, m);
  return mask;
}

#endif

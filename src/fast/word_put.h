/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Words of 8 bytes to memory, in C99 alone. Division says the same as shifts,
 * and proofs are about it. */
#ifndef XBZ_FAST_WORD_PUT_H
#define XBZ_FAST_WORD_PUT_H

#include "../xbz.h"

#ifdef __FRAMAC__
#include "../../spec/logic/lanes.acsl"
#endif

/* Store a word as p[at..at+8), the lowest byte first: compilers make one store
 * of it. */
/*@ requires writable: \valid(p + (at .. at + 7));
    assigns  p[at .. at + 7];
    ensures  bytes:    BytesOf(word, p, at);
    ensures  others:   UnchangedBut{Pre,Post}(p, at, at + 8);
*/
static inline void xbz_word_put(uint8_t *p, size_t at, uint64_t word) {
  uint8_t *w = p + at;
  w[0] = (uint8_t)(word % 256);
  w[1] = (uint8_t)(word / 0x100 % 256);
  w[2] = (uint8_t)(word / 0x10000 % 256);
  w[3] = (uint8_t)(word / 0x1000000 % 256);
  w[4] = (uint8_t)(word / 0x100000000 % 256);
  w[5] = (uint8_t)(word / 0x10000000000 % 256);
  w[6] = (uint8_t)(word / 0x1000000000000 % 256);
  w[7] = (uint8_t)(word / 0x100000000000000);
}

#endif

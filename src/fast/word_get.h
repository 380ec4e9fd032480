/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Words of 8 bytes from memory, in C99 alone. */
#ifndef XBZ_FAST_WORD_GET_H
#define XBZ_FAST_WORD_GET_H

#include "../xbz.h"

#ifdef __FRAMAC__
#include "../../spec/logic/lanes.acsl"
#endif
#ifdef XBZ_PROVES_WORD_GET
#include "../../proofs/lemmas/pack.acsl"
#endif

/* rest, with a byte put below it. (Of the ways to say so, this is the one that
 * compilers make a load of eight of.) */
/*@ requires room:     rest <= 0xffffffffffffff;
    assigns  \nothing;
    ensures  pushed:   \result == Push(byte, rest);
    ensures  range:    \result <= 256 * rest + 255;
*/
static inline uint64_t xbz_word_push(uint8_t byte, uint64_t rest) {
  return byte + (rest << 8);
}

/* The 8 bytes p[at..at+8), the first lowest on every machine. */
/*@ requires readable: \valid_read(p + (at .. at + 7));
    assigns  \nothing;
    ensures  bytes:    WordOf(\result, p, at);
*/
static inline uint64_t xbz_word_get(const uint8_t *p, size_t at) {
  const uint8_t *w = p + at;
  uint64_t high = xbz_word_push(w[6], xbz_word_push(w[7], 0));
  high = xbz_word_push(w[4], xbz_word_push(w[5], high));
  high = xbz_word_push(w[2], xbz_word_push(w[3], high));
  return xbz_word_push(w[0], xbz_word_push(w[1], high));
}

#endif

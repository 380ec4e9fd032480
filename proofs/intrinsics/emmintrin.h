/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * SSE2 for Frama-C: a vector is its lanes of one byte, lowest first. Loads and
 * stores take bytes where compilers have vectors or void: the code converts.
 */
#ifndef XBZ_MODEL_EMMINTRIN_H
#define XBZ_MODEL_EMMINTRIN_H

#include "builtins.h"

typedef struct {
  uint8_t lane[16];
} __m128i;

/*@ requires readable: \valid_read(p + (0 .. 15));
    assigns  \result \from p[0 .. 15];
    ensures  lanes:    \forall integer k; 0 <= k < 16 ==>
                         \result.lane[k] == Byte{Pre}(p, k);
*/
__m128i _mm_loadu_si128(const uint8_t *p);

/*@ requires writable: \valid(p + (0 .. 15));
    assigns  p[0 .. 15] \from v;
    ensures  lanes:    \forall integer k; 0 <= k < 16 ==>
                         Byte(p, k) == v.lane[k];
*/
void _mm_storeu_si128(uint8_t *p, __m128i v);

/*@ assigns  \result \from a, b;
    ensures  lanes:    \forall integer k; 0 <= k < 16 ==>
                         \result.lane[k] ==
                           (a.lane[k] == b.lane[k] ? 255 : 0);
*/
__m128i _mm_cmpeq_epi8(__m128i a, __m128i b);

/*@ assigns  \result \from a, b;
    ensures  lanes:    \forall integer k; 0 <= k < 16 ==>
                         \result.lane[k] == (a.lane[k] & b.lane[k]);
*/
__m128i _mm_and_si128(__m128i a, __m128i b);

/* The highest bit of each lane. */
/*@ assigns  \result \from v;
    ensures  range:    0 <= \result <= 65535;
    ensures  lanes:    \forall integer k; 0 <= k < 16 ==>
                         (Bit(\result, k) <==> v.lane[k] >= 128);
*/
int _mm_movemask_epi8(__m128i v);

#endif

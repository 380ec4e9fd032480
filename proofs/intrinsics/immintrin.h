/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* AVX2, AVX-512 BW and POPCNT for Frama-C, in the way of emmintrin.h. */
#ifndef XBZ_MODEL_IMMINTRIN_H
#define XBZ_MODEL_IMMINTRIN_H

#include "emmintrin.h"

typedef struct {
  uint8_t lane[32];
} __m256i;

typedef struct {
  uint8_t lane[64];
} __m512i;

/*@ requires readable: \valid_read(p + (0 .. 31));
    assigns  \result \from p[0 .. 31];
    ensures  lanes:    \forall integer k; 0 <= k < 32 ==>
                         \result.lane[k] == Byte{Pre}(p, k);
*/
__m256i _mm256_loadu_si256(const uint8_t *p);

/*@ requires writable: \valid(p + (0 .. 31));
    assigns  p[0 .. 31] \from v;
    ensures  lanes:    \forall integer k; 0 <= k < 32 ==>
                         Byte(p, k) == v.lane[k];
*/
void _mm256_storeu_si256(uint8_t *p, __m256i v);

/*@ assigns  \result \from a, b;
    ensures  lanes:    \forall integer k; 0 <= k < 32 ==>
                         \result.lane[k] ==
                           (a.lane[k] == b.lane[k] ? 255 : 0);
*/
__m256i _mm256_cmpeq_epi8(__m256i a, __m256i b);

/*@ assigns  \result \from a, b;
    ensures  lanes:    \forall integer k; 0 <= k < 32 ==>
                         \result.lane[k] == (a.lane[k] & b.lane[k]);
*/
__m256i _mm256_and_si256(__m256i a, __m256i b);

/* The highest bit of each lane. Compilers answer int, which the code converts
 * to uint32_t: here that is done already. */
/*@ assigns  \result \from v;
    ensures  lanes:    \forall integer k; 0 <= k < 32 ==>
                         (Bit(\result, k) <==> v.lane[k] >= 128);
*/
uint32_t _mm256_movemask_epi8(__m256i v);

/*@ requires readable: \valid_read(p + (0 .. 63));
    assigns  \result \from p[0 .. 63];
    ensures  lanes:    \forall integer k; 0 <= k < 64 ==>
                         \result.lane[k] == Byte{Pre}(p, k);
*/
__m512i _mm512_loadu_si512(const uint8_t *p);

/*@ requires writable: \valid(p + (0 .. 63));
    assigns  p[0 .. 63] \from v;
    ensures  lanes:    \forall integer k; 0 <= k < 64 ==>
                         Byte(p, k) == v.lane[k];
*/
void _mm512_storeu_si512(uint8_t *p, __m512i v);

/*@ assigns  \result \from a, b;
    ensures  lanes:    \forall integer k; 0 <= k < 64 ==>
                         (Bit(\result, k) <==> a.lane[k] != b.lane[k]);
*/
uint64_t _mm512_cmpneq_epi8_mask(__m512i a, __m512i b);

/* m without its lowest bit that is set. */
/*@ assigns  \result \from m;
    ensures  rest:     \forall integer j; 0 <= j < 64 ==>
                         (Bit(\result, j) <==>
                          Bit(m, j) && \exists integer i;
                                         0 <= i < j && Bit(m, i));
*/
unsigned long long _blsr_u64(unsigned long long m);

/* How many bits are set. */
/*@ assigns  \result \from m;
    ensures  count:    \result == BitCount(m, 64);
    ensures  range:    0 <= \result <= 64;
*/
long long _mm_popcnt_u64(unsigned long long m);

#endif

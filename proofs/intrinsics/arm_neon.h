/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* NEON for Frama-C: a vector is its lanes, lowest first. */
#ifndef XBZ_MODEL_ARM_NEON_H
#define XBZ_MODEL_ARM_NEON_H

#include "builtins.h"

typedef struct {
  uint8_t lane[16];
} uint8x16_t;

typedef struct {
  uint64_t lane[2];
} uint64x2_t;

typedef struct {
  uint8_t lane[8];
} uint8x8_t;

/*@ requires readable: \valid_read(p + (0 .. 15));
    assigns  \result \from p[0 .. 15];
    ensures  lanes:    \forall integer k; 0 <= k < 16 ==>
                         \result.lane[k] == Byte{Pre}(p, k);
*/
uint8x16_t vld1q_u8(const uint8_t *p);

/*@ requires writable: \valid(p + (0 .. 15));
    assigns  p[0 .. 15] \from v;
    ensures  lanes:    \forall integer k; 0 <= k < 16 ==>
                         Byte(p, k) == v.lane[k];
*/
void vst1q_u8(uint8_t *p, uint8x16_t v);

/*@ assigns  \result \from a, b;
    ensures  lanes:    \forall integer k; 0 <= k < 16 ==>
                         \result.lane[k] ==
                           (a.lane[k] == b.lane[k] ? 255 : 0);
*/
uint8x16_t vceqq_u8(uint8x16_t a, uint8x16_t b);

/*@ assigns  \result \from a, b;
    ensures  lanes:    \forall integer k; 0 <= k < 16 ==>
                         \result.lane[k] == (a.lane[k] & b.lane[k]);
*/
uint8x16_t vandq_u8(uint8x16_t a, uint8x16_t b);

/* Sums of neighbours: those of a, then those of b. */
/*@ assigns  \result \from a, b;
    ensures  low:      \forall integer k; 0 <= k < 8 ==>
                         \result.lane[k] ==
                           (a.lane[2 * k] + a.lane[2 * k + 1]) % 256;
    ensures  high:     \forall integer k; 8 <= k < 16 ==>
                         \result.lane[k] ==
                           (b.lane[2 * k - 16] + b.lane[2 * k - 15]) % 256;
*/
uint8x16_t vpaddq_u8(uint8x16_t a, uint8x16_t b);

/* The lowest lane. */
/*@ assigns  \result \from v;
    ensures  some:     \exists integer k; 0 <= k < 16 && \result == v.lane[k];
    ensures  lowest:   \forall integer k; 0 <= k < 16 ==>
                         \result <= v.lane[k];
*/
uint8_t vminvq_u8(uint8x16_t v);

/* The lowest lane is the lowest byte of a word. */
/*@ assigns  \result \from v;
    ensures  low:      (\forall integer k; 0 <= k < 8 ==>
                         (Bit(\result.lane[0], k) <==>
                          Bit(v.lane[0], k - 0))) &&
                           (\forall integer k; 8 <= k < 16 ==>
                         (Bit(\result.lane[0], k) <==>
                          Bit(v.lane[1], k - 8))) &&
                           (\forall integer k; 16 <= k < 24 ==>
                         (Bit(\result.lane[0], k) <==>
                          Bit(v.lane[2], k - 16))) &&
                           (\forall integer k; 24 <= k < 32 ==>
                         (Bit(\result.lane[0], k) <==>
                          Bit(v.lane[3], k - 24))) &&
                           (\forall integer k; 32 <= k < 40 ==>
                         (Bit(\result.lane[0], k) <==>
                          Bit(v.lane[4], k - 32))) &&
                           (\forall integer k; 40 <= k < 48 ==>
                         (Bit(\result.lane[0], k) <==>
                          Bit(v.lane[5], k - 40))) &&
                           (\forall integer k; 48 <= k < 56 ==>
                         (Bit(\result.lane[0], k) <==>
                          Bit(v.lane[6], k - 48))) &&
                           (\forall integer k; 56 <= k < 64 ==>
                         (Bit(\result.lane[0], k) <==>
                          Bit(v.lane[7], k - 56)));
*/
uint64x2_t vreinterpretq_u64_u8(uint8x16_t v);

/*@ requires range:    0 <= k < 2;
    assigns  \result \from v, k;
    ensures  lane:     \result == v.lane[k];
*/
uint64_t vgetq_lane_u64(uint64x2_t v, int k);

/*@ assigns  \result \from m;
    ensures  lanes:    (\forall integer i; 0 <= i < 8 ==>
                          (Bit(\result.lane[0], i) <==> Bit(m, i))) &&
                           (\forall integer i; 0 <= i < 8 ==>
                          (Bit(\result.lane[1], i) <==> Bit(m, 8 + i))) &&
                           (\forall integer i; 0 <= i < 8 ==>
                          (Bit(\result.lane[2], i) <==> Bit(m, 16 + i))) &&
                           (\forall integer i; 0 <= i < 8 ==>
                          (Bit(\result.lane[3], i) <==> Bit(m, 24 + i))) &&
                           (\forall integer i; 0 <= i < 8 ==>
                          (Bit(\result.lane[4], i) <==> Bit(m, 32 + i))) &&
                           (\forall integer i; 0 <= i < 8 ==>
                          (Bit(\result.lane[5], i) <==> Bit(m, 40 + i))) &&
                           (\forall integer i; 0 <= i < 8 ==>
                          (Bit(\result.lane[6], i) <==> Bit(m, 48 + i))) &&
                           (\forall integer i; 0 <= i < 8 ==>
                          (Bit(\result.lane[7], i) <==> Bit(m, 56 + i)));
*/
uint8x8_t vcreate_u8(uint64_t m);

/* How many bits of each lane are set. */
/*@ assigns  \result \from v;
    ensures  lanes:    \forall integer j; 0 <= j < 8 ==>
                         \result.lane[j] == BitCount(v.lane[j], 8);
*/
uint8x8_t vcnt_u8(uint8x8_t v);

/*@ assigns  \result \from v;
    ensures  sum:      \result ==
                         (v.lane[0] + v.lane[1] + v.lane[2] + v.lane[3] +
                          v.lane[4] + v.lane[5] + v.lane[6] + v.lane[7]) % 256;
*/
uint8_t vaddv_u8(uint8x8_t v);

#endif

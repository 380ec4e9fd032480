/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "intrinsics.h"
#include "src/fast/targets.h"

#if XBZ_TARGET_AARCH64
#include <arm_neon.h>

/* Sums of neighbours, those of v and then those of w: any two bytes become
 * neighbours here, a lane of a and the same lane of b. */
static void xbz_check_pairs(uint8x16_t a, uint8x16_t b) {
  uint8x16_t v = vzip1q_u8(a, b), w = vzip2q_u8(b, a);
  uint8_t in[32], got[16];
  vst1q_u8(in, v);
  vst1q_u8(in + 16, w);
  vst1q_u8(got, vpaddq_u8(v, w));
  for (size_t k = 0; k < 16; k++)
    XBZ_CHECK_EQ(got[k], (uint8_t)(in[2 * k] + in[2 * k + 1]));
}

static unsigned xbz_count_bits(uint8_t byte) {
  unsigned count = 0;
  for (unsigned i = 0; i < 8; i++)
    count += byte >> i & 1u;
  return count;
}

/* The lowest lane, and the word that the lower half is. */
static void xbz_check_lowest(uint8x16_t v, const uint8_t *a) {
  uint8_t least = 255;
  uint64_t low = vgetq_lane_u64(vreinterpretq_u64_u8(v), 0);
  for (size_t k = 0; k < 16; k++)
    least = a[k] < least ? a[k] : least;
  for (size_t k = 0; k < 64; k++)
    XBZ_CHECK_EQ(low >> k & 1, a[k / 8] >> k % 8 & 1);
  XBZ_CHECK_EQ(vminvq_u8(v), least);
}

/* The bytes of a word as lanes, the bits of each, and the sum of all lanes. */
static void xbz_check_half(const uint8_t *a) {
  uint8_t got[8];
  uint64_t word = 0;
  uint8_t sum = 0;
  for (size_t k = 0; k < 8; k++) {
    word |= (uint64_t)a[k] << 8 * k;
    sum = (uint8_t)(sum + a[k]);
  }
  vst1_u8(got, vcreate_u8(word));
  XBZ_CHECK_BYTES(got, a, 8);
  vst1_u8(got, vcnt_u8(vcreate_u8(word)));
  for (size_t k = 0; k < 8; k++)
    XBZ_CHECK_EQ(got[k], xbz_count_bits(a[k]));
  XBZ_CHECK_EQ(vaddv_u8(vcreate_u8(word)), sum);
}

void xbz_intrinsics_neon(void) {
  uint8_t a[XBZ_LANES_MAX], b[XBZ_LANES_MAX], got[XBZ_LANES_MAX + 1];
  for (size_t pair = 0; pair < XBZ_LANE_PAIRS; pair += xbz_check_divisor()) {
    xbz_lanes_fill(a, b, pair);
    uint8x16_t va = vld1q_u8(a), vb = vld1q_u8(b);
    /* A store writes the lanes that a load read, and no byte more; where they
     * start does not matter. */
    got[16 + pair % 2] = 77;
    vst1q_u8(got + pair % 2, va);
    XBZ_CHECK_BYTES(got + pair % 2, a, 16);
    XBZ_CHECK(pair % 2 == 1 || got[16] == 77);
    vst1q_u8(got, vceqq_u8(va, vb));
    xbz_lanes_check_equal(got, a, b, 16);
    vst1q_u8(got, vandq_u8(va, vb));
    xbz_lanes_check_and(got, a, b, 16);
    xbz_check_pairs(va, vb);
    xbz_check_lowest(va, a);
    xbz_check_half(a);
  }
}
#endif

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Four vectors of 16 bytes on 64-bit Arm, little-endian. */
#ifndef XBZ_FAST_LEAF_NEON_H
#define XBZ_FAST_LEAF_NEON_H

#include <arm_neon.h>

#include "bits.h"
#include "leaf.h"

/* The lowest 8 bits are of the lowest byte, and so on: neighbours are added
 * until each byte of the result stands for 8 lanes. Lanes are 0 or 255. */
static inline uint64_t xbz_neon_mask(uint8x16_t a, uint8x16_t b, uint8x16_t c,
                                     uint8x16_t d) {
  static const uint8_t xbz_places[16] = {1, 2, 4, 8, 16, 32, 64, 128,
                                         1, 2, 4, 8, 16, 32, 64, 128};
  uint8x16_t place = vld1q_u8(xbz_places);
  uint8x16_t ab = vpaddq_u8(vandq_u8(a, place), vandq_u8(b, place));
  uint8x16_t cd = vpaddq_u8(vandq_u8(c, place), vandq_u8(d, place));
  uint8x16_t abcd = vpaddq_u8(ab, cd);
  return vgetq_lane_u64(vreinterpretq_u64_u8(vpaddq_u8(abcd, abcd)), 0);
}

static inline uint64_t xbz_leaf_diff(const uint8_t *old_page,
                                     const uint8_t *new_page, size_t at) {
  const uint8_t *o = old_page + at;
  const uint8_t *n = new_page + at;
  return ~xbz_neon_mask(vceqq_u8(vld1q_u8(o), vld1q_u8(n)),
                        vceqq_u8(vld1q_u8(o + 16), vld1q_u8(n + 16)),
                        vceqq_u8(vld1q_u8(o + 32), vld1q_u8(n + 32)),
                        vceqq_u8(vld1q_u8(o + 48), vld1q_u8(n + 48)));
}

/* All ones in the lanes where [at..at+64) of the pages are equal. */
static inline uint8x16_t xbz_neon_lanes4(const uint8_t *o, const uint8_t *n) {
  return vandq_u8(vandq_u8(vceqq_u8(vld1q_u8(o), vld1q_u8(n)),
                           vceqq_u8(vld1q_u8(o + 16), vld1q_u8(n + 16))),
                  vandq_u8(vceqq_u8(vld1q_u8(o + 32), vld1q_u8(n + 32)),
                           vceqq_u8(vld1q_u8(o + 48), vld1q_u8(n + 48))));
}

static inline int xbz_leaf_equal(const uint8_t *old_page,
                                 const uint8_t *new_page, size_t at) {
  const uint8_t *o = old_page + at;
  const uint8_t *n = new_page + at;
  uint8x16_t low =
      vandq_u8(xbz_neon_lanes4(o, n), xbz_neon_lanes4(o + 64, n + 64));
  uint8x16_t high = vandq_u8(xbz_neon_lanes4(o + 128, n + 128),
                             xbz_neon_lanes4(o + 192, n + 192));
  return vminvq_u8(vandq_u8(low, high)) == 255;
}

static inline uint64_t xbz_leaf_update(uint8_t *page, const uint8_t *live,
                                       size_t at) {
  uint8_t *p = page + at;
  uint8x16_t a = vld1q_u8(live + at);
  uint8x16_t b = vld1q_u8(live + at + 16);
  uint8x16_t c = vld1q_u8(live + at + 32);
  uint8x16_t d = vld1q_u8(live + at + 48);
  uint64_t changed = ~xbz_neon_mask(
      vceqq_u8(vld1q_u8(p), a), vceqq_u8(vld1q_u8(p + 16), b),
      vceqq_u8(vld1q_u8(p + 32), c), vceqq_u8(vld1q_u8(p + 48), d));
  if (changed != 0) {
    vst1q_u8(p, a);
    vst1q_u8(p + 16, b);
    vst1q_u8(p + 32, c);
    vst1q_u8(p + 48, d);
  }
  return changed;
}

static inline void xbz_leaf_copy16(uint8_t *dst, size_t at, const uint8_t *src,
                                   size_t from) {
  vst1q_u8(dst + at, vld1q_u8(src + from));
}

static inline size_t xbz_leaf_first(uint64_t m) {
  return (size_t)__builtin_ctzll(m);
}

static inline uint64_t xbz_leaf_rest(uint64_t m, size_t k) {
  return xbz_bits_without(m, k);
}

static inline size_t xbz_leaf_count(uint64_t m) {
  return vaddv_u8(vcnt_u8(vcreate_u8(m)));
}

#endif

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * The compilers' intrinsics do what proofs/intrinsics says of them. Lane k sees
 * every pair of bytes: a[k] and b[k] run through all of them, out of step from
 * lane to lane. Each function ends the program if a lane is wrong.
 */
#ifndef XBZ_TESTS_INTRINSICS_H
#define XBZ_TESTS_INTRINSICS_H

#include "tests/codec/check.h"

enum { XBZ_LANES_MAX = 64, XBZ_LANE_PAIRS = 0x10000 };

void xbz_intrinsics_sse2(void);
void xbz_intrinsics_avx2(void);
void xbz_intrinsics_avx512bw(void);
void xbz_intrinsics_neon(void);

static inline void xbz_lanes_fill(uint8_t *a, uint8_t *b, size_t pair) {
  for (size_t k = 0; k < XBZ_LANES_MAX; k++) {
    a[k] = (uint8_t)((pair >> 8) + 7 * k);
    b[k] = (uint8_t)(pair + 13 * k);
  }
}

/* Bit k of mask is set iff lane k of v has its highest bit set. */
static inline void xbz_lanes_check_mask(uint64_t mask, const uint8_t *v,
                                        size_t lanes) {
  for (size_t k = 0; k < XBZ_LANES_MAX; k++)
    XBZ_CHECK_EQ(mask >> k & 1, k < lanes && v[k] >= 128);
}

static inline void xbz_lanes_check_equal(const uint8_t *got, const uint8_t *a,
                                         const uint8_t *b, size_t lanes) {
  for (size_t k = 0; k < lanes; k++)
    XBZ_CHECK_EQ(got[k], a[k] == b[k] ? 255 : 0);
}

static inline void xbz_lanes_check_and(const uint8_t *got, const uint8_t *a,
                                       const uint8_t *b, size_t lanes) {
  for (size_t k = 0; k < lanes; k++)
    XBZ_CHECK_EQ(got[k], a[k] & b[k]);
}

#endif

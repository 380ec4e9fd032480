/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "intrinsics.h"
#include "src/fast/targets.h"

#if XBZ_TARGET_X86_64
#include "src/fast/push_avx512bw.h"

static __m512i xbz_avx512bw_load(const uint8_t *p) {
  return _mm512_loadu_si512((const void *)p);
}

static void xbz_avx512bw_store(uint8_t *p, __m512i v) {
  _mm512_storeu_si512((void *)p, v);
}

void xbz_intrinsics_avx512bw(void) {
  uint8_t a[XBZ_LANES_MAX], b[XBZ_LANES_MAX], got[XBZ_LANES_MAX + 2];
  for (size_t pair = 0; pair < XBZ_LANE_PAIRS; pair += xbz_check_divisor()) {
    xbz_lanes_fill(a, b, pair);
    __m512i va = xbz_avx512bw_load(a), vb = xbz_avx512bw_load(b);
    /* A store writes the lanes that a load read, and no byte more; where they
     * start does not matter. */
    got[64 + pair % 2] = 77;
    xbz_avx512bw_store(got + pair % 2, va);
    XBZ_CHECK_BYTES(got + pair % 2, a, 64);
    XBZ_CHECK(pair % 2 == 1 || got[64] == 77);
    uint64_t mask = _mm512_cmpneq_epi8_mask(va, vb);
    for (size_t k = 0; k < 64; k++)
      XBZ_CHECK_EQ(mask >> k & 1, a[k] != b[k]);
  }
}

#include "src/fast/pop.h"
#endif

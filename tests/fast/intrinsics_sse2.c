/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "intrinsics.h"
#include "src/fast/targets.h"

#if XBZ_TARGET_X86_64
#include <emmintrin.h>

static __m128i xbz_sse2_load(const uint8_t *p) {
  return _mm_loadu_si128((const void *)p);
}

static void xbz_sse2_store(uint8_t *p, __m128i v) {
  _mm_storeu_si128((void *)p, v);
}

void xbz_intrinsics_sse2(void) {
  uint8_t a[XBZ_LANES_MAX], b[XBZ_LANES_MAX], got[XBZ_LANES_MAX + 1];
  for (size_t pair = 0; pair < XBZ_LANE_PAIRS; pair += xbz_check_divisor()) {
    xbz_lanes_fill(a, b, pair);
    __m128i va = xbz_sse2_load(a), vb = xbz_sse2_load(b);
    /* A store writes the lanes that a load read, and no byte more; where they
     * start does not matter. */
    got[16 + pair % 2] = 77;
    xbz_sse2_store(got + pair % 2, va);
    XBZ_CHECK_BYTES(got + pair % 2, a, 16);
    XBZ_CHECK(pair % 2 == 1 || got[16] == 77);
    xbz_sse2_store(got, _mm_cmpeq_epi8(va, vb));
    xbz_lanes_check_equal(got, a, b, 16);
    xbz_sse2_store(got, _mm_and_si128(va, vb));
    xbz_lanes_check_and(got, a, b, 16);
    xbz_lanes_check_mask((uint64_t)_mm_movemask_epi8(va), a, 16);
  }
}
#endif

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "intrinsics.h"
#include "src/fast/targets.h"

#if XBZ_TARGET_X86_64
#include "src/fast/push_avx2.h"

static __m256i xbz_avx2_load(const uint8_t *p) {
  return _mm256_loadu_si256((const void *)p);
}

static void xbz_avx2_store(uint8_t *p, __m256i v) {
  _mm256_storeu_si256((void *)p, v);
}

void xbz_intrinsics_avx2(void) {
  uint8_t a[XBZ_LANES_MAX], b[XBZ_LANES_MAX], got[XBZ_LANES_MAX + 1];
  for (size_t pair = 0; pair < XBZ_LANE_PAIRS; pair += xbz_check_divisor()) {
    xbz_lanes_fill(a, b, pair);
    __m256i va = xbz_avx2_load(a), vb = xbz_avx2_load(b);
    /* A store writes the lanes that a load read, and no byte more; where they
     * start does not matter. */
    got[32 + pair % 2] = 77;
    xbz_avx2_store(got + pair % 2, va);
    XBZ_CHECK_BYTES(got + pair % 2, a, 32);
    XBZ_CHECK(pair % 2 == 1 || got[32] == 77);
    xbz_avx2_store(got, _mm256_cmpeq_epi8(va, vb));
    xbz_lanes_check_equal(got, a, b, 32);
    xbz_avx2_store(got, _mm256_and_si256(va, vb));
    xbz_lanes_check_and(got, a, b, 32);
    xbz_lanes_check_mask((uint32_t)_mm256_movemask_epi8(va), a, 32);
  }
  for (size_t k = 0; k < 64; k++)
    for (size_t i = 0; i < 64; i++) {
      uint64_t m = UINT64_MAX << k & UINT64_MAX >> i;
      unsigned count = 0, first = 64;
      for (unsigned j = 64; j-- > 0;)
        if ((m >> j & 1) != 0) {
          count++;
          first = j;
        }
      XBZ_CHECK_EQ(_mm_popcnt_u64(m), count);
      XBZ_CHECK_EQ(_blsr_u64(m), m == 0 ? 0 : m ^ (uint64_t)1 << first);
    }
}

#include "src/fast/pop.h"
#endif

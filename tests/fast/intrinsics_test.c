/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* The instructions that the leaves use are what their proofs say. */
#include "backends.h"
#include "intrinsics.h"
#include "src/fast/targets.h"

static void xbz_visit(xbz_backend backend) {
#if XBZ_TARGET_X86_64
  if (backend == XBZ_BACKEND_SSE2)
    xbz_intrinsics_sse2();
  if (backend == XBZ_BACKEND_AVX2)
    xbz_intrinsics_avx2();
  if (backend == XBZ_BACKEND_AVX512BW)
    xbz_intrinsics_avx512bw();
#elif XBZ_TARGET_AARCH64
  if (backend == XBZ_BACKEND_NEON)
    xbz_intrinsics_neon();
#else
  (void)backend;
#endif
}

#if XBZ_TARGET_X86_64 || XBZ_TARGET_AARCH64
static void xbz_test_first(void) {
  for (int k = 0; k < 64; k++)
    for (int i = k; i < 64; i++)
      XBZ_CHECK_EQ(__builtin_ctzll(1ull << k | 1ull << i), k);
}
#else
static void xbz_test_first(void) {}
#endif

int main(void) {
  xbz_test_first();
  xbz_backends_each(xbz_visit);
  return 0;
}

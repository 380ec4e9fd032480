/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Stands in for the compiler's header: the intrinsics of the leaves as SIMDe
 * writes them in terms of what every machine has. */
#ifndef XBZ_TESTS_SIMDE_IMMINTRIN_H
#define XBZ_TESTS_SIMDE_IMMINTRIN_H

#define SIMDE_ENABLE_NATIVE_ALIASES
#include <simde/x86/avx2.h>
#include <simde/x86/avx512.h>

/* What SIMDe leaves out. */
static inline uint64_t xbz_simde_cmpneq_epi8_mask(__m512i a, __m512i b) {
  return ~_mm512_cmpeq_epi8_mask(a, b);
}
static inline uint64_t xbz_simde_blsr_u64(uint64_t m) { return m & (m - 1); }
#define _mm512_cmpneq_epi8_mask xbz_simde_cmpneq_epi8_mask
#define _blsr_u64 xbz_simde_blsr_u64
#define _mm_popcnt_u64 __builtin_popcountll

#endif

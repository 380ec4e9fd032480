/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "cpu.h"

#include "targets.h"

#if XBZ_TARGET_X86_64
#include <cpuid.h>

/* Leaf 1, register ecx. */
#define XBZ_CPUID_POPCNT (1u << 23)
#define XBZ_CPUID_OSXSAVE (1u << 27)
#define XBZ_CPUID_AVX (1u << 28)
/* Leaf 7, register ebx. */
#define XBZ_CPUID_BMI (1u << 3)
#define XBZ_CPUID_AVX2 (1u << 5)
#define XBZ_CPUID_AVX512F (1u << 16)
#define XBZ_CPUID_AVX512BW (1u << 30)
#define XBZ_CPUID_AVX512VL (1u << 31)
/* Register XCR0: whose contents the operating system saves. */
#define XBZ_XCR0_YMM 0x06u /* and of xmm */
#define XBZ_XCR0_ZMM 0xe0u /* all of them, and the mask registers */

static int xbz_cpu_all(unsigned set, unsigned wanted) {
  return (set & wanted) == wanted;
}

/* The low half of XCR0; only where OSXSAVE is set. */
static unsigned xbz_cpu_saved(void) {
  unsigned low, high;
  __asm__("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  return low;
}

unsigned xbz_cpu_features(void) {
  unsigned a, b, c, d, leaves;
  __cpuid(0, leaves, b, c, d);
  if (leaves < 7)
    return 0;
  __cpuid(1, a, b, c, d);
  if (!xbz_cpu_all(c, XBZ_CPUID_OSXSAVE | XBZ_CPUID_AVX | XBZ_CPUID_POPCNT))
    return 0;
  unsigned saved = xbz_cpu_saved();
  __cpuid_count(7, 0, a, b, c, d);
  if (!xbz_cpu_all(b, XBZ_CPUID_AVX2 | XBZ_CPUID_BMI) ||
      !xbz_cpu_all(saved, XBZ_XCR0_YMM))
    return 0;
  if (!xbz_cpu_all(b, XBZ_CPUID_AVX512F | XBZ_CPUID_AVX512BW |
                          XBZ_CPUID_AVX512VL) ||
      !xbz_cpu_all(saved, XBZ_XCR0_ZMM))
    return XBZ_CPU_AVX2;
  return XBZ_CPU_AVX2 | XBZ_CPU_AVX512BW;
}

#else

unsigned xbz_cpu_features(void) { return 0; }

#endif

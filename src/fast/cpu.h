/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#ifndef XBZ_FAST_CPU_H
#define XBZ_FAST_CPU_H

#include "../xbz.h"

/* Whether the processor has, and the operating system saves the registers of:
 * AVX2, BMI and POPCNT; these and AVX-512 BW and VL. */
#define XBZ_CPU_AVX2 1u
#define XBZ_CPU_AVX512BW 2u

/* The sum of those that hold on this machine; none outside x86-64. */
/*@ assigns  \nothing;
    ensures  range: 0 <= \result <= XBZ_CPU_AVX2 + XBZ_CPU_AVX512BW;
*/
unsigned xbz_cpu_features(void);

#endif

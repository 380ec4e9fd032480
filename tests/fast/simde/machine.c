/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* The machine that SIMDe makes of this one: it has every instruction. */
#include "src/fast/cpu.h"
#include "tests/fast/backends.h"

unsigned xbz_cpu_features(void) { return XBZ_CPU_AVX2 | XBZ_CPU_AVX512BW; }

bool xbz_expected(xbz_backend backend) { return backend != XBZ_BACKEND_NEON; }

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* From here to pop.h functions may use AVX-512, however the library is
 * compiled. The intrinsics come first: they bring their own attributes. */
#include <immintrin.h>

#ifdef __clang__
#pragma clang attribute push(                                                  \
    __attribute__((target("avx512bw,avx512vl,bmi,popcnt"))),                   \
    apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target("avx512bw,avx512vl,bmi,popcnt")
#endif

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* As src/fast/avx512bw.c, but nothing asks for the instructions. */
#include "src/fast/leaf_avx512bw.h"

#define XBZ_FAST(name) name##_avx512bw
#include "src/fast/twins.h"

#include "src/fast/codec.h"

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* As src/fast/avx2.c, but nothing asks for the instructions. */
#include "src/fast/leaf_avx2.h"

#define XBZ_FAST(name) name##_avx2
#include "src/fast/twins.h"

#include "src/fast/codec.h"

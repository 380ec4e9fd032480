/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* What every leaf of x86-64 does alike. */
#ifndef XBZ_FAST_LEAF_X86_H
#define XBZ_FAST_LEAF_X86_H

#include <emmintrin.h>

#include "leaf.h"

static inline void xbz_leaf_copy16(uint8_t *dst, size_t at, const uint8_t *src,
                                   size_t from) {
  _mm_storeu_si128((void *)(dst + at),
                   _mm_loadu_si128((const void *)(src + from)));
}

static inline size_t xbz_leaf_first(uint64_t m) {
  return (size_t)__builtin_ctzll(m);
}

#endif

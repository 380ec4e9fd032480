/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* The leaves of the fast codec as values, for a test to call. */
#ifndef XBZ_TESTS_LEAVES_H
#define XBZ_TESTS_LEAVES_H

#include "src/xbz.h"

typedef struct xbz_leaf {
  uint64_t (*diff)(const uint8_t *old_page, const uint8_t *new_page, size_t at);
  uint64_t (*update)(uint8_t *page, const uint8_t *live, size_t at);
  int (*equal)(const uint8_t *old_page, const uint8_t *new_page, size_t at);
  void (*copy16)(uint8_t *dst, size_t at, const uint8_t *src, size_t from);
  size_t (*first)(uint64_t m);
  uint64_t (*rest)(uint64_t m, size_t k);
  size_t (*count)(uint64_t m);
} xbz_leaf;

/* Each exists where the target can have it. */
extern const xbz_leaf xbz_leaf_portable;
extern const xbz_leaf xbz_leaf_sse2;
extern const xbz_leaf xbz_leaf_avx2;
extern const xbz_leaf xbz_leaf_avx512bw;
extern const xbz_leaf xbz_leaf_neon;

#endif

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * One cache, and beside it a naive map from page numbers to ages, ways and
 * contents [C-1]. Each operation is done to both, and what the cache answers is
 * checked; its storage, which ends at a guard, is all it may touch. Pages are
 * named by their index, 0..XBZ_MAP_PAGES-1.
 */
#ifndef XBZ_TESTS_MAP_H
#define XBZ_TESTS_MAP_H

#include "src/xbz.h"

enum {
  XBZ_MAP_PAGES = 40,    /* distinct page numbers */
  XBZ_MAP_LEN_MAX = 9,   /* of a page */
  XBZ_MAP_SETS_LOG = 3,  /* the most sets, as a power of two */
  XBZ_MAP_SLOTS_MAX = 64 /* of any shape */
};

typedef struct xbz_map_shape {
  size_t sets; /* a power of two, up to 2^XBZ_MAP_SETS_LOG */
  size_t ways; /* 1..XBZ_CACHE_WAYS_MAX */
} xbz_map_shape;

/* Start with an empty cache; page i has number base + i. */
void xbz_map_start(uint64_t base, xbz_map_shape shape, size_t page_len,
                   uint32_t lifetime);

/* The tag says what bytes page i shall have. */
void xbz_map_lookup(size_t i, uint64_t now);
void xbz_map_insert(size_t i, uint8_t tag, uint64_t now);
void xbz_map_update(size_t i, uint8_t tag);
void xbz_map_invalidate(size_t i);
void xbz_map_clear(void);
void xbz_map_resize(xbz_map_shape shape, xbz_cache_keep keep);

/* A shape that a cache must refuse [C-2]: nothing changes. */
void xbz_map_refuse(uint32_t sets, uint32_t ways, xbz_cache_keep keep);

/* Storage that is not there, the same. */
void xbz_map_refuse_null(void);

/* The cache holds exactly the map's pages. */
void xbz_map_check(void);

#endif

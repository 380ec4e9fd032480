/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* A sender of the page protocol with storage of its own, of any size, which may
 * change between any two pages. */
#ifndef XBZ_MIGRATE_SEND_CACHE_H
#define XBZ_MIGRATE_SEND_CACHE_H

#include <stdbool.h>

#include "../../xbz.h"

typedef struct xbz_send_cache {
  xbz_sender sender;
  xbz_cache cache;
  uint64_t pages;   /* of the guest: a larger cache is of no use */
  uint32_t ways;    /* at most; 0: those that serve the size best */
  uint64_t wished;  /* the size asked for last, in bytes */
  uint64_t size;    /* the size there is; 0: no cache */
  bool active;      /* pages go to the cache, if there is one */
  uint8_t *buffers; /* of the sender */
} xbz_send_cache;

/* No cache yet. false: there is no memory. */
bool xbz_send_cache_open(xbz_send_cache *cache, size_t page_len, uint64_t pages,
                         uint32_t ways, xbz_backend backend);
void xbz_send_cache_close(xbz_send_cache *cache);

/* Begin a session [P-21]; active as in xbz_send_cache_activate. */
void xbz_send_cache_begin(xbz_send_cache *cache, bool active);

/* Use the cache from now on [P-23]. */
void xbz_send_cache_activate(xbz_send_cache *cache);

/*
 * Make it as large as size bytes allow, keeping the pages there are [P-29]; 0
 * for no cache. false: there is no memory, or not so much of it can be one
 * cache; the cache is as it was, and the same size is not tried again.
 */
bool xbz_send_cache_resize(xbz_send_cache *cache, uint64_t size);

/* The bytes that a delta for this page would apply to; null without any. */
const uint8_t *xbz_send_cache_base(xbz_send_cache *cache, uint64_t page_no);

#endif

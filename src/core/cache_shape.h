/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* The shape of a page cache: what is accepted, and giving a cache one. */
#ifndef XBZ_CORE_CACHE_SHAPE_H
#define XBZ_CORE_CACHE_SHAPE_H

#include "../xbz.h"

/* Whether this is a shape [C-2], with storage. */
/*@ assigns  \nothing;
    ensures  accepts: \result <==>
                        CacheAccepts(entries, bytes, sets, ways, page_len);
*/
int xbz_cache_accepts(const xbz_cache_entry *entries, const uint8_t *bytes,
                      uint32_t sets, uint32_t ways, uint32_t page_len);

/* Make *cache an empty cache of an accepted shape. */
/*@ requires accepts: CacheAccepts(entries, bytes, sets, ways, page_len);
    requires memory:  \valid(cache) &&
                      CacheStorage(cache, entries, bytes, Cells(sets, ways),
                                   page_len);
    assigns  *cache, entries[0 .. Cells(sets, ways) - 1];
    ensures  made:    CacheMade(cache, entries, bytes, sets, ways, page_len,
                                lifetime);
    ensures  wf:      CacheWf(cache);
    ensures  empty:   CacheEmpty(cache);
*/
void xbz_cache_make(xbz_cache *cache, xbz_cache_entry *entries, uint8_t *bytes,
                    uint32_t sets, uint32_t ways, uint32_t page_len,
                    uint32_t lifetime);

#endif

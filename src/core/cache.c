/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "cache_set.h"

/*@ requires wf:      CacheWf(cache);
    requires slot:    slot < CacheSlots(cache);
    assigns  \nothing;
    ensures  expired: \result <==> CacheExpired(cache, slot, now);
*/
static int xbz_cache_expired(const xbz_cache *cache, size_t slot,
                             uint64_t now) {
  uint64_t age = cache->entries[slot].age;
  return now >= age && now - age >= cache->lifetime;
}

/* The slot for page_no [C-8], or XBZ_CACHE_NONE. */
/*@ requires wf:      CacheWf(cache);
    assigns  \nothing;
    ensures  takes:   \result != XBZ_CACHE_NONE ==>
                        CacheTakes(cache, page_no, now, \result);
    ensures  refuses: \result == XBZ_CACHE_NONE <==>
                        CacheRefuses(cache, page_no, now);
*/
static size_t xbz_cache_choose(const xbz_cache *cache, uint64_t page_no,
                               uint64_t now) {
  size_t slot = xbz_cache_find(cache, page_no);
  if (slot != XBZ_CACHE_NONE)
    return slot;
  slot = xbz_cache_victim(cache, page_no);
  if (cache->entries[slot].used && !xbz_cache_expired(cache, slot, now))
    return XBZ_CACHE_NONE;
  return slot;
}

xbz_status xbz_cache_lookup(xbz_cache *cache, size_t *slot, uint64_t page_no,
                            uint64_t now) {
  size_t found = xbz_cache_find(cache, page_no);
  if (found == XBZ_CACHE_NONE)
    return XBZ_MISS;
  cache->entries[found].age = now;
  *slot = found;
  return XBZ_OK;
}

uint8_t *xbz_cache_page(const xbz_cache *cache, size_t slot) {
  return cache->bytes + xbz_cache_start(cache, slot);
}

xbz_status xbz_cache_insert(xbz_cache *cache, size_t *slot, uint64_t page_no,
                            const uint8_t *page, uint64_t now) {
  size_t chosen = xbz_cache_choose(cache, page_no, now);
  if (chosen == XBZ_CACHE_NONE)
    return XBZ_REFUSED;
  xbz_cache_store(cache, chosen, page_no, now, page, 0);
  *slot = chosen;
  return XBZ_OK;
}

xbz_status xbz_cache_update(xbz_cache *cache, uint64_t page_no,
                            const uint8_t *page) {
  size_t slot = xbz_cache_find(cache, page_no);
  if (slot == XBZ_CACHE_NONE)
    return XBZ_MISS;
  xbz_cache_fill(cache, slot, page, 0);
  return XBZ_OK;
}

xbz_status xbz_cache_invalidate(xbz_cache *cache, uint64_t page_no) {
  size_t slot = xbz_cache_find(cache, page_no);
  if (slot == XBZ_CACHE_NONE)
    return XBZ_MISS;
  cache->entries[slot].used = 0;
  return XBZ_OK;
}

void xbz_cache_clear(xbz_cache *cache) {
  xbz_cache_entries_free(cache->entries, cache->slots);
}

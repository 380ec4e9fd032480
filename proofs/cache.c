/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * The theorems that span calls of the page cache, over the shipped code: what
 * was inserted is found, also after a resize.
 *
 * These functions are never compiled into anything: what is proved of them is
 * the theorem.
 */
#include "../src/xbz.h"

/*
 * A page that was inserted is found, whatever the clock says then, with the
 * bytes that it was inserted with. (The frame names the ages twice: WP does not
 * see them inside the entries.)
 */
/*@ requires wf:       CacheWf(cache);
    requires writable: \valid(slot);
    requires source:   CacheSource(cache, page, 0);
    requires disjoint: CacheApart(cache, slot) &&
                       \separated(slot, page + (0 .. cache->page_len - 1));
    assigns  *slot, cache->entries[0 .. CacheSlots(cache) - 1],
             cache->entries[0 .. CacheSlots(cache) - 1].age,
             cache->bytes[0 .. CacheLen(cache) - 1];
    ensures  wf:       CacheWf(cache);
    ensures  found:    \result == XBZ_OK ||
                       (\result == XBZ_REFUSED &&
                        CacheRefuses{Pre}(cache, page_no, now));
    ensures  entry:    \result == XBZ_OK ==>
                         CacheEntry(cache, *slot, page_no, later);
    ensures  bytes:    \result == XBZ_OK ==>
                         CacheCopied{Pre,Post}(cache, *slot, page, 0);
*/
static xbz_status xbz_theorem_insert_lookup(xbz_cache *cache, size_t *slot,
                                            uint64_t page_no,
                                            const uint8_t *page, uint64_t now,
                                            uint64_t later) {
  xbz_status status = xbz_cache_insert(cache, slot, page_no, page, now);
  if (status != XBZ_OK)
    return status;
  return xbz_cache_lookup(cache, slot, page_no, later);
}

/*
 * A page that was held before a resize is found after it with its bytes, or
 * pages no older fill its set.
 */
/*@ requires wf:       CacheWf(cache);
    requires held:     held < CacheSlots(cache) &&
                       CacheHolds(cache, held, page_no);
    requires storage:  CacheAccepts(entries, bytes, sets, ways,
                                    cache->page_len) ==>
                         CacheStorage(cache, entries, bytes, Cells(sets, ways),
                                      cache->page_len) &&
                         CacheStorageApart(cache, entries, bytes,
                                           Cells(sets, ways));
    requires writable: \valid(slot);
    requires disjoint: CacheApart(cache, slot) &&
                       \separated(slot, entries + (0 .. Cells(sets, ways) - 1),
                                  bytes + (0 .. Cells(Cells(sets, ways),
                                                      cache->page_len) - 1));
    assigns  *slot, *cache, entries[0 .. Cells(sets, ways) - 1],
             bytes[0 .. Cells(Cells(sets, ways), cache->page_len) - 1];
    ensures  wf:       CacheWf(cache);
    ensures  refused:  \result == XBZ_E_ARGUMENT <==>
                         !CacheAccepts(entries, bytes, sets, ways,
                                       \old(cache->page_len));
    ensures  status:   \result == XBZ_E_ARGUMENT || \result == XBZ_OK ||
                       \result == XBZ_MISS;
    ensures  entry:    \result == XBZ_OK ==>
                         CacheEntry(cache, *slot, page_no, now);
    ensures  bytes:    \result == XBZ_OK ==>
                         PageCopied{Pre,Post}(bytes, *slot,
                                              \old(cache->bytes), held,
                                              \old(cache->page_len));
    ensures  lost:     \result == XBZ_MISS ==>
                         CacheCrowded(cache, page_no,
                                      \old(cache->entries[held].age));
*/
static xbz_status xbz_theorem_resize_lookup(xbz_cache *cache, size_t *slot,
                                            xbz_cache_entry *entries,
                                            uint8_t *bytes, uint32_t sets,
                                            uint32_t ways, uint64_t page_no,
                                            size_t held, uint64_t now) {
  xbz_status status =
      xbz_cache_resize(cache, entries, bytes, sets, ways, XBZ_CACHE_KEEP);
  if (status != XBZ_OK)
    return status;
  return xbz_cache_lookup(cache, slot, page_no, now);
}

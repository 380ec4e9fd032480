/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* One set of the page cache: finding, choosing and filling its slots. */
#ifndef XBZ_CORE_CACHE_SET_H
#define XBZ_CORE_CACHE_SET_H

#include "../xbz.h"

#ifdef __FRAMAC__
#include "../../spec/logic/cache_steps.acsl"
#endif

/* No slot: an array of entries is never this long. */
#define XBZ_CACHE_NONE SIZE_MAX

/* The first slot of the set that may hold page_no [C-3]. */
/*@ requires wf:      CacheWf(cache);
    assigns  \nothing;
    ensures  first:   \result == CacheFirst(cache, page_no);
    ensures  in:      \result + cache->ways <= CacheSlots(cache);
*/
size_t xbz_cache_first(const xbz_cache *cache, uint64_t page_no);

/* Where the bytes of a slot start. */
/*@ requires wf:      CacheWf(cache);
    requires slot:    slot < CacheSlots(cache);
    assigns  \nothing;
    ensures  start:   \result == CacheStart(cache, slot);
    ensures  in:      \result + cache->page_len <= CacheLen(cache);
*/
size_t xbz_cache_start(const xbz_cache *cache, size_t slot);

/* The slot that holds page_no, or XBZ_CACHE_NONE. */
/*@ requires wf:      CacheWf(cache);
    assigns  \nothing;
    ensures  found:   \result != XBZ_CACHE_NONE ==>
                        \result < CacheSlots(cache) &&
                        CacheHolds(cache, \result, page_no);
    ensures  none:    \result == XBZ_CACHE_NONE ==>
                        CacheAbsent(cache, page_no);
*/
size_t xbz_cache_find(const xbz_cache *cache, uint64_t page_no);

/* The slot that page_no takes when room must be made [C-6]. */
/*@ requires wf:      CacheWf(cache);
    assigns  \nothing;
    ensures  victim:  CacheVictim(cache, page_no, \result);
    ensures  least:   CacheLeast(cache, \result);
    ensures  in:      \result < CacheSlots(cache);
*/
size_t xbz_cache_victim(const xbz_cache *cache, uint64_t page_no);

/* Mark n slots free. */
/*@ requires memory:  \valid(entries + (0 .. n - 1));
    assigns  entries[0 .. n - 1].used;
    ensures  free:    EntriesFree(entries, n);
*/
void xbz_cache_entries_free(xbz_cache_entry *entries, size_t n);

/* Copy page j of src to the bytes of a slot. */
/*@ requires wf:       CacheWf(cache);
    requires slot:     slot < CacheSlots(cache);
    requires source:   CacheSource(cache, src, j);
    assigns  cache->bytes[0 .. CacheLen(cache) - 1];
    ensures  bytes:    CacheCopied{Pre,Post}(cache, slot, src, j);
    ensures  others:   CacheOtherBytes{Pre,Post}(cache, slot);
*/
void xbz_cache_fill(xbz_cache *cache, size_t slot, const uint8_t *src,
                    size_t j);

/* Put a page that no other slot holds into a slot of its set. */
/*@ requires wf:       CacheWf(cache);
    requires slot:     slot < CacheSlots(cache);
    requires set:      CacheInSet(cache, page_no, slot);
    requires alone:    CacheAlone(cache, slot, page_no);
    requires source:   CacheSource(cache, src, j);
    assigns  cache->entries[slot],
             cache->bytes[0 .. CacheLen(cache) - 1];
    ensures  wf:       CacheWf(cache);
    ensures  entry:    CacheEntry(cache, slot, page_no, age) &&
                       cache->entries[slot].used == 1;
    ensures  bytes:    CacheCopied{Pre,Post}(cache, slot, src, j);
    ensures  others:   CacheOthers{Pre,Post}(cache, slot);
*/
void xbz_cache_store(xbz_cache *cache, size_t slot, uint64_t page_no,
                     uint64_t age, const uint8_t *src, size_t j);

#endif

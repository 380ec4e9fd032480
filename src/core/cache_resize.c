/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "cache_set.h"
#include "cache_shape.h"

/* The slot for a page of this age, or XBZ_CACHE_NONE: only a strictly older
   page gives way [C-12]. */
/*@ requires wf:      CacheWf(cache);
    assigns  \nothing;
    ensures  placed:  \result != XBZ_CACHE_NONE ==>
                        CachePlaces(cache, page_no, age, \result) &&
                        CacheLeast(cache, \result);
    ensures  crowded: \result == XBZ_CACHE_NONE <==>
                        CacheCrowded(cache, page_no, age);
*/
static size_t xbz_cache_place(const xbz_cache *cache, uint64_t page_no,
                              uint64_t age) {
  size_t slot = xbz_cache_victim(cache, page_no);
  if (cache->entries[slot].used && cache->entries[slot].age >= age)
    return XBZ_CACHE_NONE;
  return slot;
}

/* Offer a page, of which the cache holds no copy, the slot for its age. */
/*@ requires wf:       CacheWf(cache);
    requires absent:   CacheAbsent(cache, page_no);
    requires source:   CacheSource(cache, src, j);
    assigns  cache->entries[0 .. CacheSlots(cache) - 1],
             cache->bytes[0 .. CacheLen(cache) - 1];
    ensures  wf:       CacheWf(cache);
    ensures  others:   CacheOnlyNew{Pre,Post}(cache, page_no);
    ensures  offered:  CacheIfHeld{Pre,Post}(cache, page_no, age, src, j);
    ensures  newer:    CacheNewer{Pre,Post}(cache);
    ensures  lost:     CacheLost{Pre,Post}(cache);
    ensures  placed:   CacheAbsent(cache, page_no) ==>
                         CacheCrowded(cache, page_no, age);
*/
static void xbz_cache_offer(xbz_cache *cache, uint64_t page_no, uint64_t age,
                            const uint8_t *src, size_t j) {
  size_t slot = xbz_cache_place(cache, page_no, age);
  if (slot != XBZ_CACHE_NONE)
    xbz_cache_store(cache, slot, page_no, age, src, j);
}

/* Offer the pages of n entries. */
/*@ requires wf:      CacheWf(to);
    requires range:   Cells(n, to->page_len) <= SIZE_MAX;
    requires memory:  \valid_read(old + (0 .. n - 1)) &&
                      \valid_read(old_bytes +
                                  (0 .. Cells(n, to->page_len) - 1));
    requires unique:  EntriesUnique(old, n);
    requires apart:   CacheStorageApart(to, old, old_bytes, n);
    requires empty:   CacheEmpty(to);
    assigns  to->entries[0 .. CacheSlots(to) - 1],
             to->bytes[0 .. CacheLen(to) - 1];
    ensures  wf:      CacheWf(to);
    ensures  known:   CacheKnown{Pre,Post}(to, old, n);
    ensures  aged:    CacheAged{Pre,Post}(to, old, n);
    ensures  alike:   CacheAlike{Pre,Post}(to, old, old_bytes, n);
    ensures  newest:  CacheNewest{Pre,Post}(to, old, n);
*/
static void xbz_cache_carry(xbz_cache *to, const xbz_cache_entry *old,
                            const uint8_t *old_bytes, uint32_t n) {
  /*@ loop invariant in:     0 <= i <= n;
      loop invariant wf:     CacheWf(to);
      loop invariant known:  CacheKnown{Pre,Here}(to, old, i);
      loop invariant aged:   CacheAged{Pre,Here}(to, old, i);
      loop invariant alike:  CacheAlike{Pre,Here}(to, old, old_bytes, i);
      loop invariant newest: CacheNewest{Pre,Here}(to, old, i);
      loop assigns i, to->entries[0 .. CacheSlots(to) - 1],
                   to->bytes[0 .. CacheLen(to) - 1];
      loop variant n - i; */
  for (uint32_t i = 0; i < n; i++) {
    //@ assert row:   RowIn(i, to->page_len, n);
    //@ assert entry: EntriesSame{Pre,Here}(old, i, i + 1);
    //@ assert bytes: PageKept{Pre,Here}(old_bytes, i, to->page_len);
    if (old[i].used) {
      xbz_cache_offer(to, old[i].page_no, old[i].age, old_bytes, i);
      //@ assert known:  CacheKnown{Pre,Here}(to, old, i + 1);
      //@ assert aged:   CacheAged{Pre,Here}(to, old, i + 1);
      //@ assert alike:  CacheAlike{Pre,Here}(to, old, old_bytes, i + 1);
      //@ assert newest: CacheNewest{Pre,Here}(to, old, i + 1);
    }
  }
}

xbz_status xbz_cache_resize(xbz_cache *cache, xbz_cache_entry *entries,
                            uint8_t *bytes, uint32_t sets, uint32_t ways,
                            xbz_cache_keep keep) {
  const xbz_cache_entry *old = cache->entries;
  const uint8_t *old_bytes = cache->bytes;
  uint32_t n = cache->slots;
  uint32_t page_len = cache->page_len;
  if (!xbz_cache_accepts(entries, bytes, sets, ways, page_len))
    return XBZ_E_ARGUMENT;
  xbz_cache_make(cache, entries, bytes, sets, ways, page_len, cache->lifetime);
  //@ assert kept: StorageKept{Pre,Here}(old, old_bytes, n, page_len);
  if (keep == XBZ_CACHE_KEEP)
    xbz_cache_carry(cache, old, old_bytes, n);
  return XBZ_OK;
}

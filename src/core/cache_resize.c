/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "cache_set.h"

/* The slot for a page of this age, or XBZ_CACHE_NONE: only a strictly older
   page gives way [C-12]. */
/*@ requires wf:      CacheWf(cache);
    assigns  \nothing;
    ensures  placed:  \result != XBZ_CACHE_NONE ==>
                        CachePlaces(cache, page_no, age, \result);
    ensures  crowded: \result == XBZ_CACHE_NONE <==>
                        CacheCrowded(cache, page_no, age);
*/
static size_t xbz_cache_place(const xbz_cache *cache, uint64_t page_no,
                              uint64_t age) {
  size_t slot = xbz_cache_victim(cache, page_no);
  if (cache->entries[slot].used && cache->entries[slot].age >= age) {
    return XBZ_CACHE_NONE;
  }
  return slot;
}

/* Offer each of n entries of another cache a slot. */
/*@ requires wf:      CacheWf(to);
    requires memory:  \valid_read(old + (0 .. n - 1)) &&
                      \valid_read(old_bytes +
                                  (0 .. CacheArea(n, to->page_len) - 1));
    requires range:   CacheArea(n, to->page_len) <= SIZE_MAX;
    requires unique:  EntriesUnique(old, n);
    requires apart:   CacheStorageApart(to, old, old_bytes, n);
    requires empty:   CacheEmpty(to);
    assigns  to->entries[0 .. CacheSlots(to) - 1],
             to->bytes[0 .. CacheLen(to) - 1];
    ensures  wf:      CacheWf(to);
    ensures  carried: CacheCarried{Pre,Post}(to, old, old_bytes, n);
*/
static void xbz_cache_carry(xbz_cache *to, const xbz_cache_entry *old,
                            const uint8_t *old_bytes, uint32_t n) {
  /*@ loop invariant in:      0 <= i <= n;
      loop invariant wf:      CacheWf(to);
      loop invariant old:     EntriesSame{Pre,Here}(old, 0, n);
      loop invariant carried: CacheCarried{Pre,Here}(to, old, old_bytes, i);
      loop assigns i, to->entries[0 .. CacheSlots(to) - 1],
                   to->bytes[0 .. CacheLen(to) - 1];
      loop variant n - i; */
  for (uint32_t i = 0; i < n; i++) {
    const xbz_cache_entry *entry = &old[i];
    if (entry->used) {
      size_t slot = xbz_cache_place(to, entry->page_no, entry->age);
      if (slot != XBZ_CACHE_NONE) {
        //@ assert row: CacheRow(i, to->page_len, n);
        xbz_cache_store(to, slot, entry->page_no, entry->age, old_bytes,
                        (size_t)i * to->page_len);
      }
    }
  }
}

xbz_status xbz_cache_resize(xbz_cache *cache, xbz_cache_entry *entries,
                            uint8_t *bytes, uint32_t sets, uint32_t ways,
                            xbz_cache_keep keep) {
  const xbz_cache_entry *old = cache->entries;
  const uint8_t *old_bytes = cache->bytes;
  uint32_t n = cache->slots;
  xbz_status status = xbz_cache_init(cache, entries, bytes, sets, ways,
                                     cache->page_len, cache->lifetime);
  if (status == XBZ_OK && keep == XBZ_CACHE_KEEP) {
    xbz_cache_carry(cache, old, old_bytes, n);
  }
  return status;
}

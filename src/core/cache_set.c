/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "cache_set.h"

#include "bytes.h"

size_t xbz_cache_first(const xbz_cache *cache, uint64_t page_no) {
  //@ assert row: RowIn(page_no % cache->sets, cache->ways, cache->sets);
  return (size_t)(page_no % cache->sets) * cache->ways;
}

size_t xbz_cache_start(const xbz_cache *cache, size_t slot) {
  //@ assert row: RowIn(slot, cache->page_len, cache->slots);
  return slot * cache->page_len;
}

size_t xbz_cache_find(const xbz_cache *cache, uint64_t page_no) {
  size_t first = xbz_cache_first(cache, page_no);
  size_t end = first + cache->ways;
  /*@ loop invariant in:   first <= slot <= end;
      loop invariant seen: CacheAbsentIn(cache, first, slot, page_no);
      loop assigns slot;
      loop variant end - slot; */
  for (size_t slot = first; slot < end; slot++) {
    const xbz_cache_entry *entry = &cache->entries[slot];
    if (entry->used && entry->page_no == page_no)
      return slot;
  }
  return XBZ_CACHE_NONE;
}

size_t xbz_cache_victim(const xbz_cache *cache, uint64_t page_no) {
  const xbz_cache_entry *entries = cache->entries;
  size_t first = xbz_cache_first(cache, page_no);
  size_t end = first + cache->ways;
  size_t best = first;
  /*@ loop invariant in:     first < slot <= end;
      loop invariant oldest: CacheOldest(cache, first, slot, best);
      loop assigns slot, best;
      loop variant end - slot; */
  for (size_t slot = first + 1; slot < end && entries[best].used; slot++) {
    if (!entries[slot].used || entries[slot].age < entries[best].age)
      best = slot;
  }
  //@ assert set: CacheInSet(cache, page_no, best);
  return best;
}

void xbz_cache_entries_free(xbz_cache_entry *entries, size_t n) {
  /*@ loop invariant in:   0 <= i <= n;
      loop invariant free: EntriesFree(entries, i);
      loop assigns i, entries[0 .. n - 1].used;
      loop variant n - i; */
  for (size_t i = 0; i < n; i++)
    entries[i].used = 0;
}

void xbz_cache_fill(xbz_cache *cache, size_t slot, const uint8_t *src,
                    size_t j) {
  xbz_bytes_copy(cache->bytes, xbz_cache_start(cache, slot), src,
                 j * cache->page_len, cache->page_len);
}

void xbz_cache_store(xbz_cache *cache, size_t slot, uint64_t page_no,
                     uint64_t age, const uint8_t *src, size_t j) {
  xbz_cache_entry *entry = &cache->entries[slot];
  xbz_cache_fill(cache, slot, src, j);
  entry->page_no = page_no;
  entry->age = age;
  entry->used = 1;
}

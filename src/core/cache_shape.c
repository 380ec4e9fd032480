/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* The shape of a page cache, and what it asks of its storage. */
#include "cache_shape.h"

#include "cache_set.h"

/*@ requires n:     1 <= n;
    assigns  \nothing;
    ensures  power: \result <==> PowerOfTwo(n);
*/
static int xbz_power_of_two(uint32_t n) {
  /*@ loop invariant in:    1 <= n;
      loop invariant power: PowerOfTwo(n) <==> PowerOfTwo(\at(n, Pre));
      loop assigns n;
      loop variant n; */
  while (n % 2 == 0) {
    n /= 2;
  }
  return n == 1;
}

/*@ assigns  \nothing;
    ensures  within: \result <==> 1 <= n <= max;
*/
static int xbz_within(uint32_t n, uint32_t max) { return n >= 1 && n <= max; }

/* Whether n entries make an array that may exist, and n pages too. */
/*@ requires page:   1 <= page_len;
    assigns  \nothing;
    ensures  fits:   \result <==>
                     n * sizeof(xbz_cache_entry) <= XBZ_CACHE_ARRAY_MAX &&
                     n * page_len <= XBZ_CACHE_ARRAY_MAX;
*/
static int xbz_arrays_fit(size_t n, uint32_t page_len) {
  size_t item = sizeof(xbz_cache_entry);
  if (page_len > item)
    item = page_len;
  return n <= XBZ_CACHE_ARRAY_MAX / item;
}

xbz_status xbz_cache_storage_size(size_t *slots, size_t *bytes_len,
                                  uint32_t sets, uint32_t ways,
                                  uint32_t page_len) {
  size_t n;
  if (sets == 0 || !xbz_power_of_two(sets) ||
      !xbz_within(ways, XBZ_CACHE_WAYS_MAX) ||
      !xbz_within(page_len, XBZ_PAGE_LEN_MAX) || sets > UINT32_MAX / ways)
    return XBZ_E_ARGUMENT;
  n = (size_t)sets * ways;
  if (!xbz_arrays_fit(n, page_len))
    return XBZ_E_ARGUMENT;
  *slots = n;
  *bytes_len = n * page_len;
  return XBZ_OK;
}

int xbz_cache_accepts(const xbz_cache_entry *entries, const uint8_t *bytes,
                      uint32_t sets, uint32_t ways, uint32_t page_len) {
  size_t slots;
  size_t bytes_len;
  return entries != NULL && bytes != NULL &&
         xbz_cache_storage_size(&slots, &bytes_len, sets, ways, page_len) ==
             XBZ_OK;
}

void xbz_cache_make(xbz_cache *cache, xbz_cache_entry *entries, uint8_t *bytes,
                    uint32_t sets, uint32_t ways, uint32_t page_len,
                    uint32_t lifetime) {
  cache->entries = entries;
  cache->bytes = bytes;
  cache->sets = sets;
  cache->ways = ways;
  cache->slots = sets * ways;
  cache->page_len = page_len;
  cache->lifetime = lifetime;
  xbz_cache_entries_free(entries, cache->slots);
}

xbz_status xbz_cache_init(xbz_cache *cache, xbz_cache_entry *entries,
                          uint8_t *bytes, uint32_t sets, uint32_t ways,
                          uint32_t page_len, uint32_t lifetime) {
  if (!xbz_cache_accepts(entries, bytes, sets, ways, page_len))
    return XBZ_E_ARGUMENT;
  xbz_cache_make(cache, entries, bytes, sets, ways, page_len, lifetime);
  return XBZ_OK;
}

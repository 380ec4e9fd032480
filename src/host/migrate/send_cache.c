/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "send_cache.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

/* Of the machine. */
#define XBZ_SMALL_PAGE ((size_t)4 << 10)
#define XBZ_HUGE_PAGE ((size_t)2 << 20)

/* How many ways, unless some are wished for: 8 lose the fewest pages. Where all
   pages of the guest have a slot none is lost, and with one way neighbours lie
   side by side, as the sender visits them. */
static uint32_t xbz_send_cache_ways(uint64_t slots, uint64_t pages) {
  const bool whole = slots == pages && (slots & (slots - 1)) == 0;
  return whole ? 1 : XBZ_CACHE_WAYS_MAX;
}

/* As many slots as there is room for, or up to a quarter less: sets is a power
   of two. Fewer ways can be wished for. */
static void xbz_send_cache_shape(uint32_t *sets, uint32_t *ways, uint64_t slots,
                                 const xbz_send_cache *cache) {
  const uint32_t wished = cache->ways;
  const uint32_t most =
      wished > 0 ? wished : xbz_send_cache_ways(slots, cache->pages);
  *sets = 1;
  while (slots / *sets > most && slots / *sets / 2 >= wished)
    *sets *= 2;
  *ways = (uint32_t)(slots / *sets);
  *ways = *ways < most ? *ways : most;
}

static uint64_t xbz_send_cache_slots(const xbz_send_cache *cache, uint64_t size,
                                     size_t page_len) {
  const uint64_t most = UINT32_MAX;
  uint64_t slots = size / page_len;
  slots = slots < cache->pages ? slots : cache->pages;
  return slots < most ? slots : most;
}

/* Memory for the pages of a cache; in huge pages, if there are any: the slots
   of pages that are sent one after the other may be far from each other. */
static uint8_t *xbz_send_cache_bytes(size_t len) {
  uint8_t *bytes = NULL;
  if (len < XBZ_HUGE_PAGE)
    return malloc(len);
  if (posix_memalign((void **)&bytes, XBZ_SMALL_PAGE, len) != 0)
    return NULL;
  (void)madvise(bytes, len, MADV_HUGEPAGE);
  return bytes;
}

/* Make new storage, let the cache move there, and drop the old one. */
static bool xbz_send_cache_move(xbz_send_cache *cache, uint64_t slots,
                                xbz_cache_keep keep) {
  const size_t page_len = cache->cache.page_len;
  xbz_cache_entry *old_entries = cache->cache.entries;
  uint8_t *old_bytes = cache->cache.bytes;
  xbz_cache_entry *entries = NULL;
  uint8_t *bytes = NULL;
  uint32_t sets = 0, ways = 0;
  size_t count = 0, len = 0;
  xbz_send_cache_shape(&sets, &ways, slots, cache);
  if (xbz_cache_storage_size(&count, &len, sets, ways, (uint32_t)page_len) ==
      XBZ_OK) {
    entries = calloc(count, sizeof *entries);
    bytes = xbz_send_cache_bytes(len);
  }
  if (xbz_sender_resize(&cache->sender, entries, bytes, sets, ways, keep) !=
      XBZ_OK) {
    free(entries);
    free(bytes);
    return false;
  }
  free(old_entries);
  free(old_bytes);
  return true;
}

/* A sender needs a cache; without any it has one of a slot, and is in the bulk
   phase for ever. */
bool xbz_send_cache_open(xbz_send_cache *cache, size_t page_len, uint64_t pages,
                         uint32_t ways, xbz_backend backend) {
  memset(cache, 0, sizeof *cache);
  cache->pages = pages;
  cache->ways = ways;
  cache->buffers = malloc(2 * page_len);
  cache->cache.entries = calloc(1, sizeof(xbz_cache_entry));
  cache->cache.bytes = malloc(page_len);
  if (cache->buffers == NULL ||
      xbz_cache_init(&cache->cache, cache->cache.entries, cache->cache.bytes, 1,
                     1, (uint32_t)page_len, XBZ_CACHE_LIFETIME) != XBZ_OK ||
      xbz_sender_init(&cache->sender, &cache->cache, cache->buffers,
                      cache->buffers + page_len) != XBZ_OK)
    return false;
  xbz_sender_use(&cache->sender, backend);
  return true;
}

void xbz_send_cache_close(xbz_send_cache *cache) {
  free(cache->cache.entries);
  free(cache->cache.bytes);
  free(cache->buffers);
  cache->cache.entries = NULL;
  cache->cache.bytes = NULL;
  cache->buffers = NULL;
}

void xbz_send_cache_begin(xbz_send_cache *cache, bool active) {
  xbz_sender_begin(&cache->sender);
  cache->active = false;
  if (active)
    xbz_send_cache_activate(cache);
}

void xbz_send_cache_activate(xbz_send_cache *cache) {
  cache->active = true;
  if (cache->size > 0)
    xbz_sender_enable(&cache->sender);
}

bool xbz_send_cache_resize(xbz_send_cache *cache, uint64_t size) {
  const size_t page_len = cache->cache.page_len;
  const uint64_t slots = xbz_send_cache_slots(cache, size, page_len);
  if (size == cache->wished)
    return true;
  cache->wished = size;
  if (!xbz_send_cache_move(cache, slots > 0 ? slots : 1,
                           slots > 0 ? XBZ_CACHE_KEEP : XBZ_CACHE_DROP))
    return false;
  cache->size = slots > 0 ? (uint64_t)cache->cache.slots * page_len : 0;
  if (slots == 0)
    xbz_sender_disable(&cache->sender);
  else if (cache->active)
    xbz_sender_enable(&cache->sender);
  return true;
}

/* The step that follows looks the page up at the same generation, so that this
   changes nothing that it would not [C-7]. */
const uint8_t *xbz_send_cache_base(xbz_send_cache *cache, uint64_t page_no) {
  size_t slot = 0;
  if (cache->sender.phase == XBZ_PHASE_BULK ||
      xbz_cache_lookup(&cache->cache, &slot, page_no,
                       cache->sender.generation) != XBZ_OK)
    return NULL;
  return xbz_cache_page(&cache->cache, slot);
}

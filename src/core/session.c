/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* What a sender does between pages. */
#include "cache_shape.h"

/*@ requires writable:  \valid(counters);
    assigns  *counters;
    ensures  zero:      counters->zero == 0 && counters->normal == 0 &&
                        counters->pages == 0 && counters->bytes == 0 &&
                        counters->miss == 0 && counters->overflow == 0;
*/
static void xbz_counters_reset(xbz_counters *counters) {
  counters->zero = 0;
  counters->normal = 0;
  counters->pages = 0;
  counters->bytes = 0;
  counters->miss = 0;
  counters->overflow = 0;
}

/* The counters and the clock of a new session. */
/*@ requires wf:        SenderWf(sender);
    requires empty:     CacheEmpty(sender->cache) &&
                        sender->phase == XBZ_PHASE_BULK;
    assigns  sender->generation, sender->counters;
    ensures  wf:        SenderWf(sender);
    ensures  begun:     SenderBegun(sender);
*/
static void xbz_session_reset(xbz_sender *sender) {
  sender->generation = 1;
  xbz_counters_reset(&sender->counters);
}

xbz_status xbz_sender_init(xbz_sender *sender, xbz_cache *cache,
                           uint8_t *snapshot, uint8_t *delta) {
  if (snapshot == NULL || delta == NULL)
    return XBZ_E_ARGUMENT;
  xbz_cache_clear(cache);
  sender->cache = cache;
  sender->snapshot = snapshot;
  sender->delta = delta;
  sender->phase = XBZ_PHASE_BULK;
  sender->backend = XBZ_BACKEND_REF;
  xbz_session_reset(sender);
  return XBZ_OK;
}

void xbz_sender_use(xbz_sender *sender, xbz_backend backend) {
  sender->backend = backend;
}

void xbz_sender_begin(xbz_sender *sender) {
  xbz_sender_disable(sender);
  xbz_session_reset(sender);
}

void xbz_sender_sync(xbz_sender *sender) {
  if (sender->generation < UINT64_MAX)
    sender->generation++;
}

void xbz_sender_enable(xbz_sender *sender) { sender->phase = XBZ_PHASE_ROUND; }

void xbz_sender_last(xbz_sender *sender) {
  if (sender->phase != XBZ_PHASE_BULK)
    sender->phase = XBZ_PHASE_LAST;
}

void xbz_sender_disable(xbz_sender *sender) {
  xbz_cache_clear(sender->cache);
  sender->phase = XBZ_PHASE_BULK;
}

xbz_status xbz_sender_invalidate(xbz_sender *sender, uint64_t page_no) {
  if (sender->phase == XBZ_PHASE_BULK)
    return XBZ_MISS;
  return xbz_cache_invalidate(sender->cache, page_no);
}

/* Resize to storage that is accepted. */
/*@ requires wf:        SenderWf(sender);
    requires accepts:   CacheAccepts(entries, bytes, sets, ways,
                                     sender->cache->page_len);
    requires storage:   SenderNewStorage(sender, entries, bytes,
                                         Cells(sets, ways));
    assigns  *sender->cache, entries[0 .. Cells(sets, ways) - 1],
             bytes[0 .. Cells(Cells(sets, ways),
                              sender->cache->page_len) - 1];
    ensures  status:    \result == XBZ_OK;
    ensures  wf:        CacheWf(sender->cache);
    ensures  made:      CacheMade(sender->cache, entries, bytes, sets, ways,
                                  \old(sender->cache->page_len),
                                  \old(sender->cache->lifetime));
    ensures  storage:   SenderStorage(sender, sender->cache, sender->snapshot,
                                      sender->delta);
    ensures  dropped:   keep != XBZ_CACHE_KEEP ==> CacheEmpty(sender->cache);
    ensures  known:     keep == XBZ_CACHE_KEEP ==>
                          CacheKnown{Pre,Post}(sender->cache,
                                               \old(sender->cache->entries),
                                               \old(sender->cache->slots));
    ensures  alike:     keep == XBZ_CACHE_KEEP ==>
                          CacheAlike{Pre,Post}(sender->cache,
                                               \old(sender->cache->entries),
                                               \old(sender->cache->bytes),
                                               \old(sender->cache->slots));
*/
static xbz_status xbz_sender_move(const xbz_sender *sender,
                                  xbz_cache_entry *entries, uint8_t *bytes,
                                  uint32_t sets, uint32_t ways,
                                  xbz_cache_keep keep) {
  return xbz_cache_resize(sender->cache, entries, bytes, sets, ways, keep);
}

xbz_status xbz_sender_resize(xbz_sender *sender, xbz_cache_entry *entries,
                             uint8_t *bytes, uint32_t sets, uint32_t ways,
                             xbz_cache_keep keep) {
  if (!xbz_cache_accepts(entries, bytes, sets, ways, sender->cache->page_len))
    return XBZ_E_ARGUMENT;
  /* In the bulk phase there is nothing to keep. */
  if (sender->phase == XBZ_PHASE_BULK)
    return xbz_sender_move(sender, entries, bytes, sets, ways, XBZ_CACHE_DROP);
  return xbz_sender_move(sender, entries, bytes, sets, ways, keep);
}

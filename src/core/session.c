/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* What a sender does between pages. */
#include "../xbz.h"

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

xbz_status xbz_sender_init(xbz_sender *sender, xbz_cache *cache,
                           uint8_t *snapshot, uint8_t *delta) {
  if (snapshot == NULL || delta == NULL)
    return XBZ_E_ARGUMENT;
  sender->cache = cache;
  sender->snapshot = snapshot;
  sender->delta = delta;
  /* In no other phase may the cache be full, as it may be until then. */
  sender->phase = XBZ_PHASE_ROUND;
  xbz_sender_begin(sender);
  return XBZ_OK;
}

void xbz_sender_begin(xbz_sender *sender) {
  xbz_sender_disable(sender);
  sender->generation = 1;
  xbz_counters_reset(&sender->counters);
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
  xbz_status status = xbz_cache_invalidate(sender->cache, page_no);
  /*@ assert empty: CacheEmpty{Pre}(SenderCache{Pre}(sender)) ==>
        CacheEmpty(sender->cache); */
  return status;
}

xbz_status xbz_sender_resize(xbz_sender *sender, xbz_cache_entry *entries,
                             uint8_t *bytes, uint32_t sets, uint32_t ways,
                             xbz_cache_keep keep) {
  xbz_status status =
      xbz_cache_resize(sender->cache, entries, bytes, sets, ways, keep);
  /*@ assert empty: CacheEmpty{Pre}(SenderCache{Pre}(sender)) ==>
        CacheEmpty(sender->cache); */
  return status;
}

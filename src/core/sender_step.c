/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "sender_step.h"

#include "../xbz_backend.h"
#include "bytes.h"
#include "cache_set.h"

#ifdef __FRAMAC__
#include "../../proofs/lemmas/slot.acsl"
#endif

/*@ assigns  \nothing;
    ensures  event:     \result.event == event;
    ensures  page_no:   \result.message.page_no == page_no;
    ensures  kind:      \result.message.kind == KindOf(event);
    ensures  bytes:     \result.message.bytes == bytes;
    ensures  len:       \result.message.len == len;
*/
static xbz_sent xbz_sent_as(xbz_event event, uint64_t page_no,
                            const uint8_t *bytes, size_t len) {
  xbz_sent sent;
  sent.event = event;
  sent.message.page_no = page_no;
  sent.message.bytes = bytes;
  sent.message.len = len;
  sent.message.kind = event == XBZ_EVENT_ZERO        ? XBZ_KIND_ZERO
                      : event == XBZ_EVENT_UNCHANGED ? XBZ_KIND_NONE
                      : event == XBZ_EVENT_DELTA     ? XBZ_KIND_DELTA
                                                     : XBZ_KIND_RAW;
  return sent;
}

/* Give the cache the page, if there is room; returns whether it has it. */
/*@ requires wf:        CacheWf(cache);
    requires source:    CacheSource(cache, page, 0);
    assigns  cache->entries[0 .. CacheSlots(cache) - 1],
             cache->bytes[0 .. CacheLen(cache) - 1];
    ensures  wf:        CacheWf(cache);
    ensures  held:      \result <==> !CacheAbsent(cache, page_no);
    ensures  kept:      CacheIfKept{Pre,Post}(cache, page_no, page);
    ensures  others:    CacheNoOther{Pre,Post}(cache, page_no);
*/
static int xbz_cache_admit(xbz_cache *cache, uint64_t page_no,
                           const uint8_t *page, uint64_t now) {
  size_t slot = 0;
  return xbz_cache_insert(cache, &slot, page_no, page, now) == XBZ_OK;
}

/* The same for a page that the cache has. */
/*@ requires wf:        CacheWf(cache);
    requires source:    CacheSource(cache, page, 0);
    assigns  cache->bytes[0 .. CacheLen(cache) - 1];
    ensures  wf:        CacheWf(cache);
    ensures  held:      \result <==> !CacheAbsent(cache, page_no);
    ensures  kept:      CacheIfKept{Pre,Post}(cache, page_no, page);
    ensures  others:    CacheNoOther{Pre,Post}(cache, page_no);
*/
static int xbz_cache_refresh(xbz_cache *cache, uint64_t page_no,
                             const uint8_t *page) {
  size_t slot = xbz_cache_find(cache, page_no);
  if (slot == XBZ_CACHE_NONE)
    return 0;
  xbz_cache_fill(cache, slot, page, 0);
  return 1;
}

/* Give the cache the snapshot, if it is to have it now [P-25]. */
/*@ requires wf:        SenderWf(sender);
    assigns  sender->cache->entries[0 .. CacheSlots(sender->cache) - 1],
             sender->cache->bytes[0 .. CacheLen(sender->cache) - 1];
    ensures  wf:        SenderWf(sender);
    ensures  held:      \result <==> !CacheAbsent(sender->cache, page_no);
    ensures  last:      sender->phase == XBZ_PHASE_LAST ==>
                        (\result <==> !CacheAbsent{Pre}(sender->cache,
                                                        page_no));
    ensures  kept:      CacheIfKept{Pre,Post}(sender->cache, page_no,
                                              sender->snapshot);
    ensures  others:    CacheNoOther{Pre,Post}(sender->cache, page_no);
    ensures  snapshot:  Unchanged{Pre,Post}(sender->snapshot, 0,
                                            SenderPageLen(sender));
*/
static int xbz_sender_keep(const xbz_sender *sender, uint64_t page_no) {
  if (sender->phase == XBZ_PHASE_ROUND)
    return xbz_cache_admit(sender->cache, page_no, sender->snapshot,
                           sender->generation);
  return xbz_cache_refresh(sender->cache, page_no, sender->snapshot);
}

/* The message for a page that the slot holds; the slot then holds the snapshot.
 */
/*@ requires wf:        SenderWf(sender);
    requires slot:      slot < CacheSlots(sender->cache) &&
                        CacheHolds(sender->cache, slot, page_no);
    assigns  sender->delta[0 .. CachePageLen(sender->cache) - 1],
             sender->cache->bytes[0 .. CacheLen(sender->cache) - 1];
    ensures  wf:        SenderWf(sender);
    ensures  event:     \result.event == XBZ_EVENT_UNCHANGED ||
                        \result.event == XBZ_EVENT_DELTA ||
                        \result.event == XBZ_EVENT_OVERFLOW;
    ensures  page_no:   \result.message.page_no == page_no;
    ensures  unchanged: \result.event == XBZ_EVENT_UNCHANGED ==>
                        CacheHeldIs{Pre}(sender->cache, page_no,
                                         sender->snapshot);
    ensures  message:   MessageOf{Pre,Post}(sender, \result.message,
                                            sender->snapshot, \result.event);
    ensures  private:   MessagePrivate(sender, \result.message);
    ensures  delta:     \result.event == XBZ_EVENT_DELTA ==>
                        Canonical{Pre,Post}(CacheSlot{Pre}(sender->cache, slot),
                                            sender->snapshot,
                                            SenderPageLen(sender), 0,
                                            sender->delta, 0,
                                            \result.message.len);
    ensures  kept:      CacheCopied{Pre,Post}(sender->cache, slot,
                                              sender->snapshot, 0);
    ensures  others:    CacheOtherBytes{Pre,Post}(sender->cache, slot);
*/
static xbz_sent xbz_sender_hit(const xbz_sender *sender, uint64_t page_no,
                               size_t slot) {
  uint32_t page_len = sender->cache->page_len;
  const uint8_t *held = xbz_cache_page(sender->cache, slot);
  size_t len = 0;
  xbz_status status =
      xbz_page_encode_with(sender->backend, sender->delta, page_len, &len, held,
                           sender->snapshot, page_len);
  //@ assert others: CacheOtherBytes{Pre,Here}(sender->cache, slot);
  //@ assert slot: held == sender->cache->bytes + Cells(slot, page_len);
  /*@ assert was: status == XBZ_UNCHANGED ==>
        CacheCopied{Pre,Pre}(sender->cache, slot, sender->snapshot, 0); */
  /*@ assert equal: status == XBZ_UNCHANGED ==>
        CacheCopied{Pre,Here}(sender->cache, slot, sender->snapshot, 0); */
  if (status == XBZ_UNCHANGED)
    return xbz_sent_as(XBZ_EVENT_UNCHANGED, page_no, held, 0);
  xbz_cache_fill(sender->cache, slot, sender->snapshot, 0);
  /*@ assert kept: CacheCopied{Pre,Here}(sender->cache, slot,
                                         sender->snapshot, 0); */
  //@ assert whole: Copied{Pre,Here}(held, 0, sender->snapshot, 0, page_len);
  if (status == XBZ_OK)
    return xbz_sent_as(XBZ_EVENT_DELTA, page_no, sender->delta, len);
  return xbz_sent_as(XBZ_EVENT_OVERFLOW, page_no, held, page_len);
}

/* The message for a page that no slot holds, which may then be kept. */
/*@ requires wf:        SenderWf(sender);
    requires absent:    CacheAbsent(sender->cache, page_no);
    assigns  sender->cache->entries[0 .. CacheSlots(sender->cache) - 1],
             sender->cache->bytes[0 .. CacheLen(sender->cache) - 1];
    ensures  wf:        SenderWf(sender);
    ensures  bulk:      \result.event == XBZ_EVENT_BULK <==>
                        sender->phase == XBZ_PHASE_BULK;
    ensures  event:     \result.event == XBZ_EVENT_BULK ||
                        (\result.event == XBZ_EVENT_INSERTED &&
                         sender->phase == XBZ_PHASE_ROUND &&
                         !CacheAbsent(sender->cache, page_no)) ||
                        (\result.event == XBZ_EVENT_MISSED &&
                         CacheAbsent(sender->cache, page_no));
    ensures  page_no:   \result.message.page_no == page_no;
    ensures  bytes:     \result.message.bytes == sender->snapshot;
    ensures  message:   MessageOf{Pre,Post}(sender, \result.message,
                                            sender->snapshot, \result.event);
    ensures  kept:      CacheIfKept{Pre,Post}(sender->cache, page_no,
                                              sender->snapshot);
    ensures  others:    CacheNoOther{Pre,Post}(sender->cache, page_no);
*/
static xbz_sent xbz_sender_miss(const xbz_sender *sender, uint64_t page_no) {
  uint32_t page_len = sender->cache->page_len;
  xbz_event event = XBZ_EVENT_BULK;
  if (sender->phase != XBZ_PHASE_BULK)
    event = xbz_sender_keep(sender, page_no) ? XBZ_EVENT_INSERTED
                                             : XBZ_EVENT_MISSED;
  return xbz_sent_as(event, page_no, sender->snapshot, page_len);
}

xbz_sent xbz_sender_step(xbz_sender *sender, uint64_t page_no) {
  size_t slot = 0;
  if (xbz_bytes_are_zero(sender->snapshot, sender->cache->page_len)) {
    (void)xbz_sender_keep(sender, page_no);
    return xbz_sent_as(XBZ_EVENT_ZERO, page_no, sender->snapshot, 0);
  }
  if (xbz_cache_lookup(sender->cache, &slot, page_no, sender->generation) ==
      XBZ_OK)
    return xbz_sender_hit(sender, page_no, slot);
  return xbz_sender_miss(sender, page_no);
}

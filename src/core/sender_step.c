/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "sender_step.h"

#include "bytes.h"
#include "cache_set.h"

/*@ requires writable:  \valid(message);
    assigns  message->kind, message->bytes, message->len;
    ensures  kind:      message->kind == kind;
    ensures  bytes:     message->bytes == bytes;
    ensures  len:       message->len == len;
*/
static void xbz_message_set(xbz_message *message, uint8_t kind,
                            const uint8_t *bytes, size_t len) {
  message->kind = kind;
  message->bytes = bytes;
  message->len = len;
}

/* Give the cache the page, if it is to have it now; returns whether it has. */
/*@ requires wf:        SenderWf(sender);
    assigns  sender->cache->entries[0 .. CacheSlots(sender->cache) - 1],
             sender->cache->bytes[0 .. CacheLen(sender->cache) - 1];
    ensures  wf:        SenderWf(sender);
    ensures  held:      \result <==> !CacheAbsent(sender->cache, page_no);
    ensures  bulk:      sender->phase == XBZ_PHASE_BULK ==> \result == 0;
    ensures  last:      sender->phase == XBZ_PHASE_LAST ==>
                        (\result <==> !CacheAbsent{Pre}(sender->cache,
                                                        page_no));
    ensures  kept:      CacheIfKept{Pre,Post}(sender->cache, page_no,
                                              sender->snapshot);
    ensures  others:    CacheNoOther{Pre,Post}(sender->cache, page_no);
*/
static int xbz_sender_keep(xbz_sender *sender, uint64_t page_no) {
  size_t slot = 0;
  xbz_status status;
  if (sender->phase == XBZ_PHASE_ROUND)
    status = xbz_cache_insert(sender->cache, &slot, page_no, sender->snapshot,
                              sender->generation);
  else
    status = xbz_cache_update(sender->cache, page_no, sender->snapshot);
  return status == XBZ_OK;
}

/* The message for a page that the slot holds; the slot then holds the snapshot.
 */
/*@ requires wf:        SenderWf(sender);
    requires memory:    SenderMessage(sender, message);
    requires slot:      slot < CacheSlots(sender->cache);
    assigns  message->kind, message->bytes, message->len,
             sender->delta[0 .. CachePageLen(sender->cache) - 1],
             sender->cache->bytes[0 .. CacheLen(sender->cache) - 1];
    ensures  wf:        SenderWf(sender);
    ensures  event:     \result == XBZ_EVENT_UNCHANGED ||
                        \result == XBZ_EVENT_DELTA ||
                        \result == XBZ_EVENT_OVERFLOW;
    ensures  unchanged: \result == XBZ_EVENT_UNCHANGED ==>
                        CacheEqual{Pre}(sender->cache, slot, sender->snapshot);
    ensures  message:   MessageOf{Pre,Post}(sender, message, message->page_no,
                                            sender->snapshot, \result);
    ensures  private:   MessagePrivate(sender, message);
    ensures  delta:     \result == XBZ_EVENT_DELTA ==>
                        Canonical{Pre,Post}(CacheSlot{Pre}(sender->cache, slot),
                                            sender->snapshot,
                                            SenderPageLen(sender), 0,
                                            sender->delta, 0, message->len);
    ensures  kept:      CacheCopied{Pre,Post}(sender->cache, slot,
                                              sender->snapshot, 0);
    ensures  others:    CacheOtherBytes{Pre,Post}(sender->cache, slot);
*/
static xbz_event xbz_sender_hit(xbz_sender *sender, xbz_message *message,
                                size_t slot) {
  uint32_t page_len = sender->cache->page_len;
  const uint8_t *held = xbz_cache_page(sender->cache, slot);
  size_t len = 0;
  xbz_status status = xbz_page_encode(sender->delta, page_len, &len, held,
                                      sender->snapshot, page_len);
  if (status == XBZ_UNCHANGED) {
    xbz_message_set(message, XBZ_KIND_NONE, held, 0);
    return XBZ_EVENT_UNCHANGED;
  }
  xbz_cache_fill(sender->cache, slot, sender->snapshot, 0);
  if (status == XBZ_OK) {
    xbz_message_set(message, XBZ_KIND_DELTA, sender->delta, len);
    return XBZ_EVENT_DELTA;
  }
  xbz_message_set(message, XBZ_KIND_RAW, held, page_len);
  return XBZ_EVENT_OVERFLOW;
}

xbz_event xbz_sender_step(xbz_sender *sender, xbz_message *message,
                          uint64_t page_no) {
  uint32_t page_len = sender->cache->page_len;
  size_t slot = 0;
  message->page_no = page_no;
  if (xbz_bytes_are_zero(sender->snapshot, page_len)) {
    xbz_message_set(message, XBZ_KIND_ZERO, sender->snapshot, 0);
    (void)xbz_sender_keep(sender, page_no);
    return XBZ_EVENT_ZERO;
  }
  if (xbz_cache_lookup(sender->cache, &slot, page_no, sender->generation) ==
      XBZ_OK)
    return xbz_sender_hit(sender, message, slot);
  xbz_message_set(message, XBZ_KIND_RAW, sender->snapshot, page_len);
  if (sender->phase == XBZ_PHASE_BULK)
    return XBZ_EVENT_BULK;
  return xbz_sender_keep(sender, page_no) ? XBZ_EVENT_INSERTED
                                          : XBZ_EVENT_MISSED;
}

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "sender_step.h"

#include "../xbz_backend.h"
#include "bytes.h"
#include "cache_set.h"
#include "separate.h"

#ifdef __FRAMAC__
#include "../../proofs/lemmas/alike.acsl"
#include "../../proofs/lemmas/retaken.acsl"
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

/* Read the page, once [P-24]. (A compiler that sees two copies in a row may
 * make the second from the first one's source: from memory that has changed
 * since.)
 */
/*@ requires wf:        SenderWf(sender);
    requires source:    SenderSource(sender, live);
    assigns  sender->snapshot[0 .. CachePageLen(sender->cache) - 1];
    ensures  wf:        SenderWf(sender);
    ensures  taken:     Copied{Pre,Post}(sender->snapshot, 0, live, 0,
                                         SenderPageLen(sender));
*/
static XBZ_SEPARATE void xbz_sender_take(const xbz_sender *sender,
                                         const uint8_t *live) {
  xbz_bytes_copy(sender->snapshot, 0, live, 0, sender->cache->page_len);
}

/* Where to read a page that is held: in place, by a backend for which one
 * reading of each byte counts [P-24]; the reference gets a snapshot. */
/*@ requires wf:        SenderWf(sender);
    requires source:    SenderSource(sender, live);
    assigns  sender->snapshot[0 .. CachePageLen(sender->cache) - 1];
    assigns  \result \from sender->snapshot, live;
    ensures  wf:        SenderWf(sender);
    ensures  seen:      \result == live || \result == sender->snapshot;
    ensures  taken:     Copied{Pre,Post}(\result, 0, live, 0,
                                         SenderPageLen(sender));
*/
static const uint8_t *xbz_sender_view(const xbz_sender *sender,
                                      const uint8_t *live) {
  if (sender->backend != XBZ_BACKEND_REF)
    return live;
  xbz_sender_take(sender, live);
  return sender->snapshot;
}

/* Make the slot the page, and the delta from what it was; say whether the page
 * is zero. */
/*@ requires wf:        SenderWf(sender);
    requires source:    SenderView(sender, page);
    requires slot:      slot < CacheSlots(sender->cache);
    requires results:   \valid(len) && \valid(zero) &&
                        SenderAway(sender, len, zero, page);
    assigns  *len, *zero, sender->delta[0 .. CachePageLen(sender->cache) - 1],
             sender->cache->bytes[0 .. CacheLen(sender->cache) - 1];
    ensures  wf:        SenderWf(sender);
    ensures  status:    \result == XBZ_OK || \result == XBZ_UNCHANGED ||
                        \result == XBZ_NO_FIT;
    ensures  unchanged: \result == XBZ_UNCHANGED ==>
                        CacheCopied{Pre,Pre}(sender->cache, slot, page, 0);
    ensures  delta:     \result == XBZ_OK ==>
                        1 <= *len <= SenderPageLen(sender) &&
                        Canonical{Pre,Post}(CacheSlot{Pre}(sender->cache, slot),
                                            page, SenderPageLen(sender), 0,
                                            sender->delta, 0, *len);
    ensures  zero:      *zero != 0 <==>
                        AllZero{Pre}(page, 0, SenderPageLen(sender));
    ensures  kept:      CacheCopied{Pre,Post}(sender->cache, slot, page, 0);
    ensures  others:    CacheOtherBytes{Pre,Post}(sender->cache, slot);
*/
static xbz_status xbz_sender_renew(const xbz_sender *sender, size_t slot,
                                   size_t *len, int *zero,
                                   const uint8_t *page) {
  uint32_t page_len = sender->cache->page_len;
  uint8_t *held = xbz_cache_page(sender->cache, slot);
  //@ assert row: RowIn(slot, page_len, CacheSlots(sender->cache));
  //@ assert slot: held == sender->cache->bytes + Cells(slot, page_len);
  //@ assert in: Cells(slot, page_len) + page_len <= CacheLen(sender->cache);
  xbz_status status =
      xbz_page_encode_update_with(sender->backend, sender->delta, page_len, len,
                                  zero, held, page, page_len);
  /*@ assert outside: \forall integer k; 0 <= k < CacheLen(sender->cache) &&
        (k < Cells(slot, page_len) || Cells(slot, page_len) + page_len <= k) ==>
          Byte(sender->cache->bytes, k) == Byte{Pre}(sender->cache->bytes, k);
  */
  //@ assert whole: Copied{Pre,Here}(held, 0, page, 0, page_len);
  /*@ assert entries: EntriesSame{Pre,Here}(sender->cache->entries, 0,
                                            CacheSlots(sender->cache)); */
  //@ assert cache: CacheWf(sender->cache);
  return status;
}

/* The same, of a page that may change meanwhile. */
/*@ requires wf:        SenderWf(sender);
    requires source:    SenderSource(sender, live);
    requires slot:      slot < CacheSlots(sender->cache);
    requires results:   \valid(len) && \valid(zero) &&
                        SenderAway(sender, len, zero, live);
    assigns  *len, *zero,
             sender->snapshot[0 .. CachePageLen(sender->cache) - 1],
             sender->delta[0 .. CachePageLen(sender->cache) - 1],
             sender->cache->bytes[0 .. CacheLen(sender->cache) - 1];
    ensures  wf:        SenderWf(sender);
    ensures  status:    \result == XBZ_OK || \result == XBZ_UNCHANGED ||
                        \result == XBZ_NO_FIT;
    ensures  unchanged: \result == XBZ_UNCHANGED ==>
                        CacheCopied{Pre,Pre}(sender->cache, slot, live, 0);
    ensures  delta:     \result == XBZ_OK ==>
                        1 <= *len <= SenderPageLen(sender) &&
                        Canonical{Pre,Post}(CacheSlot{Pre}(sender->cache, slot),
                                            live, SenderPageLen(sender), 0,
                                            sender->delta, 0, *len);
    ensures  zero:      *zero != 0 <==>
                        AllZero{Pre}(live, 0, SenderPageLen(sender));
    ensures  kept:      CacheCopied{Pre,Post}(sender->cache, slot, live, 0);
    ensures  others:    CacheOtherBytes{Pre,Post}(sender->cache, slot);
*/
static XBZ_SEPARATE xbz_status xbz_sender_update(const xbz_sender *sender,
                                                 size_t slot, size_t *len,
                                                 int *zero,
                                                 const uint8_t *live) {
  const uint8_t *page = xbz_sender_view(sender, live);
  //@ assert alike: Alike{Here,Pre}(page, live, SenderPageLen(sender));
  /*@ assert zero: AllZero(page, 0, SenderPageLen(sender)) <==>
                   AllZero{Pre}(live, 0, SenderPageLen(sender)); */
  /*@ assert bytes: Unchanged{Pre,Here}(CacheBytes(sender->cache), 0,
                                        CacheLen(sender->cache)); */
  /*@ assert pages: RowIn(slot, SenderPageLen(sender),
                          CacheSlots(sender->cache)) &&
                    PageKept{Pre,Here}(CacheBytes(sender->cache), slot,
                                       SenderPageLen(sender)); */
  /*@ assert slot: Alike{Here,Pre}(CacheSlot(sender->cache, slot),
                                   CacheSlot{Pre}(sender->cache, slot),
                                   SenderPageLen(sender)); */
  //@ ghost viewed: ;
  xbz_status status = xbz_sender_renew(sender, slot, len, zero, page);
  /*@ assert canonical: status == XBZ_OK ==>
        Canonical{viewed,Here}(CacheSlot{Pre}(sender->cache, slot), page,
                               SenderPageLen(sender), 0, sender->delta, 0,
                               *len); */
  /*@ assert too: status == XBZ_OK ==>
        CanonicalToo{viewed,Pre,Here}(CacheSlot{Pre}(sender->cache, slot), page,
                                      CacheSlot{Pre}(sender->cache, slot), live,
                                      SenderPageLen(sender), sender->delta,
                                      *len); */
  return status;
}

/* The message for a page that the slot holds; the slot then holds it as it is.
 */
/*@ requires wf:        SenderWf(sender);
    requires source:    SenderSource(sender, live);
    requires slot:      slot < CacheSlots(sender->cache) &&
                        CacheHolds(sender->cache, slot, page_no);
    assigns  sender->snapshot[0 .. CachePageLen(sender->cache) - 1],
             sender->delta[0 .. CachePageLen(sender->cache) - 1],
             sender->cache->bytes[0 .. CacheLen(sender->cache) - 1];
    ensures  wf:        SenderWf(sender);
    ensures  event:     \result.event == XBZ_EVENT_ZERO ||
                        \result.event == XBZ_EVENT_UNCHANGED ||
                        \result.event == XBZ_EVENT_DELTA ||
                        \result.event == XBZ_EVENT_OVERFLOW;
    ensures  zero:      EventZero{Pre}(sender, live, \result.event);
    ensures  page_no:   \result.message.page_no == page_no;
    ensures  unchanged: \result.event == XBZ_EVENT_UNCHANGED ==>
                        CacheHeldIs{Pre}(sender->cache, page_no, live);
    ensures  message:   MessageOf{Pre,Post}(sender, \result.message, live,
                                            \result.event);
    ensures  private:   MessagePrivate(sender, \result.message);
    ensures  delta:     \result.event == XBZ_EVENT_DELTA ==>
                        Canonical{Pre,Post}(CacheSlot{Pre}(sender->cache, slot),
                                            live, SenderPageLen(sender), 0,
                                            sender->delta, 0,
                                            \result.message.len);
    ensures  kept:      CacheCopied{Pre,Post}(sender->cache, slot, live, 0);
    ensures  others:    CacheOtherBytes{Pre,Post}(sender->cache, slot);
*/
static xbz_sent xbz_sender_hit(const xbz_sender *sender, uint64_t page_no,
                               size_t slot, const uint8_t *live) {
  uint32_t page_len = sender->cache->page_len;
  const uint8_t *held = xbz_cache_page(sender->cache, slot);
  size_t len = 0;
  int zero = 0;
  xbz_status status = xbz_sender_update(sender, slot, &len, &zero, live);
  //@ assert slot: held == sender->cache->bytes + Cells(slot, page_len);
  //@ assert whole: Copied{Pre,Here}(held, 0, live, 0, page_len);
  if (zero)
    return xbz_sent_as(XBZ_EVENT_ZERO, page_no, held, 0);
  if (status == XBZ_UNCHANGED)
    return xbz_sent_as(XBZ_EVENT_UNCHANGED, page_no, held, 0);
  if (status == XBZ_OK)
    return xbz_sent_as(XBZ_EVENT_DELTA, page_no, sender->delta, len);
  return xbz_sent_as(XBZ_EVENT_OVERFLOW, page_no, held, page_len);
}

/* The message for the snapshot of a page that no slot holds, which may then be
 * kept: no page that is new to the cache is copied in the last round. */
/*@ requires wf:        SenderWf(sender);
    requires absent:    CacheAbsent(sender->cache, page_no);
    assigns  sender->cache->entries[0 .. CacheSlots(sender->cache) - 1],
             sender->cache->bytes[0 .. CacheLen(sender->cache) - 1];
    ensures  wf:        SenderWf(sender);
    ensures  zero:      EventZero{Pre}(sender, sender->snapshot, \result.event);
    ensures  event:     \result.event == XBZ_EVENT_ZERO ||
                        \result.event == XBZ_EVENT_BULK ||
                        \result.event == XBZ_EVENT_INSERTED ||
                        \result.event == XBZ_EVENT_MISSED;
    ensures  miss:      EventMiss(sender, page_no, \result.event);
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
  const int zero = xbz_bytes_are_zero(sender->snapshot, 0, page_len);
  xbz_event event = XBZ_EVENT_BULK;
  if (sender->phase == XBZ_PHASE_LAST)
    event = XBZ_EVENT_MISSED;
  if (sender->phase == XBZ_PHASE_ROUND)
    event = xbz_cache_admit(sender->cache, page_no, sender->snapshot,
                            sender->generation)
                ? XBZ_EVENT_INSERTED
                : XBZ_EVENT_MISSED;
  if (zero)
    return xbz_sent_as(XBZ_EVENT_ZERO, page_no, sender->snapshot, 0);
  return xbz_sent_as(event, page_no, sender->snapshot, page_len);
}

xbz_sent xbz_sender_step(xbz_sender *sender, uint64_t page_no,
                         const uint8_t *live) {
  size_t slot = 0;
  if (xbz_cache_lookup(sender->cache, &slot, page_no, sender->generation) ==
      XBZ_OK)
    return xbz_sender_hit(sender, page_no, slot, live);
  xbz_sender_take(sender, live);
  /*@ assert zero: AllZero(sender->snapshot, 0, SenderPageLen(sender)) <==>
        AllZero{Pre}(live, 0, SenderPageLen(sender)); */
  /*@ assert bytes: Unchanged{Pre,Here}(CacheBytes(sender->cache), 0,
                                        CacheLen(sender->cache)); */
  /*@ assert pages: \forall integer i; 0 <= i < CacheSlots(sender->cache) ==>
        RowIn(i, SenderPageLen(sender), CacheSlots(sender->cache)) &&
        PageKept{Pre,Here}(CacheBytes(sender->cache), i,
                           SenderPageLen(sender)); */
  xbz_sent sent = xbz_sender_miss(sender, page_no);
  //@ assert kept: CacheIfKept{Pre,Here}(sender->cache, page_no, live);
  //@ assert others: CacheNoOther{Pre,Here}(sender->cache, page_no);
  return sent;
}

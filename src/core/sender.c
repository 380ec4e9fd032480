/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "bytes.h"
#include "sender_step.h"

#ifdef __FRAMAC__
#include "../../proofs/lemmas/retaken.acsl"
#endif

/* A compiler that sees two copies in a row may make the second from the first
   one's source: from memory that has changed since. */
#if defined(__GNUC__) && !defined(__FRAMAC__)
#define XBZ_SEPARATE __attribute__((noinline))
#else
#define XBZ_SEPARATE
#endif

/* Read the page, once [P-24]. */
/*@ requires wf:        SenderWf(sender);
    requires readable:  \valid_read(live + (0 .. SenderPageLen(sender) - 1));
    requires apart:     SenderApart(sender, live, SenderPageLen(sender));
    assigns  sender->snapshot[0 .. CachePageLen(sender->cache) - 1];
    ensures  wf:        SenderWf(sender);
    ensures  taken:     Copied{Pre,Post}(sender->snapshot, 0, live, 0,
                                         SenderPageLen(sender));
*/
static XBZ_SEPARATE void xbz_sender_take(const xbz_sender *sender,
                                         const uint8_t *live) {
  xbz_bytes_copy(sender->snapshot, 0, live, 0, sender->cache->page_len);
}

/*@ assigns  \nothing;
    ensures  sum: \result == Count(counter, n);
*/
static uint64_t xbz_count(uint64_t counter, uint64_t n) {
  return n > UINT64_MAX - counter ? UINT64_MAX : counter + n;
}

/*@ requires writable:  \valid(counters);
    requires event:     XBZ_EVENT_ZERO <= event <= XBZ_EVENT_MISSED;
    requires len:       len <= XBZ_PAGE_LEN_MAX;
    assigns  *counters;
    ensures  counted:   Counted{Pre,Post}(counters, event, len);
*/
static void xbz_counters_add(xbz_counters *counters, xbz_event event,
                             uint64_t len) {
  const uint64_t delta = event == XBZ_EVENT_DELTA;
  const uint64_t overflow = event == XBZ_EVENT_OVERFLOW;
  const uint64_t miss =
      event == XBZ_EVENT_INSERTED || event == XBZ_EVENT_MISSED;
  const uint64_t cost = delta ? len + 3 : (overflow ? len : 0);
  counters->zero = xbz_count(counters->zero, event == XBZ_EVENT_ZERO);
  counters->normal =
      xbz_count(counters->normal, overflow + miss + (event == XBZ_EVENT_BULK));
  counters->pages = xbz_count(
      counters->pages, delta + overflow + (event == XBZ_EVENT_UNCHANGED));
  counters->bytes = xbz_count(counters->bytes, cost);
  counters->miss = xbz_count(counters->miss, miss);
  counters->overflow = xbz_count(counters->overflow, overflow);
}

/* Count, and change nothing else. */
/*@ requires wf:        SenderWf(sender);
    requires event:     XBZ_EVENT_ZERO <= event <= XBZ_EVENT_MISSED;
    requires len:       len <= XBZ_PAGE_LEN_MAX;
    assigns  sender->counters;
    ensures  wf:        SenderWf(sender);
    ensures  entries:   EntriesSame{Pre,Post}(sender->cache->entries, 0,
                                              CacheSlots(sender->cache));
    ensures  counted:   Counted{Pre,Post}(&sender->counters, event, len);
*/
static void xbz_sender_count(xbz_sender *sender, xbz_event event,
                             uint64_t len) {
  xbz_counters_add(&sender->counters, event, len);
}

/* Take a snapshot, and make the message for it. */
/*@ requires wf:        SenderWf(sender);
    requires source:    SenderSource(sender, live);
    assigns  sender->snapshot[0 .. CachePageLen(sender->cache) - 1],
             sender->delta[0 .. CachePageLen(sender->cache) - 1],
             sender->cache->entries[0 .. CacheSlots(sender->cache) - 1],
             sender->cache->entries[0 .. CacheSlots(sender->cache) - 1].age,
             sender->cache->bytes[0 .. CacheLen(sender->cache) - 1];
    ensures  wf:        SenderWf(sender);
    ensures  zero:      EventZero{Pre}(sender, live, \result.event);
    ensures  hit:       EventHit{Pre}(sender, page_no, \result.event);
    ensures  same:      EventSame{Pre}(sender, page_no, live,
                                       \result.event);
    ensures  miss:      EventMiss(sender, page_no, \result.event);
    ensures  page_no:   \result.message.page_no == page_no;
    ensures  message:   MessageOf{Pre,Post}(sender, \result.message, live,
                                            \result.event);
    ensures  private:   MessagePrivate(sender, \result.message);
    ensures  kept:      CacheIfKept{Pre,Post}(sender->cache, page_no, live);
    ensures  others:    CacheNoOther{Pre,Post}(sender->cache, page_no);
*/
static xbz_sent xbz_sender_make(xbz_sender *sender, uint64_t page_no,
                                const uint8_t *live) {
  xbz_sender_take(sender, live);
  /*@ assert zero: AllZero(sender->snapshot, 0, SenderPageLen(sender)) <==>
        AllZero{Pre}(live, 0, SenderPageLen(sender)); */
  /*@ assert bytes: Unchanged{Pre,Here}(CacheBytes(sender->cache), 0,
                                        CacheLen(sender->cache)); */
  /*@ assert pages: \forall integer i; 0 <= i < CacheSlots(sender->cache) ==>
        RowIn(i, SenderPageLen(sender), CacheSlots(sender->cache)) &&
        PageKept{Pre,Here}(CacheBytes(sender->cache), i,
                           SenderPageLen(sender)); */
  /*@ assert equal: CacheHeldIs(sender->cache, page_no, sender->snapshot) ==>
        CacheHeldIs{Pre}(SenderCache{Pre}(sender), page_no, live); */
  return xbz_sender_step(sender, page_no);
}

xbz_sent xbz_sender_page(xbz_sender *sender, uint64_t page_no,
                         const uint8_t *live) {
  xbz_sent sent = xbz_sender_make(sender, page_no, live);
  xbz_sender_count(sender, sent.event, sent.message.len);
  return sent;
}

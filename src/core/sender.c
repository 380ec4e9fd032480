/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "sender_step.h"

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

xbz_sent xbz_sender_page(xbz_sender *sender, uint64_t page_no,
                         const uint8_t *live) {
  /*@ assert whole: \separated(&sender->counters, sender->cache->entries +
                                (0 .. CacheSlots(sender->cache) - 1)); */
  //@ assert apart: CountersApart(&sender->counters, sender->cache);
  xbz_sent sent = xbz_sender_step(sender, page_no, live);
  //@ assert counters: CountersSame{Pre,Here}(&sender->counters);
  xbz_sender_count(sender, sent.event, sent.message.len);
  return sent;
}

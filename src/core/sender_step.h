/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* The step of a sender, but for the counters. */
#ifndef XBZ_CORE_SENDER_STEP_H
#define XBZ_CORE_SENDER_STEP_H

#include "../xbz.h"

/* Make the message for the page as it is now [P-24], [P-25]. */
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
    ensures  message:   MessageOf{Pre,Post}(sender, \result.message,
                                            live, \result.event);
    ensures  private:   MessagePrivate(sender, \result.message);
    ensures  delta:     \result.event == XBZ_EVENT_DELTA ==>
                        DeltaOf{Pre,Post}(sender, page_no, live,
                                          \result.message.len);
    ensures  kept:      CacheIfKept{Pre,Post}(sender->cache, page_no, live);
    ensures  others:    CacheNoOther{Pre,Post}(sender->cache, page_no);
*/
xbz_sent xbz_sender_step(xbz_sender *sender, uint64_t page_no,
                         const uint8_t *live);

#endif

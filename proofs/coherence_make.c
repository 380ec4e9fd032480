/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* A step, by the shipped sender: its message fits the receiver's page. Provers
   are led from the state before the step to the one after. */
#include "coherence_page.h"

#include "../src/core/cache_set.h"
#include "../src/core/sender_step.h"
#include "lemmas/page_delta.acsl"

xbz_sent xbz_theorem_make(xbz_sender *sender, uint64_t page_no,
                          const uint8_t *live, const uint8_t *mem, size_t n) {
  size_t len = sender->cache->page_len;
  size_t slot = xbz_cache_find(sender->cache, page_no);
  /*@ assert mem_apart: \forall integer i; 0 <= i < Cells(n, len) ==>
        \separated(mem + i, sender->snapshot +
                            (0 .. CachePageLen(sender->cache) - 1)) &&
        \separated(mem + i, sender->delta +
                            (0 .. CachePageLen(sender->cache) - 1)) &&
        \separated(mem + i, sender->cache->bytes +
                            (0 .. CacheLen(sender->cache) - 1)); */
  /*@ assert live_apart: \forall integer i; 0 <= i < len ==>
        \separated(live + i, sender->snapshot +
                            (0 .. CachePageLen(sender->cache) - 1)) &&
        \separated(live + i, sender->delta +
                            (0 .. CachePageLen(sender->cache) - 1)) &&
        \separated(live + i, sender->cache->bytes +
                            (0 .. CacheLen(sender->cache) - 1)); */
  xbz_sent sent = xbz_sender_step(sender, page_no, live);
  //@ assert live: Unchanged{Pre,Here}(live, 0, len);
  //@ assert shown: PagesKept{Pre,Here}(live, 1, len);
  //@ assert mem: Unchanged{Pre,Here}(mem, 0, Cells(n, len));
  //@ assert pages: PagesKept{Pre,Here}(mem, n, len);
  //@ assert fixed: CacheFixed{Pre,Here}(sender->cache);
  /*@ assert same: sent.event == XBZ_EVENT_UNCHANGED ==>
        PageCopied{Pre,Pre}(mem, page_no, live, 0, len); */
  /*@ assert same_still: sent.event == XBZ_EVENT_UNCHANGED ==>
        PageCopied{Here,Here}(mem, page_no, live, 0, len); */
  /*@ assert delta: sent.event == XBZ_EVENT_DELTA ==>
        CanonicalToo{Pre,Here,Here}(CacheSlot{Pre}(sender->cache, slot),
                                    live, mem + Cells(page_no, len), live,
                                    len, sender->delta,
                                    sent.message.len); */
  /*@ assert canonical: sent.event == XBZ_EVENT_DELTA ==>
        Canonical{Here,Here}(mem + Cells(page_no, len), live, len,
                             0, sender->delta, 0, sent.message.len); */
  return sent;
}

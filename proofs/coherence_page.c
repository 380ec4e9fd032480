/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "coherence.h"
#include "coherence_page.h"

#include "../src/core/cache_set.h"
#include "../src/core/sender_step.h"
#include "lemmas/coherence.acsl"

/* One step: the message makes the snapshot of the receiver's page. */
/*@ requires wf:       SenderWf(sender);
    requires memory:   ReceiverApart(sender, mem, n);
    requires page:     page_no < n;
    requires coherent: Coherent(sender->cache, mem, n);
    assigns  sender->delta[0 .. CachePageLen(sender->cache) - 1],
             sender->cache->entries[0 .. CacheSlots(sender->cache) - 1],
             sender->cache->entries[0 .. CacheSlots(sender->cache) - 1].age,
             sender->cache->bytes[0 .. CacheLen(sender->cache) - 1];
    ensures  wf:       SenderWf(sender);
    ensures  held:     CacheHeldIs(sender->cache, page_no, sender->snapshot);
    ensures  but:      CoherentBut(sender->cache, mem, n, page_no);
    ensures  nothing:  \result.event == XBZ_EVENT_UNCHANGED ==>
      PageCopied{Post,Post}(mem, page_no, sender->snapshot, 0, SenderPageLen(sender));
*/
static xbz_sent xbz_theorem_make(xbz_sender *sender, uint64_t page_no,
                                 const uint8_t *mem, size_t n) {
  size_t len = sender->cache->page_len;
  size_t slot = xbz_cache_find(sender->cache, page_no);
  xbz_sent sent = xbz_sender_step(sender, page_no);
  //@ assert snapshot: Unchanged{Pre,Here}(sender->snapshot, 0, Cells(1, len));
  //@ assert mem: Unchanged{Pre,Here}(mem, 0, Cells(n, len));
  //@ assert pages: PagesKept{Pre,Here}(mem, n, len);
  //@ assert shown: PagesKept{Pre,Here}(sender->snapshot, 1, len);
  //@ assert fixed: CacheFixed{Pre,Here}(sender->cache);
  /*@ assert same: sent.event == XBZ_EVENT_UNCHANGED ==>
        PageCopied{Pre,Pre}(mem, page_no, sender->snapshot, 0, len); */
  return sent;
}

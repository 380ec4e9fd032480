/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * The coherence of sender and receiver [P-31], over the shipped code: every
 * event keeps it.
 *
 * These functions are never compiled into anything: what is proved of them is
 * the theorem. The receiver's memory is mem, of n pages.
 */
#include "coherence.h"
#include "delta.h"

#include "lemmas/alike.acsl"

/* One step, and the message that it makes applied. */
/*@ requires wf:       SenderWf(sender);
    requires memory:   SenderSource(sender, live) &&
                       ReceiverApart(sender, mem, n);
    requires apart:    \separated(mem + (0 .. Cells(n, SenderPageLen(sender)) -
                                         1),
                                  live + (0 .. SenderPageLen(sender) - 1));
    requires page:     page_no < n;
    requires coherent: Coherent(sender->cache, mem, n);
    assigns  sender->counters,
             sender->snapshot[0 .. CachePageLen(sender->cache) - 1],
             sender->delta[0 .. CachePageLen(sender->cache) - 1],
             sender->cache->entries[0 .. CacheSlots(sender->cache) - 1],
             sender->cache->entries[0 .. CacheSlots(sender->cache) - 1].age,
             sender->cache->bytes[0 .. CacheLen(sender->cache) - 1],
             mem[0 .. Cells(n, SenderPageLen(sender)) - 1];
    ensures  wf:       SenderWf(sender);
    ensures  accepted: \result == XBZ_OK;
    ensures  sent:     PageCopied{Pre,Post}(mem, page_no, live, 0,
                                            SenderPageLen{Pre}(sender));
    ensures  others:   OtherPages{Pre,Post}(mem, n, page_no,
                                            SenderPageLen{Pre}(sender));
    ensures  coherent: Coherent(sender->cache, mem, n);
*/
static xbz_status xbz_theorem_page(xbz_sender *sender, uint64_t page_no,
                                   const uint8_t *live, uint8_t *mem,
                                   size_t n) {
  xbz_status status = XBZ_OK;
  size_t len = sender->cache->page_len;
  //@ assert row: RowIn(page_no, len, n);
  uint8_t *page = mem + page_no * len;
  xbz_sent sent = xbz_sender_page(sender, page_no, live);
  xbz_event event = sent.event;
  //@ assert live: Unchanged{Pre,Here}(live, 0, len);
  //@ assert mem: Unchanged{Pre,Here}(mem, 0, Cells(n, len));
  //@ assert held: CacheHeldIs(sender->cache, page_no, live);
  //@ assert but: CoherentBut(sender->cache, mem, n, page_no);
made:
  if (event == XBZ_EVENT_DELTA) {
    /*@ assert canonical: Canonical{Here,Here}(page, live, len, 0,
                                               sent.message.bytes, 0,
                                               sent.message.len); */
    status = xbz_theorem_delta(page, live, len, sent.message.bytes,
                               sent.message.len);
  } else if (event != XBZ_EVENT_UNCHANGED) {
    status = xbz_receiver_apply(page, len, sent.message.kind,
                                sent.message.bytes, sent.message.len);
  }
  //@ assert accepted: status == XBZ_OK;
  //@ assert sent: Copied{made,Here}(page, 0, live, 0, len);
  //@ assert others: OtherPages{made,Here}(mem, n, page_no, len);
  //@ assert held_still: CacheHeldIs(sender->cache, page_no, live);
  //@ assert but_still: CoherentBut(sender->cache, mem, n, page_no);
  return status;
}

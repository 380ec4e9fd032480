/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * The coherence of sender and receiver [P-31], between the pages: every call of
 * a session keeps it or restores it. The receiver's memory is mem, of n pages.
 *
 * These functions are never compiled into anything: what is proved of them is
 * the theorem.
 */
#include "coherence.h"

/* Beginning, also after a cancelled session: coherent with any memory. */
/*@ requires wf:       SenderWf(sender);
    requires memory:   ReceiverApart(sender, mem, n);
    assigns  sender->generation, sender->counters, sender->phase,
             sender->cache->entries[0 .. CacheSlots(sender->cache) - 1].used;
    ensures  wf:       SenderWf(sender);
    ensures  coherent: Coherent(sender->cache, mem, n);
*/
static void xbz_theorem_begin(xbz_sender *sender, const uint8_t *mem,
                              size_t n) {
  xbz_sender_begin(sender);
}

/* Disabling, and enabling again: coherent with any memory. */
/*@ requires wf:       SenderWf(sender);
    requires memory:   ReceiverApart(sender, mem, n);
    assigns  sender->phase,
             sender->cache->entries[0 .. CacheSlots(sender->cache) - 1].used;
    ensures  wf:       SenderWf(sender);
    ensures  coherent: Coherent(sender->cache, mem, n);
*/
static void xbz_theorem_disable(xbz_sender *sender, const uint8_t *mem,
                                size_t n) {
  xbz_sender_disable(sender);
  xbz_sender_enable(sender);
}

/* The next generation, and the last round. */
/*@ requires wf:       SenderWf(sender);
    requires memory:   ReceiverApart(sender, mem, n);
    requires coherent: Coherent(sender->cache, mem, n);
    assigns  sender->generation, sender->phase;
    ensures  wf:       SenderWf(sender);
    ensures  coherent: Coherent(sender->cache, mem, n);
*/
static void xbz_theorem_rounds(xbz_sender *sender, const uint8_t *mem,
                               size_t n) {
  xbz_sender_enable(sender);
  xbz_sender_sync(sender);
  xbz_sender_last(sender);
}

/* A page that changes behind the sender's back, of which the sender is told. */
/*@ requires wf:       SenderWf(sender);
    requires memory:   ReceiverApart(sender, mem, n);
    requires page:     page_no < n;
    requires other:    \valid_read(other + (0 .. SenderPageLen(sender) - 1)) &&
                       \separated(other + (0 .. SenderPageLen(sender) - 1),
                                  mem + (0 .. Cells(n, SenderPageLen(sender)) -
                                         1));
    requires coherent: Coherent(sender->cache, mem, n);
    assigns  sender->cache->entries[0 .. CacheSlots(sender->cache) - 1].used,
             mem[0 .. Cells(n, SenderPageLen(sender)) - 1];
    ensures  wf:       SenderWf(sender);
    ensures  coherent: Coherent(sender->cache, mem, n);
*/
static void xbz_theorem_bypass(xbz_sender *sender, uint8_t *mem, size_t n,
                               uint64_t page_no, const uint8_t *other) {
  size_t len = sender->cache->page_len;
  //@ assert row: RowIn(page_no, len, n);
  (void)xbz_sender_invalidate(sender, page_no);
  //@ assert but: CoherentBut(sender->cache, mem, n, page_no);
told:
  xbz_bytes_copy(mem, page_no * len, other, 0, len);
  //@ assert others: OtherPages{told,Here}(mem, n, page_no, len);
  //@ assert still: CoherentBut(sender->cache, mem, n, page_no);
}

/* A resize, whatever it keeps. */
/*@ requires wf:       SenderWf(sender);
    requires memory:   ReceiverApart(sender, mem, n);
    requires storage:  CacheAccepts(entries, bytes, sets, ways,
                                    sender->cache->page_len) ==>
                         SenderNewStorage(sender, entries, bytes,
                                          Cells(sets, ways));
    requires apart:    \separated(mem + (0 .. Cells(n, SenderPageLen(sender)) -
                                         1),
                                  bytes + (0 ..
                                    Cells(Cells(sets, ways),
                                          SenderPageLen(sender)) - 1)) &&
                       \separated(mem + (0 .. Cells(n, SenderPageLen(sender)) -
                                         1),
                                  entries + (0 .. Cells(sets, ways) - 1));
    requires coherent: Coherent(sender->cache, mem, n);
    assigns  *sender->cache, entries[0 .. Cells(sets, ways) - 1],
             bytes[0 .. Cells(Cells(sets, ways),
                              sender->cache->page_len) - 1];
    ensures  wf:       SenderWf(sender);
    ensures  coherent: Coherent(sender->cache, mem, n);
*/
static void xbz_theorem_resize(xbz_sender *sender, const uint8_t *mem, size_t n,
                               xbz_cache_entry *entries, uint8_t *bytes,
                               uint32_t sets, uint32_t ways,
                               xbz_cache_keep keep) {
  xbz_status status =
      xbz_sender_resize(sender, entries, bytes, sets, ways, keep);
  (void)status;
  /*@ assert mem: Unchanged{Pre,Here}(mem, 0,
                                      Cells(n, SenderPageLen{Pre}(sender))); */
}

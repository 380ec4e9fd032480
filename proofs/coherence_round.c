/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * A round [P-31]: the dirty pages of a guest that stands still, each sent and
 * applied by the shipped code. Where all other pages are the receiver's
 * already, all are afterwards: so the last round ends a migration.
 *
 * These functions are never compiled into anything: what is proved of them is
 * the theorem. The guest's memory is guest, the receiver's mem, of n pages.
 */
#include "coherence_page.h"

#include "lemmas/round.acsl"

/* The turn of one page. */
/*@ requires wf:       SenderWf(sender);
    requires memory:   ReceiverApart(sender, mem, n);
    requires guest:    GuestApart(sender, guest, mem, n);
    requires page:     page_no < n;
    requires coherent: Coherent(sender->cache, mem, n);
    assigns  sender->snapshot[0 .. CachePageLen(sender->cache) - 1],
             sender->delta[0 .. CachePageLen(sender->cache) - 1],
             sender->cache->entries[0 .. CacheSlots(sender->cache) - 1],
             sender->cache->entries[0 .. CacheSlots(sender->cache) - 1].age,
             sender->cache->bytes[0 .. CacheLen(sender->cache) - 1],
             mem[0 .. Cells(n, SenderPageLen(sender)) - 1];
    ensures  wf:       SenderWf(sender);
    ensures  accepted: \result == XBZ_OK;
    ensures  has:      HasPage(mem, guest, page_no, SenderPageLen(sender));
    ensures  others:   \forall integer i; 0 <= i < n && i != page_no ==>
                         HasPage{Pre}(mem, guest, i, SenderPageLen(sender)) ==>
                           HasPage(mem, guest, i, SenderPageLen(sender));
    ensures  coherent: Coherent(sender->cache, mem, n);
*/
static xbz_status xbz_theorem_turn(xbz_sender *sender, uint64_t page_no,
                                   const uint8_t *guest, uint8_t *mem,
                                   size_t n) {
  size_t len = sender->cache->page_len;
  //@ assert row: RowIn(page_no, len, n);
  size_t at = page_no * len;
  //@ assert start: at == Cells(page_no, len);
  //@ assert source: SenderSource(sender, guest + at);
  /*@ assert apart: \forall integer i; 0 <= i < Cells(n, len) ==>
        PlaceApart(sender, guest + i, mem, n); */
  xbz_status status = xbz_theorem_page(sender, page_no, guest + at, mem, n);
  //@ assert guest: Unchanged{Pre,Here}(guest, 0, Cells(n, len));
  //@ assert pages: PagesKept{Pre,Here}(guest, n, len);
  return status;
}

/* All turns of a round; none is rejected. */
/*@ requires wf:       SenderWf(sender);
    requires memory:   ReceiverApart(sender, mem, n);
    requires guest:    GuestApart(sender, guest, mem, n);
    requires dirty:    \valid_read(dirty + (0 .. n - 1)) &&
                       SenderApart(sender, dirty, n) &&
                       \separated(dirty + (0 .. n - 1), mem +
                                  (0 .. Cells(n, SenderPageLen(sender)) - 1));
    requires coherent: Coherent(sender->cache, mem, n);
    requires clean:    \forall integer i; 0 <= i < n && dirty[i] == 0 ==>
                         HasPage(mem, guest, i, SenderPageLen(sender));
    assigns  sender->snapshot[0 .. CachePageLen(sender->cache) - 1],
             sender->delta[0 .. CachePageLen(sender->cache) - 1],
             sender->cache->entries[0 .. CacheSlots(sender->cache) - 1],
             sender->cache->entries[0 .. CacheSlots(sender->cache) - 1].age,
             sender->cache->bytes[0 .. CacheLen(sender->cache) - 1],
             mem[0 .. Cells(n, SenderPageLen(sender)) - 1];
    ensures  wf:       SenderWf(sender);
    ensures  accepted: \result == 0;
    ensures  equal:    \forall integer i; 0 <= i < n ==>
                         HasPage(mem, guest, i, SenderPageLen(sender));
    ensures  coherent: Coherent(sender->cache, mem, n);
*/
static size_t xbz_theorem_round(xbz_sender *sender, const uint8_t *guest,
                                uint8_t *mem, const uint8_t *dirty, size_t n) {
  size_t rejected = 0;
  /*@ assert apart: \forall integer i; 0 <= i < n ==>
        PlaceApart(sender, dirty + i, mem, n); */
  /*@ loop invariant range:    0 <= p <= n;
      loop invariant accepted: rejected == 0;
      loop invariant wf:       SenderWf(sender);
      loop invariant coherent: Coherent(sender->cache, mem, n);
      loop invariant has:      \forall integer i; 0 <= i < n &&
                                 (i < p || Byte{Pre}(dirty, i) == 0) ==>
                                   HasPage(mem, guest, i,
                                           SenderPageLen(sender));
      loop invariant dirty:    \forall integer i; 0 <= i < n ==>
                                 Byte(dirty, i) == Byte{Pre}(dirty, i);
      loop assigns p, rejected,
               sender->snapshot[0 .. CachePageLen(sender->cache) - 1],
               sender->delta[0 .. CachePageLen(sender->cache) - 1],
               sender->cache->entries[0 .. CacheSlots(sender->cache) - 1],
               sender->cache->entries[0 .. CacheSlots(sender->cache) - 1].age,
               sender->cache->bytes[0 .. CacheLen(sender->cache) - 1],
               mem[0 .. Cells(n, SenderPageLen(sender)) - 1];
      loop variant n - p;
  */
  for (size_t p = 0; p < n; p++)
    if (dirty[p])
      rejected += xbz_theorem_turn(sender, p, guest, mem, n) != XBZ_OK;
  return rejected;
}

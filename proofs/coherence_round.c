/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * A round [P-31]: the dirty pages of a guest that stands still, each sent and
 * applied by the shipped code. Where all other pages are the receiver's
 * already, all are afterwards: so the last round ends a migration.
 *
 * These functions are never compiled into anything: what is proved of them is
 * the theorem. The guest's memory is guest, the receiver's mem, of n pages.
 */
#include "coherence_round.h"

#include "coherence_page.h"

xbz_status xbz_theorem_turn(xbz_sender *sender, uint64_t page_no,
                            const uint8_t *guest, uint8_t *mem, size_t n) {
  size_t len = sender->cache->page_len;
  //@ assert row: RowIn(page_no, len, n);
  size_t at = page_no * len;
  //@ assert start: at == Cells(page_no, len);
  //@ assert source: SenderSource(sender, guest + at);
  /*@ assert apart: \forall integer i; 0 <= i < Cells(n, len) ==>
        \separated(guest + i, sender->snapshot +
                              (0 .. CachePageLen(sender->cache) - 1)) &&
        \separated(guest + i, sender->delta +
                              (0 .. CachePageLen(sender->cache) - 1)) &&
        \separated(guest + i, sender->cache->bytes +
                              (0 .. CacheLen(sender->cache) - 1)) &&
        \separated(guest + i, mem + (0 .. Cells(n, SenderPageLen(sender)) -
                                         1)); */
  xbz_status status = xbz_theorem_page(sender, page_no, guest + at, mem, n);
  /*@ assert each: \forall integer i; 0 <= i < Cells(n, len) ==>
        \separated(guest + i, mem + (0 .. Cells(n, SenderPageLen(sender)) -
                                         1)) &&
        Byte(guest, i) == Byte{Pre}(guest, i); */
  //@ assert guest: Unchanged{Pre,Here}(guest, 0, Cells(n, len));
  //@ assert pages: PagesKept{Pre,Here}(guest, n, len);
  return status;
}

size_t xbz_theorem_round(xbz_sender *sender, const uint8_t *guest, uint8_t *mem,
                         const int8_t *dirty, size_t n) {
  size_t rejected = 0;
  /*@ loop invariant range:    0 <= p <= n;
      loop invariant accepted: rejected == 0;
      loop invariant wf:       SenderWf(sender);
      loop invariant coherent: Coherent(sender->cache, mem, n);
      loop invariant has:      \forall integer i; 0 <= i < n &&
                                 (i < p || dirty[i] == 0) ==>
                                   HasPage(mem, guest, i,
                                           SenderPageLen(sender));
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

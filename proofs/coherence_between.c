/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * The coherence of sender and receiver [P-31], over the shipped code: a bypass
 * [P-28] and a resize [P-29] keep it. The receiver's memory is mem, of n pages.
 *
 * These functions are never compiled into anything: what is proved of them is
 * the theorem.
 */
#include "coherence_between.h"

#include "../src/core/bytes.h"
#include "lemmas/page_at.acsl"

void xbz_theorem_bypass(xbz_sender *sender, uint64_t page_no, uint8_t *mem,
                        size_t n, const uint8_t *other) {
  size_t len = sender->cache->page_len;
  //@ assert row: RowIn(page_no, len, n);
  size_t at = page_no * len;
  //@ assert start: at == Cells(page_no, len);
  (void)xbz_sender_invalidate(sender, page_no);
  /*@ assert apart: \forall integer i; 0 <= i < CacheLen(sender->cache) ==>
        \separated(sender->cache->bytes + i, mem + (at .. at + len - 1)); */
told:
  /*@ assert numbers: NumbersKept{Pre,Here}(CacheEntries(sender->cache),
                                            CacheSlots(sender->cache)); */
  //@ assert told: CacheFixed{Pre,Here}(sender->cache);
  /*@ assert held: PagesKept{Pre,Here}(CacheBytes(sender->cache),
                                       CacheSlots(sender->cache), len); */
  //@ assert pages: PagesKept{Pre,Here}(mem, n, len);
  //@ assert but: CoherentBut(sender->cache, mem, n, page_no);
  xbz_bytes_copy(mem, at, other, 0, len);
  /*@ assert outside: UnchangedBut{told,Here}(mem, Cells(page_no, len),
                                              Cells(page_no, len) + len); */
  //@ assert others: OtherPages{told,Here}(mem, n, page_no, len);
  /*@ assert bytes: Unchanged{told,Here}(CacheBytes(sender->cache), 0,
                                         CacheLen(sender->cache)); */
  /*@ assert cache: PagesKept{told,Here}(CacheBytes(sender->cache),
                                         CacheSlots(sender->cache), len); */
  //@ assert fixed: CacheFixed{told,Here}(sender->cache);
  /*@ assert entries: EntriesSame{told,Here}(CacheEntries(sender->cache), 0,
                                             CacheSlots(sender->cache)); */
  //@ assert but_still: CoherentBut(sender->cache, mem, n, page_no);
  //@ assert at: CoherentAt(sender->cache, mem, page_no);
}

void xbz_theorem_resize(xbz_sender *sender, const uint8_t *mem, size_t n,
                        xbz_cache_entry *entries, uint8_t *bytes, uint32_t sets,
                        uint32_t ways, xbz_cache_keep keep) {
  /*@ assert apart: \forall integer i;
        0 <= i < Cells(n, SenderPageLen(sender)) ==>
          \separated(mem + i,
                     bytes + (0 .. Cells(Cells(sets, ways),
                                         sender->cache->page_len) - 1)); */
  xbz_status status =
      xbz_sender_resize(sender, entries, bytes, sets, ways, keep);
  //@ assert accepted: status == XBZ_OK;
  (void)status;
  /*@ assert mem: Unchanged{Pre,Here}(mem, 0,
                                      Cells(n, SenderPageLen{Pre}(sender))); */
  //@ assert pages: PagesKept{Pre,Here}(mem, n, SenderPageLen{Pre}(sender));
  /*@ assert moved: keep == XBZ_CACHE_KEEP ==>
        Moved{Pre,Here}(sender->cache, mem, n); */
}

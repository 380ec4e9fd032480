/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * The coherence of sender and receiver [P-31], over the shipped code: every
 * event of a step keeps it. The receiver's memory is mem, of n pages.
 *
 * This function is never compiled into anything: what is proved of it is the
 * theorem. It is about the bytes that the step's reading of the page gives
 * [P-24]: here they stay what they are, and who writes to them later does not
 * matter.
 */
#include "coherence_page.h"

#include "lemmas/page_at.acsl"

xbz_status xbz_theorem_page(xbz_sender *sender, uint64_t page_no,
                            const uint8_t *live, uint8_t *mem, size_t n) {
  xbz_status status;
  size_t len = sender->cache->page_len;
  //@ assert row: RowIn(page_no, len, n);
  size_t at = page_no * len;
  //@ assert start: at == Cells(page_no, len);
  uint8_t *page = mem + at;
  //@ assert page: page == mem + Cells(page_no, len);
  /*@ assert apart: \forall integer i; 0 <= i < CacheLen(sender->cache) ==>
        \separated(sender->cache->bytes + i, page + (0 .. len - 1)); */
  xbz_sent sent = xbz_theorem_make(sender, page_no, live, mem, n);
made:
  status = xbz_theorem_apply(page, live, len, sent.message.kind,
                             sent.message.bytes, sent.message.len);
  /*@ assert outside: UnchangedBut{made,Here}(mem, Cells(page_no, len),
                                              Cells(page_no, len) + len); */
  //@ assert others: OtherPages{made,Here}(mem, n, page_no, len);
  /*@ assert becomes: PageCopied{made,Here}(mem, page_no, live, 0,
                                            len); */
  /*@ assert bytes: Unchanged{made,Here}(CacheBytes(sender->cache), 0,
                                         CacheLen(sender->cache)); */
  /*@ assert cache: PagesKept{made,Here}(CacheBytes(sender->cache),
                                         CacheSlots(sender->cache), len); */
  //@ assert fixed: CacheFixed{made,Here}(sender->cache);
  /*@ assert entries: EntriesSame{made,Here}(CacheEntries(sender->cache), 0,
                                             CacheSlots(sender->cache)); */
  //@ assert but: CoherentBut(sender->cache, mem, n, page_no);
  //@ assert at: CoherentAt(sender->cache, mem, page_no);
  return status;
}

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* A message for a page of the receiver's: made, and applied. */
#ifndef XBZ_PROOFS_COHERENCE_PAGE_H
#define XBZ_PROOFS_COHERENCE_PAGE_H

#include "../src/xbz.h"

#include "lemmas/coherence.acsl"

/*@
  // n bytes are a message of this kind that makes src of the page.
  predicate Makes{L}(uint8_t *page, uint8_t *src, integer len, integer kind,
                     uint8_t *bytes, integer n) =
    kind == XBZ_KIND_NONE ? Copied{L,L}(page, 0, src, 0, len) :
    kind == XBZ_KIND_ZERO ? n == 0 && AllZero{L}(src, 0, len) :
    kind == XBZ_KIND_RAW ?
      n == len && Copied{L,L}(bytes, 0, src, 0, len) :
      kind == XBZ_KIND_DELTA && 1 <= n <= len &&
      Canonical{L,L}(page, src, len, 0, bytes, 0, n);
*/

/* One step: its message makes the page of the receiver's page. */
/*@ requires wf:       SenderWf(sender);
    requires memory:   ReceiverApart(sender, mem, n);
    requires source:   SenderSource(sender, live);
    requires page:     page_no < n;
    requires coherent: Coherent(sender->cache, mem, n);
    assigns  sender->snapshot[0 .. CachePageLen(sender->cache) - 1],
             sender->delta[0 .. CachePageLen(sender->cache) - 1],
             sender->cache->entries[0 .. CacheSlots(sender->cache) - 1],
             sender->cache->entries[0 .. CacheSlots(sender->cache) - 1].age,
             sender->cache->bytes[0 .. CacheLen(sender->cache) - 1];
    ensures  wf:       SenderWf(sender);
    ensures  held:     CacheHeldIs(sender->cache, page_no, live);
    ensures  but:      CoherentBut(sender->cache, mem, n, page_no);
    ensures  makes:    Makes(mem + Cells(page_no, SenderPageLen(sender)),
                             live, SenderPageLen(sender),
                             \result.message.kind, \result.message.bytes,
                             \result.message.len);
    ensures  source:   PageKept{Pre,Post}(live, 0, SenderPageLen(sender));
    ensures  pages:    PagesKept{Pre,Post}(mem, n, SenderPageLen(sender));
    ensures  apart:    MessageApart(mem, Cells(n, SenderPageLen(sender)),
                                    \result.message.bytes,
                                    \result.message.len);
*/
xbz_sent xbz_theorem_make(xbz_sender *sender, uint64_t page_no,
                          const uint8_t *live, const uint8_t *mem, size_t n);

/* Applying a message that makes src of the page, if there is one, does so. */
/*@ requires range:     1 <= len <= XBZ_PAGE_LEN_MAX;
    requires memory:    \valid(page + (0 .. len - 1)) && page != \null &&
                        \valid_read(src + (0 .. len - 1)) &&
                        \separated(page + (0 .. len - 1),
                                   src + (0 .. len - 1));
    requires apart:     MessageApart(page, len, bytes, n);
    requires makes:     Makes(page, src, len, kind, bytes, n);
    assigns  page[0 .. len - 1];
    ensures  accepted:  \result == XBZ_OK;
    ensures  becomes:   Copied{Pre,Post}(page, 0, src, 0, len);
*/
xbz_status xbz_theorem_apply(uint8_t *page, const uint8_t *src, size_t len,
                             uint8_t kind, const uint8_t *bytes, size_t n);

/* One step, and the message that it makes applied. */
/*@ requires wf:       SenderWf(sender);
    requires memory:   ReceiverApart(sender, mem, n);
    requires source:   SenderSource(sender, live) &&
                       \separated(live + (0 .. SenderPageLen(sender) - 1),
                                  mem + (0 .. Cells(n, SenderPageLen(sender)) -
                                              1));
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
    ensures  sent:     PageCopied{Pre,Post}(mem, page_no, live, 0,
                                            SenderPageLen(sender));
    ensures  others:   OtherPages{Pre,Post}(mem, n, page_no,
                                            SenderPageLen(sender));
    ensures  coherent: Coherent(sender->cache, mem, n);
*/
xbz_status xbz_theorem_page(xbz_sender *sender, uint64_t page_no,
                            const uint8_t *live, uint8_t *mem, size_t n);

#endif

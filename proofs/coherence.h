/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* A sender, and a receiver's memory mem of n pages. */
#ifndef XBZ_PROOFS_COHERENCE_H
#define XBZ_PROOFS_COHERENCE_H

#include "../src/core/bytes.h"

/*@
  predicate ReceiverApart{L}(xbz_sender *s, uint8_t *mem, integer n) =
    0 <= n && Cells(n, SenderPageLen(s)) <= SIZE_MAX && mem != \null &&
    \valid(mem + (0 .. Cells(n, SenderPageLen(s)) - 1)) &&
    SenderApart(s, mem, Cells(n, SenderPageLen(s)));

  // Coherent, but for what the cache says of page a.
  predicate CoherentBut{L}(xbz_cache *c, uint8_t *mem, integer n, integer a) =
    \forall integer i; 0 <= i < CacheSlots(c) && c->entries[i].used != 0 &&
      c->entries[i].page_no != a ==>
        c->entries[i].page_no < n &&
        PageCopied{L,L}(CacheBytes(c), i, mem, c->entries[i].page_no,
                        CachePageLen(c));

  // All pages of mem but page a are as they were.
  predicate OtherPages{L1,L2}(uint8_t *mem, integer n, integer a,
                              integer len) =
    \forall integer i; 0 <= i < n && i != a ==> PageKept{L1,L2}(mem, i, len);
*/

#endif

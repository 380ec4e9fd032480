/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* A round of a guest that stands still. */
#ifndef XBZ_PROOFS_COHERENCE_ROUND_H
#define XBZ_PROOFS_COHERENCE_ROUND_H

#include "../src/xbz.h"

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
xbz_status xbz_theorem_turn(xbz_sender *sender, uint64_t page_no,
                            const uint8_t *guest, uint8_t *mem, size_t n);

/* All turns of a round; none is rejected. */
/*@ requires wf:       SenderWf(sender);
    requires memory:   ReceiverApart(sender, mem, n);
    requires guest:    GuestApart(sender, guest, mem, n);
    requires dirty:    \valid_read(dirty + (0 .. n - 1));
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
size_t xbz_theorem_round(xbz_sender *sender, const uint8_t *guest, uint8_t *mem,
                         const int8_t *dirty, size_t n);

#endif

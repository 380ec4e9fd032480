/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* What changes pages, or the cache, other than by a step of the sender. */
#ifndef XBZ_PROOFS_COHERENCE_BETWEEN_H
#define XBZ_PROOFS_COHERENCE_BETWEEN_H

#include "../src/xbz.h"

#include "lemmas/between.acsl"

/* A page that becomes other behind the sender's back, of which it is told. */
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
    ensures  changed:  PageCopied{Pre,Post}(mem, page_no, other, 0,
                                            SenderPageLen(sender));
    ensures  others:   OtherPages{Pre,Post}(mem, n, page_no,
                                            SenderPageLen(sender));
    ensures  coherent: Coherent(sender->cache, mem, n);
*/
void xbz_theorem_bypass(xbz_sender *sender, uint64_t page_no, uint8_t *mem,
                        size_t n, const uint8_t *other);

/* A resize that is not refused, whatever it keeps. */
/*@ requires wf:       SenderWf(sender);
    requires memory:   ReceiverApart(sender, mem, n);
    requires accepts:  CacheAccepts(entries, bytes, sets, ways,
                                    SenderPageLen(sender));
    requires storage:  SenderNewStorage(sender, entries, bytes,
                                        Cells(sets, ways));
    requires apart:    \separated(mem + (0 .. Cells(n, SenderPageLen(sender)) -
                                         1),
                                  bytes + (0 ..
                                    Cells(Cells(sets, ways),
                                          SenderPageLen(sender)) - 1));
    requires coherent: Coherent(sender->cache, mem, n);
    assigns  *sender->cache, entries[0 .. Cells(sets, ways) - 1],
             bytes[0 .. Cells(Cells(sets, ways),
                              sender->cache->page_len) - 1];
    ensures  wf:       SenderWf(sender);
    ensures  coherent: Coherent(sender->cache, mem, n);
*/
void xbz_theorem_resize(xbz_sender *sender, const uint8_t *mem, size_t n,
                        xbz_cache_entry *entries, uint8_t *bytes, uint32_t sets,
                        uint32_t ways, xbz_cache_keep keep);

#endif

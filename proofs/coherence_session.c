/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * The coherence of sender and receiver [P-31], between the pages: what begins
 * or ends the use of the cache restores it, a new generation or round keeps it.
 * The receiver's memory is mem, of n pages.
 *
 * These functions are never compiled into anything: what is proved of them is
 * the theorem.
 */
#include "../src/xbz.h"

#include "lemmas/coherence.acsl"

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

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * The coherence of sender and receiver over a whole session [P-31], while the
 * guest runs: whatever happens, in whatever order, a page that is not dirty is
 * the receiver's; and after a round of a guest that stands still all are.
 *
 * The guest writes between the steps. That one reading of each byte counts
 * [P-24] is not said here.
 *
 * These functions are never compiled into anything: what is proved of them is
 * the theorem. The guest's memory is guest, the receiver's mem, of n pages.
 */
#include "coherence_between.h"
#include "coherence_round.h"

#include "../src/core/bytes.h"
#include "lemmas/page_at.acsl"

enum {
  XBZ_HAPPENS_STEP = 0,   /* a page is sent, and its message applied */
  XBZ_HAPPENS_WRITE = 1,  /* the guest writes to a page */
  XBZ_HAPPENS_BYPASS = 2, /* the receiver's page changes in another way */
  XBZ_HAPPENS_BEGIN = 3,
  XBZ_HAPPENS_DISABLE = 4,
  XBZ_HAPPENS_ENABLE = 5,
  XBZ_HAPPENS_SYNC = 6,
  XBZ_HAPPENS_LAST = 7 /* or anything else: nothing happens */
};

/*@
  // A page that is apart from all else.
  predicate OtherApart{L}(xbz_sender *s, uint8_t *other, uint8_t *guest,
                          uint8_t *mem, integer n) =
    \valid_read(other + (0 .. SenderPageLen(s) - 1)) &&
    SenderApart(s, other, SenderPageLen(s)) &&
    \separated(other + (0 .. SenderPageLen(s) - 1),
               guest + (0 .. Cells(n, SenderPageLen(s)) - 1)) &&
    \separated(other + (0 .. SenderPageLen(s) - 1),
               mem + (0 .. Cells(n, SenderPageLen(s)) - 1));

  // A page that is not dirty is the receiver's.
  predicate Clean{L}(int8_t *dirty, uint8_t *mem, uint8_t *guest, integer n,
                     integer len) =
    \forall integer i; 0 <= i < n && dirty[i] == 0 ==>
      HasPage(mem, guest, i, len);
*/

/* What empties the cache: coherent with any memory. */
/*@ requires wf:       SenderWf(sender);
    requires memory:   ReceiverApart(sender, mem, n);
    assigns  sender->generation, sender->counters, sender->phase,
             sender->cache->entries[0 .. CacheSlots(sender->cache) - 1].used;
    ensures  wf:       SenderWf(sender);
    ensures  coherent: Coherent(sender->cache, mem, n);
*/
static void xbz_theorem_forget(xbz_sender *sender, int what, const uint8_t *mem,
                               size_t n) {
  if (what == XBZ_HAPPENS_BEGIN)
    xbz_sender_begin(sender);
  else
    xbz_sender_disable(sender);
  //@ assert empty: CacheEmpty(sender->cache);
}

/* What touches neither cache nor memory. */
/*@ requires wf:       SenderWf(sender);
    requires memory:   ReceiverApart(sender, mem, n);
    requires coherent: Coherent(sender->cache, mem, n);
    assigns  sender->generation, sender->phase;
    ensures  wf:       SenderWf(sender);
    ensures  coherent: Coherent(sender->cache, mem, n);
*/
static void xbz_theorem_mark(xbz_sender *sender, int what, const uint8_t *mem,
                             size_t n) {
  if (what == XBZ_HAPPENS_ENABLE) {
    xbz_sender_enable(sender);
    //@ assert enabled: Coherent(sender->cache, mem, n);
  } else if (what == XBZ_HAPPENS_SYNC) {
    xbz_sender_sync(sender);
    //@ assert synchronised: Coherent(sender->cache, mem, n);
  } else if (what == XBZ_HAPPENS_LAST) {
    xbz_sender_last(sender);
    //@ assert last: Coherent(sender->cache, mem, n);
  }
}

/* The guest's page becomes other. */
/*@ requires wf:       SenderWf(sender);
    requires memory:   ReceiverApart(sender, mem, n);
    requires guest:    GuestApart(sender, guest, mem, n);
    requires writable: \valid(guest +
                              (0 .. Cells(n, SenderPageLen(sender)) - 1));
    requires page:     page_no < n;
    requires other:    OtherApart(sender, other, guest, mem, n);
    requires coherent: Coherent(sender->cache, mem, n);
    assigns  guest[0 .. Cells(n, SenderPageLen(sender)) - 1];
    ensures  wf:       SenderWf(sender);
    ensures  others:   \forall integer i; 0 <= i < n && i != page_no ==>
                         HasPage{Pre}(mem, guest, i, SenderPageLen(sender)) ==>
                           HasPage(mem, guest, i, SenderPageLen(sender));
    ensures  coherent: Coherent(sender->cache, mem, n);
*/
static void xbz_theorem_write(xbz_sender *sender, uint64_t page_no,
                              uint8_t *guest, uint8_t *mem, size_t n,
                              const uint8_t *other) {
  size_t len = sender->cache->page_len;
  //@ assert row: RowIn(page_no, len, n);
  size_t at = page_no * len;
  //@ assert start: at == Cells(page_no, len);
  /*@ assert apart: \forall integer i; 0 <= i < CacheLen(sender->cache) ==>
        \separated(sender->cache->bytes + i, guest + (at .. at + len - 1)); */
  /*@ assert away: \forall integer i; 0 <= i < Cells(n, len) ==>
        \separated(mem + i, guest + (at .. at + len - 1)); */
  xbz_bytes_copy(guest, at, other, 0, len);
  //@ assert mem: Unchanged{Pre,Here}(mem, 0, Cells(n, len));
  //@ assert pages: PagesKept{Pre,Here}(mem, n, len);
  /*@ assert outside: UnchangedBut{Pre,Here}(guest, Cells(page_no, len),
                                             Cells(page_no, len) + len); */
  //@ assert others: OtherPages{Pre,Here}(guest, n, page_no, len);
  /*@ assert bytes: Unchanged{Pre,Here}(CacheBytes(sender->cache), 0,
                                        CacheLen(sender->cache)); */
  /*@ assert cache: PagesKept{Pre,Here}(CacheBytes(sender->cache),
                                        CacheSlots(sender->cache), len); */
}

/* The receiver's page becomes other, and the sender is told. */
/*@ requires wf:       SenderWf(sender);
    requires memory:   ReceiverApart(sender, mem, n);
    requires guest:    GuestApart(sender, guest, mem, n);
    requires page:     page_no < n;
    requires other:    OtherApart(sender, other, guest, mem, n);
    requires coherent: Coherent(sender->cache, mem, n);
    assigns  sender->cache->entries[0 .. CacheSlots(sender->cache) - 1].used,
             mem[0 .. Cells(n, SenderPageLen(sender)) - 1];
    ensures  wf:       SenderWf(sender);
    ensures  others:   \forall integer i; 0 <= i < n && i != page_no ==>
                         HasPage{Pre}(mem, guest, i, SenderPageLen(sender)) ==>
                           HasPage(mem, guest, i, SenderPageLen(sender));
    ensures  coherent: Coherent(sender->cache, mem, n);
*/
static void xbz_theorem_astray(xbz_sender *sender, uint64_t page_no,
                               const uint8_t *guest, uint8_t *mem, size_t n,
                               const uint8_t *other) {
  size_t len = sender->cache->page_len;
  /*@ assert apart: \forall integer i; 0 <= i < Cells(n, len) ==>
        \separated(guest + i, mem + (0 .. Cells(n, SenderPageLen(sender)) -
                                         1)); */
  xbz_theorem_bypass(sender, page_no, mem, n, other);
  //@ assert guest: Unchanged{Pre,Here}(guest, 0, Cells(n, len));
  //@ assert pages: PagesKept{Pre,Here}(guest, n, len);
}

/* What changes no page. */
/*@ requires wf:       SenderWf(sender);
    requires memory:   ReceiverApart(sender, mem, n);
    requires coherent: Coherent(sender->cache, mem, n);
    assigns  sender->generation, sender->counters, sender->phase,
             sender->cache->entries[0 .. CacheSlots(sender->cache) - 1].used;
    ensures  wf:       SenderWf(sender);
    ensures  coherent: Coherent(sender->cache, mem, n);
*/
static void xbz_theorem_between(xbz_sender *sender, int what,
                                const uint8_t *mem, size_t n) {
  if (what == XBZ_HAPPENS_BEGIN || what == XBZ_HAPPENS_DISABLE)
    xbz_theorem_forget(sender, what, mem, n);
  else
    xbz_theorem_mark(sender, what, mem, n);
}

/* Whatever happens to a page, or to none. */
/*@ requires wf:       SenderWf(sender);
    requires memory:   ReceiverApart(sender, mem, n);
    requires guest:    GuestApart(sender, guest, mem, n);
    requires writable: \valid(guest +
                              (0 .. Cells(n, SenderPageLen(sender)) - 1)) &&
                       \valid(dirty + (0 .. n - 1));
    requires page:     page_no < n;
    requires other:    OtherApart(sender, other, guest, mem, n);
    requires coherent: Coherent(sender->cache, mem, n);
    requires clean:    Clean(dirty, mem, guest, n, SenderPageLen(sender));
    assigns  sender->generation, sender->counters, sender->phase,
             sender->snapshot[0 .. CachePageLen(sender->cache) - 1],
             sender->delta[0 .. CachePageLen(sender->cache) - 1],
             sender->cache->entries[0 .. CacheSlots(sender->cache) - 1],
             sender->cache->entries[0 .. CacheSlots(sender->cache) - 1].age,
             sender->cache->entries[0 .. CacheSlots(sender->cache) - 1].used,
             sender->cache->bytes[0 .. CacheLen(sender->cache) - 1],
             mem[0 .. Cells(n, SenderPageLen(sender)) - 1],
             guest[0 .. Cells(n, SenderPageLen(sender)) - 1],
             dirty[0 .. n - 1];
    ensures  wf:       SenderWf(sender);
    ensures  accepted: \result == XBZ_OK;
    ensures  clean:    Clean(dirty, mem, guest, n, SenderPageLen(sender));
    ensures  coherent: Coherent(sender->cache, mem, n);
*/
static xbz_status xbz_theorem_event(xbz_sender *sender, int what,
                                    uint64_t page_no, uint8_t *guest,
                                    int8_t *dirty, uint8_t *mem, size_t n,
                                    const uint8_t *other) {
  xbz_status status = XBZ_OK;
  size_t len = sender->cache->page_len;
  if (what == XBZ_HAPPENS_STEP) {
    dirty[page_no] = 0;
    status = xbz_theorem_turn(sender, page_no, guest, mem, n);
    //@ assert step: Clean(dirty, mem, guest, n, len);
  } else if (what == XBZ_HAPPENS_WRITE) {
    dirty[page_no] = 1;
    xbz_theorem_write(sender, page_no, guest, mem, n, other);
    //@ assert write: Clean(dirty, mem, guest, n, len);
  } else if (what == XBZ_HAPPENS_BYPASS) {
    dirty[page_no] = 1;
    xbz_theorem_astray(sender, page_no, guest, mem, n, other);
    //@ assert bypass: Clean(dirty, mem, guest, n, len);
  } else {
    xbz_theorem_between(sender, what, mem, n);
    //@ assert between: Clean(dirty, mem, guest, n, len);
  }
  //@ assert len: len == SenderPageLen(sender);
  return status;
}

/*
 * A session, of count events from whatever state in which all is coherent, as
 * it is with an empty cache and every page dirty. Then the guest stands still.
 */
/*@ requires wf:       SenderWf(sender);
    requires memory:   ReceiverApart(sender, mem, n);
    requires guest:    GuestApart(sender, guest, mem, n);
    requires writable: \valid(guest +
                              (0 .. Cells(n, SenderPageLen(sender)) - 1)) &&
                       \valid(dirty + (0 .. n - 1));
    requires others:   \valid_read(others + (0 .. count - 1)) &&
                       \forall integer k; 0 <= k < count ==>
                         OtherApart(sender, others[k], guest, mem, n);
    requires events:   \valid_read(what + (0 .. count - 1)) &&
                       \valid_read(page_no + (0 .. count - 1)) &&
                       \forall integer k; 0 <= k < count ==>
                         0 <= page_no[k] < n;
    requires coherent: Coherent(sender->cache, mem, n);
    requires clean:    Clean(dirty, mem, guest, n, SenderPageLen(sender));
    assigns  sender->generation, sender->counters, sender->phase,
             sender->snapshot[0 .. CachePageLen(sender->cache) - 1],
             sender->delta[0 .. CachePageLen(sender->cache) - 1],
             sender->cache->entries[0 .. CacheSlots(sender->cache) - 1],
             sender->cache->entries[0 .. CacheSlots(sender->cache) - 1].age,
             sender->cache->entries[0 .. CacheSlots(sender->cache) - 1].used,
             sender->cache->bytes[0 .. CacheLen(sender->cache) - 1],
             mem[0 .. Cells(n, SenderPageLen(sender)) - 1],
             guest[0 .. Cells(n, SenderPageLen(sender)) - 1],
             dirty[0 .. n - 1];
    ensures  accepted: \result == 0;
    ensures  equal:    \forall integer i; 0 <= i < n ==>
                         HasPage(mem, guest, i, SenderPageLen(sender));
    ensures  coherent: Coherent(sender->cache, mem, n);
*/
static size_t xbz_theorem_session(xbz_sender *sender, const int16_t *what,
                                  const int64_t *page_no,
                                  const uint8_t **others, size_t count,
                                  uint8_t *guest, int8_t *dirty, uint8_t *mem,
                                  size_t n) {
  size_t rejected = 0;
  size_t len = sender->cache->page_len;
  /*@ loop invariant range:    0 <= k <= count;
      loop invariant accepted: rejected == 0;
      loop invariant wf:       SenderWf(sender);
      loop invariant coherent: Coherent(sender->cache, mem, n);
      loop invariant clean:    Clean(dirty, mem, guest, n, len);
      loop invariant fixed:    CacheFixed{Pre,Here}(sender->cache);
      loop invariant lengths:  SenderPageLen(sender) == len &&
                               CacheLen(sender->cache) ==
                                 CacheLen{Pre}(sender->cache);
      loop assigns k, rejected,
               sender->generation, sender->counters, sender->phase,
               sender->snapshot[0 .. CachePageLen(sender->cache) - 1],
               sender->delta[0 .. CachePageLen(sender->cache) - 1],
               sender->cache->entries[0 .. CacheSlots(sender->cache) - 1],
               sender->cache->entries[0 .. CacheSlots(sender->cache) - 1].age,
               sender->cache->entries[0 .. CacheSlots(sender->cache) - 1].used,
               sender->cache->bytes[0 .. CacheLen(sender->cache) - 1],
               mem[0 .. Cells(n, SenderPageLen(sender)) - 1],
               guest[0 .. Cells(n, SenderPageLen(sender)) - 1],
               dirty[0 .. n - 1];
      loop variant count - k;
  */
  for (size_t k = 0; k < count; k++) {
    //@ assert apart: OtherApart{Pre}(sender, others[k], guest, mem, n);
    //@ assert other: OtherApart(sender, others[k], guest, mem, n);
    rejected += xbz_theorem_event(sender, what[k], (uint64_t)page_no[k], guest,
                                  dirty, mem, n, others[k]) != XBZ_OK;
  }
  return rejected + xbz_theorem_round(sender, guest, mem, dirty, n);
}

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* The scan of a page that becomes a copy of live memory: what page has already
 * is skipped; else each byte is read once, compared, and stored. For the
 * proofs, was is what the page was, and nobody else writes. */
#ifndef XBZ_FAST_UPDATE_SCAN_H
#define XBZ_FAST_UPDATE_SCAN_H

#include "scan.h"

#ifdef __FRAMAC__
#include "../../proofs/lemmas/update_scan.acsl"
#endif

/* Copy live[at..at+64); returns where it was the same as page. */
/*@ requires pages:   UpdateOk(page, was, live, len) && at + 64 <= len;
    requires before:  Updated(page, was, live, len, at);
    assigns  page[0 .. len - 1];
    ensures  same:    SameMask(\result, was, live, len, at);
    ensures  updated: Updated(page, was, live, len, at + 64);
    ensures  was:     Unchanged{Pre,Post}(was, 0, len);
    ensures  live:    Unchanged{Pre,Post}(live, 0, len);
*/
static inline uint64_t xbz_same_all_update(uint8_t *page, const uint8_t *live,
                                           size_t len, size_t at)
/*@ ghost (const uint8_t \ghost *was) */
{
  uint64_t changed = xbz_leaf_update(page, live, at);
  (void)len;
  //@ assert was: Unchanged{Pre,Here}(was, 0, len);
  //@ assert live: Unchanged{Pre,Here}(live, 0, len);
  //@ assert updated: Updated(page, was, live, len, at + 64);
  return xbz_bits_not(changed);
}

/* Copy live[i]; returns whether that changed page. */
/*@ requires pages:   UpdateOk(page, was, live, len) && i < len;
    requires before:  Updated(page, was, live, len, i);
    assigns  page[i];
    ensures  changed: \result != 0 <==> !Same(was, live, i);
    ensures  updated: Updated(page, was, live, len, i + 1);
    ensures  was:     Unchanged{Pre,Post}(was, 0, len);
    ensures  live:    Unchanged{Pre,Post}(live, 0, len);
*/
static inline int xbz_byte_update(uint8_t *page, const uint8_t *live,
                                  size_t len, size_t i)
/*@ ghost (const uint8_t \ghost *was) */
{
  const uint8_t now = live[i];
  (void)len;
  if (page[i] == now)
    return 0;
  page[i] = now;
  return 1;
}

/* The same for the last bytes of the page: it is the same beyond. */
/*@ requires pages:   UpdateOk(page, was, live, len);
    requires range:   at <= 2 * XBZ_PAGE_LEN_MAX && len < at + 64;
    requires before:  Updated(page, was, live, len, at);
    assigns  page[0 .. len - 1];
    ensures  same:    SameMask(\result, was, live, len, at);
    ensures  updated: Updated(page, was, live, len, at + 64);
    ensures  was:     Unchanged{Pre,Post}(was, 0, len);
    ensures  live:    Unchanged{Pre,Post}(live, 0, len);
*/
static uint64_t xbz_same_tail_update(uint8_t *page, const uint8_t *live,
                                     size_t len, size_t at)
/*@ ghost (const uint8_t \ghost *was) */
{
  uint64_t same = xbz_bits_all();
  /*@ loop invariant range:   at <= i && (i == at || i <= len);
      loop invariant same:    SameMask(same, was, live, i, at);
      loop invariant none:    len <= at ==> SameMask(same, was, live, len, at);
      loop invariant updated: Updated(page, was, live, len, i);
      loop invariant was:     Unchanged{Pre,Here}(was, 0, len);
      loop invariant live:    Unchanged{Pre,Here}(live, 0, len);
      loop assigns i, same, page[0 .. len - 1];
      loop variant len - i;
  */
  for (size_t i = at; i < len; i++) {
    const int changed = xbz_byte_update(page, live, len, i) /*@ ghost (was) */;
    //@ assert before: SameMask(same, was, live, i, at);
    if (changed)
      same = xbz_bits_without(same, i - at);
  }
  return same;
}

/* The one or the other. */
/*@ requires pages:   UpdateOk(page, was, live, len);
    requires range:   at <= 2 * XBZ_PAGE_LEN_MAX;
    requires before:  Updated(page, was, live, len, at);
    assigns  page[0 .. len - 1];
    ensures  same:    SameMask(\result, was, live, len, at);
    ensures  updated: Updated(page, was, live, len, at + 64);
    ensures  was:     Unchanged{Pre,Post}(was, 0, len);
    ensures  live:    Unchanged{Pre,Post}(live, 0, len);
*/
static inline uint64_t xbz_same_update(uint8_t *page, const uint8_t *live,
                                       size_t len, size_t at)
/*@ ghost (const uint8_t \ghost *was) */
{
  if (at + XBZ_SCAN_WORD <= len)
    return xbz_same_all_update(page, live, len, at) /*@ ghost (was) */;
  return xbz_same_tail_update(page, live, len, at) /*@ ghost (was) */;
}

/* xbz_group_find, with the copy. */
/*@ requires pages:    UpdateOk(page, was, live, len);
    requires range:    at < len && w <= 60;
    requires writable: \valid(words + (0 .. 63));
    requires updated:  Updated(page, was, live, len, at);
    requires before:   SameBefore(last, was, live, len, at);
    assigns  words[w .. w + 3], page[0 .. len - 1];
    ensures  edges:    GroupWords(words, w, was, live, len, at);
    ensures  others:   WordsBut{Pre,Post}(words, w);
    ensures  last:     SameBefore(\result, was, live, len, at + 256);
    ensures  updated:  Updated(page, was, live, len, at + 256);
    ensures  was:      Unchanged{Pre,Post}(was, 0, len);
    ensures  live:     Unchanged{Pre,Post}(live, 0, len);
*/
static inline uint64_t xbz_group_update(uint64_t *words, size_t w,
                                        uint8_t *page, const uint8_t *live,
                                        size_t len, size_t at, uint64_t last)
/*@ ghost (const uint8_t \ghost *was) */
{
  uint64_t a = xbz_same_update(page, live, len, at) /*@ ghost (was) */;
  uint64_t b = xbz_same_update(page, live, len, at + 64) /*@ ghost (was) */;
  uint64_t c = xbz_same_update(page, live, len, at + 128) /*@ ghost (was) */;
  uint64_t d = xbz_same_update(page, live, len, at + 192) /*@ ghost (was) */;
  //@ assert was: Unchanged{Pre,Here}(was, 0, len);
  //@ assert live: Unchanged{Pre,Here}(live, 0, len);
  //@ assert before: SameBefore(last, was, live, len, at);
  //@ assert first: SameMask(a, was, live, len, at);
  //@ assert second: SameMask(b, was, live, len, at + 64);
  //@ assert third: SameMask(c, was, live, len, at + 128);
  return xbz_group_put(words, w, a, b, c, d, last);
}

/* Whether page has live[at..at+256) already, where no run is open before it, so
 * that there is nothing to copy, and no edge. After a change it is not asked:
 * pages that differ much do so everywhere. */
/*@ requires pages:    UpdateOk(page, was, live, len);
    requires range:    at < len;
    requires updated:  Updated(page, was, live, len, at);
    requires before:   SameBefore(last, was, live, len, at);
    assigns  \nothing;
    ensures  last:     \result != 0 ==>
                       SameBefore(last, was, live, len, at + 256);
    ensures  clean:    \result != 0 ==>
                       NoEdge(was, live, len, at - 1, at + 256);
    ensures  updated:  \result != 0 ==>
                       Updated(page, was, live, len, at + 256);
*/
static inline int xbz_group_kept(const uint8_t *page, const uint8_t *live,
                                 size_t len, size_t at, uint64_t last)
/*@ ghost (const uint8_t \ghost *was) */
{
  if (len - at < XBZ_SCAN_GROUP || last != xbz_bits_all() ||
      !xbz_leaf_equal(page, live, at))
    return 0;
  //@ assert same: AllSame(was, live, at, at + 256);
  return 1;
}

/* dirty with group g, whose edges have been written, if it has any. */
/*@ requires range:    g < 16;
    requires readable: \valid_read(words + (0 .. 63));
    requires words:    BlockWords(words, dirty, was, live, len, start);
    requires edges:    GroupWords(words, 4 * g, was, live, len,
                                  start + 256 * g);
    requires clean:    BlockClean(dirty, was, live, len, start,
                                  start + 256 * g);
    requires groups:   BitsBelow(dirty, g);
    assigns  \nothing;
    ensures  words:    BlockWords(words, \result, was, live, len, start);
    ensures  clean:    BlockClean(\result, was, live, len, start,
                                  start + 256 * (g + 1));
    ensures  groups:   BitsBelow(\result, g + 1);
*/
static inline uint64_t xbz_block_mark(const uint64_t *words, uint64_t dirty,
                                      size_t g)
/*@ ghost (const uint8_t \ghost *was, const uint8_t *live, size_t len,
           size_t start) */
{
  const uint64_t *group = words + 4 * g;
  if ((group[0] | group[1] | group[2] | group[3]) == 0)
    return dirty;
  return xbz_bits_with(dirty, g);
}

/* xbz_block_scan, with the copy. */
/*@ requires pages:    UpdateOk(page, was, live, len) && start < len;
    requires writable: \valid(block);
    requires updated:  Updated(page, was, live, len, start);
    requires before:   SameBefore(block->last, was, live, len, start);
    assigns  *block, page[0 .. len - 1];
    ensures  words:    BlockWords(&block->words[0], block->dirty, was, live,
                                  len, start);
    ensures  clean:    BlockClean(block->dirty, was, live, len, start,
                                  start + 4096);
    ensures  groups:   BitsBelow(block->dirty, 16);
    ensures  last:     start + 4096 < len ==>
                       SameBefore(block->last, was, live, len, start + 4096);
    ensures  updated:  Updated(page, was, live, len, start + 4096);
    ensures  was:      Unchanged{Pre,Post}(was, 0, len);
    ensures  live:     Unchanged{Pre,Post}(live, 0, len);
*/
static inline void xbz_block_update(struct xbz_block *block, uint8_t *page,
                                    const uint8_t *live, size_t len,
                                    size_t start)
/*@ ghost (const uint8_t \ghost *was) */
{
  uint64_t last = block->last, dirty = 0;
  /*@ loop invariant range:   0 <= g <= 16;
      loop invariant last:    SameBefore(last, was, live, len, start + 256 * g);
      loop invariant words:   BlockWords(&block->words[0], dirty, was, live,
                                         len, start);
      loop invariant clean:   BlockClean(dirty, was, live, len, start,
                                         start + 256 * g);
      loop invariant groups:  BitsBelow(dirty, g);
      loop invariant updated: Updated(page, was, live, len, start + 256 * g);
      loop invariant was:     Unchanged{Pre,Here}(was, 0, len);
      loop invariant live:    Unchanged{Pre,Here}(live, 0, len);
      loop assigns g, last, dirty, block->words[0 .. 63], page[0 .. len - 1];
      loop variant 16 - g;
  */
  for (size_t g = 0; g < XBZ_SCAN_GROUPS; g++) {
    size_t at = start + g * XBZ_SCAN_GROUP;
    if (at >= len)
      break;
    if (xbz_group_kept(page, live, len, at, last) /*@ ghost (was) */)
      continue;
    last = xbz_group_update(block->words, 4 * g, page, live, len, at, last)
        /*@ ghost (was) */;
    /*@ assert kept: BlockWords(&block->words[0], dirty, was, live, len,
                                start); */
    dirty = xbz_block_mark(block->words, dirty, g)
        /*@ ghost (was, live, len, start) */;
  }
  /*@ assert all: BlockWords(&block->words[0], dirty, was, live, len, start); */
  block->last = last;
  /*@ assert words: BlockWords(&block->words[0], dirty, was, live, len,
                               start); */
  block->dirty = dirty;
}

#endif

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* How long an encoding is at least, without making it: a byte for each changed
 * byte, and a byte for each edge of a run, since each run has a length. */
#ifndef XBZ_FAST_BOUND_H
#define XBZ_FAST_BOUND_H

#include "hints.h"
#include "scan.h"

#ifdef __FRAMAC__
#include "../../proofs/lemmas/bound.acsl"
#include "../../proofs/lemmas/word_cost.acsl"
#endif

/* What a word costs, of which same is the mask, and last that of the word
 * before it. */
/*@ assigns  \nothing;
    ensures  cost:     \result == MaskCost(same, last, 64);
    ensures  range:    \result <= 128;
*/
static inline size_t xbz_word_cost(uint64_t same, uint64_t last) {
  uint64_t edges = xbz_bits_edges(same, last);
  //@ assert edges: MaskEdges(edges, same, last);
  return XBZ_SCAN_WORD + xbz_leaf_count(edges) - xbz_leaf_count(same);
}

/* What the pages cost up to the end of the word at `at`, whose mask is same,
 * when they cost so much before it. */
/*@ requires range:    at + 64 <= len <= XBZ_PAGE_LEN_MAX;
    requires cost:     cost == Cost(old_page, new_page, len, at);
    requires same:     SameMask(same, old_page, new_page, len, at);
    requires last:     SameBefore(last, old_page, new_page, len, at);
    assigns  \nothing;
    ensures  cost:     \result == Cost(old_page, new_page, len, at + 64);
    ensures  last:     SameBefore(same, old_page, new_page, len, at + 64);
*/
static inline size_t xbz_cost_add(size_t cost, uint64_t same, uint64_t last)
/*@ ghost (const uint8_t *old_page, const uint8_t *new_page, size_t len,
           size_t at) */
{
  return cost + xbz_word_cost(same, last);
}

/* What the encoding of the pages has at least, as far as it exceeds cap. (Words
 * are counted as soon as they are there: that keeps fewer registers busy.) */
/*@ requires range:    256 <= len <= XBZ_PAGE_LEN_MAX;
    requires readable: \valid_read(old_page + (0 .. len - 1)) &&
                       \valid_read(new_page + (0 .. len - 1));
    assigns  \nothing;
    ensures  bound:    \result > cap ==>
                       CanonLen(old_page, new_page, len, 0) > cap;
*/
static XBZ_APART size_t xbz_least_len(const uint8_t *old_page,
                                      const uint8_t *new_page, size_t len,
                                      size_t cap) {
  const size_t groups = len / XBZ_SCAN_GROUP;
  uint64_t last = xbz_bits_all();
  size_t cost = 0;
  /*@ loop invariant range: 0 <= g <= groups;
      loop invariant cost:  cost == Cost(old_page, new_page, len, 256 * g);
      loop invariant last:  SameBefore(last, old_page, new_page, len, 256 * g);
      loop assigns g, last, cost;
      loop variant groups - g;
  */
  for (size_t g = 0; g < groups; g++) {
    const size_t at = g * XBZ_SCAN_GROUP;
    const uint64_t a = xbz_same_all(old_page, new_page, len, at);
    cost = xbz_cost_add(cost, a, last)
        /*@ ghost (old_page, new_page, len, at) */;
    const uint64_t b = xbz_same_all(old_page, new_page, len, at + 64);
    cost = xbz_cost_add(cost, b, a)
        /*@ ghost (old_page, new_page, len, at + 64) */;
    const uint64_t c = xbz_same_all(old_page, new_page, len, at + 128);
    cost = xbz_cost_add(cost, c, b)
        /*@ ghost (old_page, new_page, len, at + 128) */;
    last = xbz_same_all(old_page, new_page, len, at + 192);
    cost = xbz_cost_add(cost, last, c)
        /*@ ghost (old_page, new_page, len, at + 192) */;
    if (cost > cap)
      break;
  }
  return cost;
}

/* Which of the second 64 bytes of a page differ: a hint of what the others are
 * like. (Of the first ones many pages have a header. These are read next in any
 * case, and in order; to touch a page elsewhere first costs the time of a miss,
 * where it is not in a cache.) Pages that are too short for hints have none. */
/*@ requires range:    1 <= len <= XBZ_PAGE_LEN_MAX;
    requires readable: \valid_read(old_page + (0 .. len - 1)) &&
                       \valid_read(new_page + (0 .. len - 1));
    assigns  \nothing;
    ensures  long:     \result != 0 ==> 256 <= len;
*/
static inline uint64_t xbz_early_diff(const uint8_t *old_page,
                                      const uint8_t *new_page, size_t len) {
  if (len < 2 * XBZ_SCAN_GROUP)
    return 0;
  return xbz_leaf_diff(old_page, new_page, XBZ_SCAN_WORD);
}

/* Whether such a hint suggests that the encoding is as long as the page: only
 * then is it worth finding out. */
//@ assigns \nothing;
static inline int xbz_seems_long(uint64_t diff) {
  return xbz_word_cost(~diff, 0xffffffffffffffffu) >= 48;
}

/* How many edges are in the 64 bytes at `at`, when those before do not differ.
 */
/*@ requires range:    at + 64 <= len <= XBZ_PAGE_LEN_MAX;
    requires readable: \valid_read(old_page + (0 .. len - 1)) &&
                       \valid_read(new_page + (0 .. len - 1));
    assigns  \nothing;
    ensures  range:    \result <= 64;
*/
static inline size_t xbz_edges_at(const uint8_t *old_page,
                                  const uint8_t *new_page, size_t len,
                                  size_t at) {
  (void)len;
  return xbz_leaf_count(
      xbz_bits_edges(xbz_leaf_diff(old_page, new_page, at), 0));
}

/* Whether a page of such a hint has so many runs that they are better listed:
 * 18 edges in 64 bytes, here and in two other places. (8 pointers have 16.) */
/*@ requires range:    256 <= len <= XBZ_PAGE_LEN_MAX;
    requires readable: \valid_read(old_page + (0 .. len - 1)) &&
                       \valid_read(new_page + (0 .. len - 1));
    assigns  \nothing;
*/
static inline int xbz_seems_split(const uint8_t *old_page,
                                  const uint8_t *new_page, size_t len,
                                  uint64_t diff) {
  const size_t edges = xbz_leaf_count(xbz_bits_edges(diff, 0));
  return edges >= 12 &&
         edges + xbz_edges_at(old_page, new_page, len, len / 2) +
                 xbz_edges_at(old_page, new_page, len, len / 4 * 3) >=
             54;
}

#endif

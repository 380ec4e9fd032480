/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* How long an encoding is at least, without making it: a byte for each changed
 * byte, and a byte for each edge of a run, since each run has a length. */
#ifndef XBZ_FAST_BOUND_H
#define XBZ_FAST_BOUND_H

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

/* What the encoding of the pages has at least, as far as it exceeds cap. */
/*@ requires range:    256 <= len <= XBZ_PAGE_LEN_MAX;
    requires readable: \valid_read(old_page + (0 .. len - 1)) &&
                       \valid_read(new_page + (0 .. len - 1));
    assigns  \nothing;
    ensures  bound:    \result > cap ==>
                       CanonLen(old_page, new_page, len, 0) > cap;
*/
static inline size_t xbz_least_len(const uint8_t *old_page,
                                   const uint8_t *new_page, size_t len,
                                   size_t cap) {
  const size_t end = len - (XBZ_SCAN_GROUP - 1);
  uint64_t last = xbz_bits_all();
  size_t cost = 0;
  /*@ loop invariant range: 0 <= at <= len;
      loop invariant cost:  cost == Cost(old_page, new_page, len, at);
      loop invariant last:  SameBefore(last, old_page, new_page, len, at);
      loop assigns at, last, cost;
      loop variant len - at;
  */
  for (size_t at = 0; at < end; at += XBZ_SCAN_GROUP) {
    uint64_t a = xbz_same_all(old_page, new_page, len, at);
    uint64_t b = xbz_same_all(old_page, new_page, len, at + XBZ_SCAN_WORD);
    uint64_t c = xbz_same_all(old_page, new_page, len, at + 2 * XBZ_SCAN_WORD);
    uint64_t d = xbz_same_all(old_page, new_page, len, at + 3 * XBZ_SCAN_WORD);
    /*@ assert words: Cost(old_page, new_page, len, at + 256) ==
          Cost(old_page, new_page, len, at) + MaskCost(a, last, 64) +
            MaskCost(b, a, 64) + MaskCost(c, b, 64) + MaskCost(d, c, 64); */
    cost += xbz_word_cost(a, last);
    cost += xbz_word_cost(b, a);
    cost += xbz_word_cost(c, b);
    cost += xbz_word_cost(d, c);
    if (cost > cap)
      break;
    last = d;
  }
  return cost;
}

/* Whether a look into the middle suggests that the encoding is as long as the
 * page: only then is it worth finding out. */
/*@ requires range:    1 <= len <= XBZ_PAGE_LEN_MAX;
    requires readable: \valid_read(old_page + (0 .. len - 1)) &&
                       \valid_read(new_page + (0 .. len - 1));
    assigns  \nothing;
    ensures  long:     \result != 0 ==> 256 <= len;
*/
static inline int xbz_seems_dense(const uint8_t *old_page,
                                  const uint8_t *new_page, size_t len) {
  uint64_t diff;
  if (len < 2 * XBZ_SCAN_GROUP)
    return 0;
  diff = xbz_leaf_diff(old_page, new_page, len / 2);
  return diff != 0 && xbz_word_cost(~diff, 0xffffffffffffffffu) >= 48;
}

#endif

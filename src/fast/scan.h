/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * Where two pages start and stop to differ. A mask that says where they are the
 * same is compared with itself, moved by one place: what is left are the edges
 * of the runs. Pages are scanned in blocks, blocks in groups that are skipped
 * when they hold no edge.
 */
#ifndef XBZ_FAST_SCAN_H
#define XBZ_FAST_SCAN_H

#include "bits.h"
#include "leaf.h"

#ifdef __FRAMAC__
#include "../../proofs/lemmas/edges.acsl"
#endif

/* Bytes of a word, a group and a block. */
#define XBZ_SCAN_WORD ((size_t)64)
#define XBZ_SCAN_GROUP ((size_t)256)
#define XBZ_SCAN_BLOCK ((size_t)4096)
#define XBZ_SCAN_GROUPS (XBZ_SCAN_BLOCK / XBZ_SCAN_GROUP)

/* The edges of one block. Those of a word are set where a run starts or ends;
 * words of a group that is not dirty mean nothing: it has none. */
struct xbz_block {
  uint64_t words[XBZ_SCAN_BLOCK / XBZ_SCAN_WORD];
  uint64_t dirty; /* bit g: group g has edges */
  uint64_t last;  /* where the pages are the same in the last word scanned */
};

/* Where the pages are the same in [at..at+64); they are beyond their end. */
static uint64_t xbz_same(const uint8_t *old_page, const uint8_t *new_page,
                         size_t len, size_t at) {
  uint64_t same = 0xffffffffffffffffu;
  if (at + XBZ_SCAN_WORD <= len)
    return ~xbz_leaf_diff(old_page, new_page, at);
  for (size_t i = at; i < len; i++)
    if (old_page[i] != new_page[i])
      same = xbz_bits_without(same, i - at);
  return same;
}

/* Write the edges of four words, whose masks are a..d and of the one before
 * them last; returns d. */
static inline uint64_t xbz_group_put(uint64_t words[4], uint64_t a, uint64_t b,
                                     uint64_t c, uint64_t d, uint64_t last) {
  words[0] = xbz_bits_edges(a, last);
  words[1] = xbz_bits_edges(b, a);
  words[2] = xbz_bits_edges(c, b);
  words[3] = xbz_bits_edges(d, c);
  return d;
}

/* The edges of [at..at+256). */
static inline uint64_t xbz_group_scan(uint64_t words[4],
                                      const uint8_t *old_page,
                                      const uint8_t *new_page, size_t at,
                                      uint64_t last) {
  return xbz_group_put(
      words, ~xbz_leaf_diff(old_page, new_page, at),
      ~xbz_leaf_diff(old_page, new_page, at + XBZ_SCAN_WORD),
      ~xbz_leaf_diff(old_page, new_page, at + 2 * XBZ_SCAN_WORD),
      ~xbz_leaf_diff(old_page, new_page, at + 3 * XBZ_SCAN_WORD), last);
}

/* The same where the pages end in between. */
static inline uint64_t xbz_group_tail(uint64_t words[4],
                                      const uint8_t *old_page,
                                      const uint8_t *new_page, size_t len,
                                      size_t at, uint64_t last) {
  return xbz_group_put(
      words, xbz_same(old_page, new_page, len, at),
      xbz_same(old_page, new_page, len, at + XBZ_SCAN_WORD),
      xbz_same(old_page, new_page, len, at + 2 * XBZ_SCAN_WORD),
      xbz_same(old_page, new_page, len, at + 3 * XBZ_SCAN_WORD), last);
}

/* Find the edges of the block at start. block->last is that of the one before,
 * all ones for the first. */
static inline void xbz_block_scan(struct xbz_block *block,
                                  const uint8_t *old_page,
                                  const uint8_t *new_page, size_t len,
                                  size_t start) {
  uint64_t last = block->last, dirty = 0;
  for (size_t g = 0; g < XBZ_SCAN_GROUPS; g++) {
    size_t at = start + g * XBZ_SCAN_GROUP;
    uint64_t *words = block->words + 4 * g;
    if (at >= len)
      break;
    if (len - at < XBZ_SCAN_GROUP)
      last = xbz_group_tail(words, old_page, new_page, len, at, last);
    else if (!xbz_bits_top(last) || !xbz_leaf_equal(old_page, new_page, at))
      last = xbz_group_scan(words, old_page, new_page, at, last);
    else
      continue;
    dirty = xbz_bits_with(dirty, g);
  }
  block->last = last;
  block->dirty = dirty;
}

#endif

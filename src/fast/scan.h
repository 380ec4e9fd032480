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
#include "../../proofs/lemmas/scan.acsl"
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

/* Where the pages are the same in [at..at+64). */
/*@ requires range:    at + 64 <= len <= XBZ_PAGE_LEN_MAX;
    requires readable: \valid_read(old_page + (0 .. len - 1)) &&
                       \valid_read(new_page + (0 .. len - 1));
    assigns  \nothing;
    ensures  same:     SameMask(\result, old_page, new_page, len, at);
*/
static inline uint64_t xbz_same_all(const uint8_t *old_page,
                                    const uint8_t *new_page, size_t len,
                                    size_t at) {
  (void)len;
  return xbz_bits_not(xbz_leaf_diff(old_page, new_page, at));
}

/* The same where the pages may end before that: they are the same beyond. */
/*@ requires range:    at <= 2 * XBZ_PAGE_LEN_MAX && len <= XBZ_PAGE_LEN_MAX;
    requires readable: \valid_read(old_page + (0 .. len - 1)) &&
                       \valid_read(new_page + (0 .. len - 1));
    assigns  \nothing;
    ensures  same:     SameMask(\result, old_page, new_page, len, at);
*/
static uint64_t xbz_same(const uint8_t *old_page, const uint8_t *new_page,
                         size_t len, size_t at) {
  uint64_t same = xbz_bits_all();
  if (at + XBZ_SCAN_WORD <= len)
    return xbz_same_all(old_page, new_page, len, at);
  /*@ loop invariant range: at <= i && (i == at || i <= len);
      loop invariant same:  SameMask(same, old_page, new_page, i, at);
      loop invariant none:  len <= at ==>
                            SameMask(same, old_page, new_page, len, at);
      loop assigns i, same;
      loop variant len - i;
  */
  for (size_t i = at; i < len; i++)
    if (old_page[i] != new_page[i])
      same = xbz_bits_without(same, i - at);
  return same;
}

/* Write where the masks a..d change to words[w..w+4); before them comes last.
 * Returns d. */
/*@ requires writable: \valid(words + (0 .. 63)) && w <= 60;
    assigns  words[w .. w + 3];
    ensures  edges:    MaskEdges(Word(words, w), a, last) &&
                       MaskEdges(Word(words, w + 1), b, a) &&
                       MaskEdges(Word(words, w + 2), c, b) &&
                       MaskEdges(Word(words, w + 3), d, c);
    ensures  others:   WordsBut{Pre,Post}(words, w);
    ensures  last:     \result == d;
*/
static inline uint64_t xbz_group_put(uint64_t *words, size_t w, uint64_t a,
                                     uint64_t b, uint64_t c, uint64_t d,
                                     uint64_t last) {
  words[w] = xbz_bits_edges(a, last);
  words[w + 1] = xbz_bits_edges(b, a);
  words[w + 2] = xbz_bits_edges(c, b);
  words[w + 3] = xbz_bits_edges(d, c);
  return d;
}

/* The edges of [at..at+256), in words[w..w+4). last is where the pages are the
 * same in the word before; returns that of the last of these four. */
/*@ requires range:    at + 256 <= len <= XBZ_PAGE_LEN_MAX && w <= 60;
    requires readable: \valid_read(old_page + (0 .. len - 1)) &&
                       \valid_read(new_page + (0 .. len - 1));
    requires writable: \valid(words + (0 .. 63));
    requires before:   SameBefore(last, old_page, new_page, len, at);
    assigns  words[w .. w + 3];
    ensures  edges:    GroupWords(words, w, old_page, new_page, len, at);
    ensures  others:   WordsBut{Pre,Post}(words, w);
    ensures  last:     SameBefore(\result, old_page, new_page, len, at + 256);
*/
static inline uint64_t xbz_group_scan(uint64_t *words, size_t w,
                                      const uint8_t *old_page,
                                      const uint8_t *new_page, size_t len,
                                      size_t at, uint64_t last) {
  uint64_t a = xbz_same_all(old_page, new_page, len, at);
  uint64_t b = xbz_same_all(old_page, new_page, len, at + 64);
  uint64_t c = xbz_same_all(old_page, new_page, len, at + 128);
  uint64_t d = xbz_same_all(old_page, new_page, len, at + 192);
  return xbz_group_put(words, w, a, b, c, d, last);
}

/* The same where the pages may end in between. */
/*@ requires range:    at < len <= XBZ_PAGE_LEN_MAX && w <= 60;
    requires readable: \valid_read(old_page + (0 .. len - 1)) &&
                       \valid_read(new_page + (0 .. len - 1));
    requires writable: \valid(words + (0 .. 63));
    requires before:   SameBefore(last, old_page, new_page, len, at);
    assigns  words[w .. w + 3];
    ensures  edges:    GroupWords(words, w, old_page, new_page, len, at);
    ensures  others:   WordsBut{Pre,Post}(words, w);
    ensures  last:     SameBefore(\result, old_page, new_page, len, at + 256);
*/
static inline uint64_t xbz_group_tail(uint64_t *words, size_t w,
                                      const uint8_t *old_page,
                                      const uint8_t *new_page, size_t len,
                                      size_t at, uint64_t last) {
  uint64_t a = xbz_same(old_page, new_page, len, at);
  uint64_t b = xbz_same(old_page, new_page, len, at + 64);
  uint64_t c = xbz_same(old_page, new_page, len, at + 128);
  uint64_t d = xbz_same(old_page, new_page, len, at + 192);
  return xbz_group_put(words, w, a, b, c, d, last);
}

/* The one or the other. */
/*@ requires range:    at < len <= XBZ_PAGE_LEN_MAX && w <= 60;
    requires readable: \valid_read(old_page + (0 .. len - 1)) &&
                       \valid_read(new_page + (0 .. len - 1));
    requires writable: \valid(words + (0 .. 63));
    requires before:   SameBefore(last, old_page, new_page, len, at);
    assigns  words[w .. w + 3];
    ensures  edges:    GroupWords(words, w, old_page, new_page, len, at);
    ensures  others:   WordsBut{Pre,Post}(words, w);
    ensures  last:     SameBefore(\result, old_page, new_page, len, at + 256);
*/
static inline uint64_t xbz_group_find(uint64_t *words, size_t w,
                                      const uint8_t *old_page,
                                      const uint8_t *new_page, size_t len,
                                      size_t at, uint64_t last) {
  if (len - at < XBZ_SCAN_GROUP)
    return xbz_group_tail(words, w, old_page, new_page, len, at, last);
  return xbz_group_scan(words, w, old_page, new_page, len, at, last);
}

/* dirty with group g, whose edges have been written. */
/*@ requires range:    g < 16;
    requires words:    BlockWords(words, dirty, old_page, new_page, len, start);
    requires edges:    GroupWords(words, 4 * g, old_page, new_page, len,
                                  start + 256 * g);
    assigns  \nothing;
    ensures  words:    BlockWords(words, \result, old_page, new_page, len,
                                  start);
    ensures  more:     \forall integer j; 0 <= j < 64 ==>
                         (Bit(\result, j) <==> (Bit(dirty, j) || j == g));
*/
static inline uint64_t xbz_block_with(const uint64_t *words, uint64_t dirty,
                                      size_t g, const uint8_t *old_page,
                                      const uint8_t *new_page, size_t len,
                                      size_t start) {
  (void)words, (void)old_page, (void)new_page, (void)len, (void)start;
  return xbz_bits_with(dirty, g);
}

/* Find the edges of the block at start. block->last is that of the one before,
 * all ones for the first. */
/*@ requires range:    start < len <= XBZ_PAGE_LEN_MAX;
    requires readable: \valid_read(old_page + (0 .. len - 1)) &&
                       \valid_read(new_page + (0 .. len - 1));
    requires writable: \valid(block);
    requires before:   SameBefore(block->last, old_page, new_page, len, start);
    assigns  *block;
    ensures  words:    BlockWords(&block->words[0], block->dirty, old_page,
                                  new_page, len, start);
    ensures  clean:    BlockClean(block->dirty, old_page, new_page, len, start,
                                  start + 4096);
    ensures  groups:   BitsBelow(block->dirty, 16);
    ensures  last:     start + 4096 < len ==>
                       SameBefore(block->last, old_page, new_page, len,
                                  start + 4096);
*/
static inline void xbz_block_scan(struct xbz_block *block,
                                  const uint8_t *old_page,
                                  const uint8_t *new_page, size_t len,
                                  size_t start) {
  uint64_t last = block->last, dirty = 0;
  /*@ loop invariant range:  0 <= g <= 16;
      loop invariant last:   SameBefore(last, old_page, new_page, len,
                                        start + 256 * g);
      loop invariant words:  BlockWords(&block->words[0], dirty, old_page,
                                        new_page, len, start);
      loop invariant clean:  BlockClean(dirty, old_page, new_page, len, start,
                                        start + 256 * g);
      loop invariant groups: BitsBelow(dirty, g);
      loop assigns g, last, dirty, block->words[0 .. 63];
      loop variant 16 - g;
  */
  for (size_t g = 0; g < XBZ_SCAN_GROUPS; g++) {
    size_t at = start + g * XBZ_SCAN_GROUP;
    if (at >= len)
      break;
    if (len - at >= XBZ_SCAN_GROUP && xbz_bits_top(last) &&
        xbz_leaf_equal(old_page, new_page, at))
      continue;
    last =
        xbz_group_find(block->words, 4 * g, old_page, new_page, len, at, last);
    /*@ assert kept: BlockWords(&block->words[0], dirty, old_page, new_page,
                                len, start); */
    dirty =
        xbz_block_with(block->words, dirty, g, old_page, new_page, len, start);
  }
  block->last = last;
  block->dirty = dirty;
}

#endif

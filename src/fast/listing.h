/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * The edges of a block in a list. Where there are many, that is faster than to
 * take one by one from the masks: no branch depends on how many a word has, and
 * none waits for the one before.
 */
#ifndef XBZ_FAST_LISTING_H
#define XBZ_FAST_LISTING_H

#include "hints.h"
#include "octets.h"
#include "scan.h"

#ifdef __FRAMAC__
#include "../../spec/logic/listing.acsl"
#endif
#ifdef XBZ_PROVES_LISTING
#include "../../proofs/lemmas/groups.acsl"
#include "../../proofs/lemmas/listing_grows.acsl"
#include "../../proofs/lemmas/listing_rise.acsl"
#include "../../proofs/lemmas/listing_words.acsl"
#endif

/* The edges of a block, and what is written behind the last of them. */
#define XBZ_LISTING_MAX (XBZ_SCAN_BLOCK + 8)

/* Write the places of the bits of an octet, counted from base, behind
 * list[0..count); eight are written, however many they are. */
/*@ requires range:    octet < 256 && count <= base <= XBZ_SCAN_BLOCK - 8;
    requires writable: \valid(list + (0 .. XBZ_LISTING_MAX - 1));
    assigns  list[count .. count + 7];
    ensures  places:   OctetPlaces(octet, list, count, base);
    ensures  kept:     ListKept{Pre,Post}(list, count);
*/
static inline void xbz_octet_put(uint16_t *list, size_t count, size_t octet,
                                 size_t base) {
  /*@ loop invariant range:  0 <= j <= 8;
      loop invariant places: \forall integer k; count <= k < count + j ==>
                               k - count < OctetRank(octet, 8) ==>
                               OctetPlace(octet, k - count, list[k] - base);
      loop invariant kept:   ListKept{Pre,Here}(list, count);
      loop assigns j, list[count .. count + 7];
      loop variant 8 - j;
  */
  for (size_t j = 0; j < 8; j++)
    list[count + j] = (uint16_t)(base + xbz_octet_place(octet, j));
}

/* Append the places of the edges at [base..base+8) of the block; returns how
 * many there are now. */
/*@ requires range:    octet < 256 && count <= base <= XBZ_SCAN_BLOCK - 8 &&
                       start <= XBZ_PAGE_LEN_MAX;
    requires writable: \valid(list + (0 .. XBZ_LISTING_MAX - 1));
    requires edges:    EdgesOf(octet, was, now, len, start + base,
                               start + base + 8);
    requires listed:   Listed{Pre,Pre}(list, count, was, now, len, start, last,
                                       start + base);
    requires rise:     ListRises(list, count, base);
    assigns  list[count .. count + 7];
    ensures  count:    count <= \result <= base + 8;
    ensures  listed:   Listed{Post,Post}(list, \result, was, now, len, start,
                                         last, start + base + 8);
    ensures  rise:     ListRises(list, \result, base + 8);
*/
static inline size_t xbz_octet_list(uint16_t *list, size_t count, size_t octet,
                                    size_t base)
/*@ ghost (const uint8_t \ghost *was, const uint8_t *now, size_t len,
           size_t start, int64_t last) */
{
  xbz_octet_put(list, count, octet, base);
  //@ assert at: OctetAt(start + base, start + base + 8, start, base);
  //@ assert end: OctetEnd(octet, count, count + OctetRank(octet, 8));
  return count + xbz_octet_count(octet);
}

/* The same of the edges at [base..base+64). */
/*@ requires range:    count <= base <= XBZ_SCAN_BLOCK - 64 &&
                       start <= XBZ_PAGE_LEN_MAX;
    requires writable: \valid(list + (0 .. XBZ_LISTING_MAX - 1));
    requires edges:    EdgeMask(word, was, now, len, start + base);
    requires listed:   Listed{Pre,Pre}(list, count, was, now, len, start, last,
                                       start + base);
    requires rise:     ListRises(list, count, base);
    assigns  list[0 .. XBZ_LISTING_MAX - 1];
    ensures  count:    \result <= base + 64;
    ensures  listed:   Listed{Post,Post}(list, \result, was, now, len, start,
                                         last, start + base + 64);
    ensures  rise:     ListRises(list, \result, base + 64);
*/
static inline size_t xbz_word_list(uint16_t *list, size_t count, uint64_t word,
                                   size_t base)
/*@ ghost (const uint8_t \ghost *was, const uint8_t *now, size_t len,
           size_t start, int64_t last) */
{
  /*@ assert edges: EdgesOf(word, was, now, len, start + base,
                            start + base + 64); */
  /*@ loop invariant range:  0 <= at <= 64 && at % 8 == 0 && count <= base + at;
      loop invariant left:   EdgesOf(word, was, now, len, start + base + at,
                                     start + base + 64);
      loop invariant listed: Listed{Here,Here}(list, count, was, now, len,
                                               start, last, start + base + at);
      loop invariant rise:   ListRises(list, count, base + at);
      loop assigns at, word, count, list[0 .. XBZ_LISTING_MAX - 1];
      loop variant 64 - at;
  */
  XBZ_EIGHTFOLD
  for (size_t at = 0; at < 64; at += 8) {
    count = xbz_octet_list(list, count, word % 256, base + at)
        /*@ ghost (was, now, len, start, last) */;
    word /= 256;
  }
  return count;
}

/* The same of a group, whose words are words[w..w+4). */
/*@ requires range:    count <= base <= XBZ_SCAN_BLOCK - XBZ_SCAN_GROUP &&
                       start <= XBZ_PAGE_LEN_MAX && w <= 60;
    requires writable: \valid(list + (0 .. XBZ_LISTING_MAX - 1));
    requires readable: \valid_read(words + (0 .. 63));
    requires words:    GroupWords(words, w, was, now, len, start + base);
    requires listed:   Listed{Pre,Pre}(list, count, was, now, len, start, last,
                                       start + base);
    requires rise:     ListRises(list, count, base);
    assigns  list[0 .. XBZ_LISTING_MAX - 1];
    ensures  count:    \result <= base + XBZ_SCAN_GROUP;
    ensures  listed:   Listed{Post,Post}(list, \result, was, now, len, start,
                                         last, start + base + XBZ_SCAN_GROUP);
    ensures  rise:     ListRises(list, \result, base + XBZ_SCAN_GROUP);
*/
static inline size_t xbz_group_list(uint16_t *list, size_t count,
                                    const uint64_t *words, size_t w,
                                    size_t base)
/*@ ghost (const uint8_t \ghost *was, const uint8_t *now, size_t len,
           size_t start, int64_t last) */
{
  /*@ loop invariant range:  0 <= k <= 4 && count <= base + 64 * k;
      loop invariant listed: Listed{Here,Here}(list, count, was, now, len,
                                               start, last,
                                               start + base + 64 * k);
      loop invariant rise:   ListRises(list, count, base + 64 * k);
      loop assigns k, count, list[0 .. XBZ_LISTING_MAX - 1];
      loop variant 4 - k;
  */
  for (size_t k = 0; k < 4; k++) {
    //@ assert edges: GroupWord(words, w, k, was, now, len, start + base);
    count = xbz_word_list(list, count, words[w + k], base + XBZ_SCAN_WORD * k)
        /*@ ghost (was, now, len, start, last) */;
  }
  return count;
}

/* List the places of all edges of a block; returns how many they are. last is
 * the last edge before it, or -1. */
/*@ requires writable: \valid(list + (0 .. XBZ_LISTING_MAX - 1));
    requires readable: \valid_read(words + (0 .. 63));
    requires range:    start <= XBZ_PAGE_LEN_MAX && -1 <= last < start;
    requires words:    AllGroups(words, was, now, len, start);
    requires before:   Scanned(was, now, len, last, start);
    assigns  list[0 .. XBZ_LISTING_MAX - 1];
    ensures  count:    \result <= XBZ_SCAN_BLOCK;
    ensures  listed:   Listed{Post,Post}(list, \result, was, now, len, start,
                                         last, start + XBZ_SCAN_BLOCK);
    ensures  rise:     ListRises(list, \result, XBZ_SCAN_BLOCK);
*/
static XBZ_APART size_t xbz_block_list(uint16_t *list, const uint64_t *words)
/*@ ghost (const uint8_t \ghost *was, const uint8_t *now, size_t len,
           size_t start, int64_t last) */
{
  size_t count = 0;
  /*@ loop invariant range:  0 <= g <= 16 && count <= 256 * g;
      loop invariant listed: Listed{Here,Here}(list, count, was, now, len,
                                               start, last, start + 256 * g);
      loop invariant rise:   ListRises(list, count, 256 * g);
      loop assigns g, count, list[0 .. XBZ_LISTING_MAX - 1];
      loop variant 16 - g;
  */
  for (size_t g = 0; g < XBZ_SCAN_GROUPS; g++) {
    //@ assert at: GroupAt(start + 256 * g, start, g);
    count = xbz_group_list(list, count, words, 4 * g, XBZ_SCAN_GROUP * g)
        /*@ ghost (was, now, len, start, last) */;
  }
  return count;
}

#endif

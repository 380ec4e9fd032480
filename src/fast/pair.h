/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Writing one pair of runs where there may be no room for it. */
#ifndef XBZ_FAST_PAIR_H
#define XBZ_FAST_PAIR_H

#include "../core/pair.h"
#include "../core/uleb128.h"
#include "copy.h"
#include "hints.h"

#ifdef __FRAMAC__
#include "../../proofs/lemmas/pair_put.acsl"
#endif

/* What xbz_uleb128_put does, of a value that takes one byte. */
/*@ requires range:     value < 128 && at < SIZE_MAX;
    requires writable:  \valid(dst + at);
    assigns  dst[at];
    ensures  position:  \result == at + UlebSize(value);
    ensures  canonical: UlebAt(dst, at, value);
*/
static inline size_t xbz_put_one(uint8_t *dst, size_t at, size_t value) {
  dst[at] = (uint8_t)value;
  return at + 1;
}

/* And of one that takes two. */
/*@ requires range:     128 <= value < 16384 && at + 2 <= SIZE_MAX;
    requires writable:  \valid(dst + (at .. at + 1));
    assigns  dst[at .. at + 1];
    ensures  position:  \result == at + UlebSize(value);
    ensures  canonical: UlebAt(dst, at, value);
*/
static inline size_t xbz_put_two(uint8_t *dst, size_t at, size_t value) {
  dst[at] = (uint8_t)(value % 128 + 128);
  dst[at + 1] = (uint8_t)(value / 128);
  return at + 2;
}

/* The pair of runs [z-zrun..z), [z..z+nzrun) at dst[at..), with a first length
 * of two bytes and a second of one. */
/*@ requires range:    128 <= zrun < 16384 && zrun <= z && 0 < nzrun < 128 &&
                       z <= XBZ_PAGE_LEN_MAX;
    requires room:     at + 3 + nzrun <= SIZE_MAX;
    requires writable: \valid(dst + (at .. at + 2 + nzrun));
    requires readable: \valid_read(new_page + (z .. z + nzrun - 1));
    requires disjoint: \separated(dst + (at .. at + 2 + nzrun),
                                  new_page + (z .. z + nzrun - 1));
    assigns  dst[at .. at + 2 + nzrun];
    ensures  position: \result == at + PairLen(z - zrun, z, z + nzrun);
    ensures  pair:     PairAt{Pre,Post}(new_page, z - zrun, z, z + nzrun, dst,
                                        at);
    ensures  before:   Unchanged{Pre,Post}(dst, 0, at);
*/
static inline size_t xbz_pair_far(uint8_t *dst, size_t at,
                                  const uint8_t *new_page, size_t z,
                                  size_t zrun, size_t nzrun) {
  size_t mid = xbz_put_two(dst, at, zrun);
  size_t data = xbz_put_one(dst, mid, nzrun);
  xbz_copy(dst, data, new_page, z, nzrun);
  return data + nzrun;
}

/* What xbz_pair_put does, of a non-zero run that is not empty. */
/*@ requires range:    i <= z < x <= XBZ_PAGE_LEN_MAX;
    requires room:     at + PairLen(i, z, x) <= SIZE_MAX;
    requires writable: \valid(dst + (at .. at + PairLen(i, z, x) - 1));
    requires readable: \valid_read(new_page + (z .. x - 1));
    requires disjoint: \separated(dst + (at .. at + PairLen(i, z, x) - 1),
                                  new_page + (z .. x - 1));
    assigns  dst[at .. at + PairLen(i, z, x) - 1];
    ensures  position: \result == at + PairLen(i, z, x);
    ensures  pair:     PairAt{Pre,Post}(new_page, i, z, x, dst, at);
    ensures  before:   Unchanged{Pre,Post}(dst, 0, at);
*/
static inline size_t xbz_pair_any(uint8_t *dst, size_t at,
                                  const uint8_t *new_page, size_t i, size_t z,
                                  size_t x) {
  size_t mid = xbz_uleb128_put(dst, at, (uint32_t)(z - i));
  size_t data = xbz_uleb128_put(dst, mid, (uint32_t)(x - z));
  xbz_copy(dst, data, new_page, z, x - z);
  return data + (x - z);
}

/* Write the pair of runs [i..z), [z..x) at dst[at..cap); returns the position
 * after it, or 0 if there is no room. */
/*@ requires range:    i <= z < x <= XBZ_PAGE_LEN_MAX && at <= cap;
    requires writable: \valid(dst + (0 .. cap - 1));
    requires readable: \valid_read(new_page + (z .. x - 1));
    requires disjoint: \separated(dst + (0 .. cap - 1),
                                  new_page + (z .. x - 1));
    assigns  dst[0 .. cap - 1];
    ensures  room:     \result == 0 <==> at + PairLen(i, z, x) > cap;
    ensures  position: \result != 0 ==> \result == at + PairLen(i, z, x);
    ensures  pair:     \result != 0 ==>
                       PairAt{Pre,Post}(new_page, i, z, x, dst, at);
    ensures  before:   Unchanged{Pre,Post}(dst, 0, at);
*/
static XBZ_APART size_t xbz_pair_fit(uint8_t *dst, size_t cap, size_t at,
                                     const uint8_t *new_page, size_t i,
                                     size_t z, size_t x) {
  size_t zrun = z - i, nzrun = x - z;
  if (zrun >= 128 && zrun < 16384 && nzrun < 128 && cap - at >= 3 + nzrun)
    return xbz_pair_far(dst, at, new_page, z, zrun, nzrun);
  if (xbz_pair_len(i, z, x) > cap - at)
    return 0;
  return xbz_pair_any(dst, at, new_page, i, z, x);
}

/* The same for lengths of one byte each and at most 16 changed bytes, where to
 * copy 16 does no harm: there is room for them. */
/*@ requires range:    z >= zrun && zrun < 128 && 0 < nzrun <= 16 &&
                       z <= SIZE_MAX - 16;
    requires room:     at + 18 <= cap;
    requires writable: \valid(dst + (0 .. cap - 1));
    requires readable: \valid_read(new_page + (z .. z + 15));
    requires disjoint: \separated(dst + (0 .. cap - 1),
                                  new_page + (z .. z + 15));
    assigns  dst[at .. at + 17];
    ensures  position: \result == at + PairLen(z - zrun, z, z + nzrun);
    ensures  pair:     PairAt{Pre,Post}(new_page, z - zrun, z, z + nzrun, dst,
                                        at);
    ensures  before:   Unchanged{Pre,Post}(dst, 0, at);
*/
static inline size_t xbz_pair_near(uint8_t *dst, size_t cap, size_t at,
                                   const uint8_t *new_page, size_t z,
                                   size_t zrun, size_t nzrun) {
  size_t mid = xbz_put_one(dst, at, zrun);
  size_t data = xbz_put_one(dst, mid, nzrun);
  (void)cap;
  xbz_leaf_copy16(dst, data, new_page, z);
  return data + nzrun;
}

#endif

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * What each instruction set supplies: all that the drivers know of it. Each
 * leaf_*.h defines these functions, and one source file includes one of them.
 */
#ifndef XBZ_FAST_LEAF_H
#define XBZ_FAST_LEAF_H

#include "../xbz.h"

#ifdef __FRAMAC__
#include "../../spec/logic/bits.acsl"
#endif

/* Bit k of the result is set iff old_page[at + k] != new_page[at + k]. */
/*@ requires range:    at + 64 <= XBZ_PAGE_LEN_MAX;
    requires readable: \valid_read(old_page + (at .. at + 63)) &&
                       \valid_read(new_page + (at .. at + 63));
    assigns  \nothing;
    ensures  mask:     DiffMask(\result, old_page, new_page, at);
*/
static inline uint64_t xbz_leaf_diff(const uint8_t *old_page,
                                     const uint8_t *new_page, size_t at);

/* Whether the pages are equal in [at..at+256). */
/*@ requires range:    at + 256 <= XBZ_PAGE_LEN_MAX;
    requires readable: \valid_read(old_page + (at .. at + 255)) &&
                       \valid_read(new_page + (at .. at + 255));
    assigns  \nothing;
    ensures  equal:    \result != 0 <==>
                       AllSame(old_page, new_page, at, at + 256);
*/
static inline int xbz_leaf_equal(const uint8_t *old_page,
                                 const uint8_t *new_page, size_t at);

/* Copy live[at..at+64) to page[at..at+64), each byte read once. Bit k of the
 * result is set iff that changed page[at + k]. */
/*@ requires range:    at + 64 <= XBZ_PAGE_LEN_MAX;
    requires writable: \valid(page + (at .. at + 63));
    requires readable: \valid_read(live + (at .. at + 63));
    requires disjoint: \separated(page + (at .. at + 63),
                                  live + (at .. at + 63));
    assigns  page[at .. at + 63];
    ensures  mask:     ChangeMask{Pre,Post}(\result, page, at);
    ensures  copied:   Copied{Pre,Post}(page, at, live, at, 64);
*/
static inline uint64_t xbz_leaf_update(uint8_t *page, const uint8_t *live,
                                       size_t at);

/* Copy 16 bytes. */
/*@ requires range:    at + 16 <= SIZE_MAX && from + 16 <= SIZE_MAX;
    requires writable: \valid(dst + (at .. at + 15));
    requires readable: \valid_read(src + (from .. from + 15));
    requires disjoint: \separated(dst + (at .. at + 15),
                                  src + (from .. from + 15));
    assigns  dst[at .. at + 15];
    ensures  copied:   Copied{Pre,Post}(dst, at, src, from, 16);
    ensures  others:   UnchangedBut{Pre,Post}(dst, at, at + 16);
*/
static inline void xbz_leaf_copy16(uint8_t *dst, size_t at, const uint8_t *src,
                                   size_t from);

/* The place of the lowest bit that is set. */
/*@ requires some:    m != 0;
    assigns  \nothing;
    ensures  range:   \result < 64;
    ensures  set:     Bit(m, \result);
    ensures  lowest:  \forall integer k; 0 <= k < \result ==> !Bit(m, k);
*/
static inline size_t xbz_leaf_first(uint64_t m);

/* m without its lowest bit, which is k. */
/*@ requires range:   k < 64;
    requires set:     Bit(m, k);
    requires lowest:  \forall integer j; 0 <= j < k ==> !Bit(m, j);
    assigns  \nothing;
    ensures  rest:    \forall integer j; 0 <= j < 64 ==>
                        (Bit(\result, j) <==> (Bit(m, j) && j != k));
*/
static inline uint64_t xbz_leaf_rest(uint64_t m, size_t k);

/* How many bits are set. */
/*@ assigns  \nothing;
    ensures  count:   \result == BitCount(m, 64);
    ensures  range:   \result <= 64;
*/
static inline size_t xbz_leaf_count(uint64_t m);

#endif

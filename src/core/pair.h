/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* One pair of runs on the wire [F-10]. */
#ifndef XBZ_CORE_PAIR_H
#define XBZ_CORE_PAIR_H

#include "../xbz.h"

/* One pair of runs, as read from the wire. */
struct xbz_pair {
  uint32_t zrun;  /* unchanged bytes */
  uint32_t nzrun; /* changed bytes */
  size_t data;    /* where the changed bytes start in the input */
};

/* Read the pair at src[at..len); room is what is left of the page. */
/*@ requires start:     at <= len;
    requires room:      room <= XBZ_PAGE_LEN_MAX;
    requires readable:  \valid_read(src + (0 .. len - 1));
    requires writable:  \valid(pair);
    requires disjoint:  \separated(pair, src + (0 .. len - 1));
    assigns  *pair;
    ensures  status:    \result == PairStatus(src, len, at, room);
    ensures  zrun:      \result == XBZ_OK ==>
                        pair->zrun == PairZrun(src, at);
    ensures  nzrun:     \result == XBZ_OK ==>
                        pair->nzrun == PairNzrun(src, at);
    ensures  data:      \result == XBZ_OK ==> pair->data == PairData(src, at);
*/
xbz_status xbz_pair_get(struct xbz_pair *pair, const uint8_t *src, size_t len,
                        size_t at, size_t room);

/* Wire bytes of the pair of runs [i..z) unchanged, [z..x) changed. */
/*@ requires range: i <= z <= x <= XBZ_PAGE_LEN_MAX;
    assigns  \nothing;
    ensures  len:   \result == PairLen(i, z, x);
*/
size_t xbz_pair_len(size_t i, size_t z, size_t x);

/* Write that pair at dst[at..); returns the position after it. */
/*@ requires range:    i <= z <= x <= XBZ_PAGE_LEN_MAX;
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
size_t xbz_pair_put(uint8_t *dst, size_t at, const uint8_t *new_page, size_t i,
                    size_t z, size_t x);

#endif

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* The decoder over the leaves: both passes of the reference, with a short cut
 * for pairs whose lengths take one byte each. */
#ifndef XBZ_FAST_DECODE_H
#define XBZ_FAST_DECODE_H

#include "../core/arguments.h"
#include "../core/pair.h"
#include "copy.h"

#ifdef __FRAMAC__
#include "../../proofs/lemmas/decode.acsl"
#include "../../proofs/lemmas/short.acsl"
#endif

/* Whether the pair at src[at..len) is sound, its lengths take one byte each,
 * and the first is not 0; room is what is left of the page. */
/*@ requires start:    at <= len;
    requires readable: \valid_read(src + (0 .. len - 1));
    assigns  \nothing;
    ensures  sound:    \result != 0 ==>
                       PairStatus(src, len, at, room) == XBZ_OK;
    ensures  pair:     \result != 0 ==>
                       PairIs(src, at, Byte(src, at), Byte(src, at + 1),
                              at + 2);
*/
static inline int xbz_pair_short(const uint8_t *src, size_t len, size_t at,
                                 size_t room) {
  size_t zrun, nzrun;
  if (len - at <= 2)
    return 0;
  zrun = src[at];
  nzrun = src[at + 1];
  return zrun > 0 && zrun < 128 && nzrun > 0 && nzrun < 128 &&
         nzrun <= len - at - 2 && zrun + nzrun <= room;
}

/* Read all of src and change nothing, as the reference does. After the first
 * pair a zero run may not be empty, which makes the short cut shorter. */
/*@ requires page_len:  page_len <= XBZ_PAGE_LEN_MAX;
    requires readable:  \valid_read(src + (0 .. src_len - 1));
    requires writable:  \valid(end);
    requires disjoint:  \separated(end, src + (0 .. src_len - 1));
    assigns  *end;
    ensures  status:    \result == DecodeStatus(src, src_len, page_len);
    ensures  end:       \result == XBZ_OK ==>
                        *end == Parse(src, src_len, 0, 0, page_len);
    ensures  cause:     \result != XBZ_E_ARGUMENT;
    ensures  untouched: \result != XBZ_OK ==> *end == \old(*end);
*/
static inline xbz_status xbz_check(size_t *end, const uint8_t *src,
                                   size_t src_len, size_t page_len) {
  struct xbz_pair pair = {0, 0, 0};
  size_t i = 0, at = 0;
  /*@ loop invariant range: 0 <= i <= page_len && 0 <= at <= src_len;
      loop invariant rest:  Parse(src, src_len, at, i, page_len) ==
                            Parse(src, src_len, 0, 0, page_len);
      loop assigns i, at, pair;
      loop variant src_len - at;
  */
  while (at < src_len) {
    xbz_status status;
    if (xbz_pair_short(src, src_len, at, page_len - i)) {
      i += (size_t)src[at] + src[at + 1];
      at += 2 + (size_t)src[at + 1];
      continue;
    }
    status = xbz_pair_get(&pair, src, src_len, at, page_len - i);
    if (status != XBZ_OK)
      return status;
    i += (size_t)pair.zrun + pair.nzrun;
    at = pair.data + pair.nzrun;
  }
  *end = i;
  return XBZ_OK;
}

/* What xbz_copy does, with a short way for a short run. */
/*@ requires range:    at + n <= SIZE_MAX && from + n <= SIZE_MAX && 0 < n;
    requires writable: \valid(page + (at .. at + n - 1));
    requires readable: \valid_read(src + (from .. from + n - 1));
    requires disjoint: \separated(page + (at .. at + n - 1),
                                  src + (from .. from + n - 1));
    assigns  page[at .. at + n - 1];
    ensures  copied:   Copied{Pre,Post}(page, at, src, from, n);
    ensures  others:   UnchangedBut{Pre,Post}(page, at, at + n);
*/
static inline void xbz_run_copy(uint8_t *page, size_t at, const uint8_t *src,
                                size_t from, size_t n) {
  if (n < 16)
    xbz_copy_short(page, at, src, from, n);
  else
    xbz_copy(page, at, src, from, n);
}

/* Apply all of a src that was checked. */
/*@ requires page_len:  1 <= page_len <= XBZ_PAGE_LEN_MAX;
    requires sound:     WellFormed(src, src_len, page_len);
    requires writable:  \valid(page + (0 .. page_len - 1));
    requires readable:  \valid_read(src + (0 .. src_len - 1));
    requires disjoint:  \separated(page + (0 .. page_len - 1),
                                   src + (0 .. src_len - 1));
    assigns  page[0 .. page_len - 1];
    ensures  applied:   Applied{Pre,Post}(page, page_len, src, src_len);
*/
static inline void xbz_apply(uint8_t *page, size_t page_len, const uint8_t *src,
                             size_t src_len) {
  struct xbz_pair pair = {0, 0, 0};
  size_t i = 0, at = 0;
  /*@ loop invariant left:  PairsLeft{Pre}(src, src_len, at, i, page_len);
      loop invariant input: Unchanged{Pre,Here}(src, 0, src_len);
      loop invariant done:  AppliedTo{Pre,Here}(page, page_len, src, src_len,
                                                i);
      loop assigns i, at, pair, page[0 .. page_len - 1];
      loop variant src_len - at; */
  while (at < src_len) {
    //@ assert sound: PairStatus{Pre}(src, src_len, at, page_len - i) == XBZ_OK;
    size_t zrun = src[at], nzrun = src[at + 1], data = at + 2;
    /*@ assert near: zrun >= 128 || nzrun >= 128 ||
                     PairIs(src, at, zrun, nzrun, data); */
    if (zrun >= 128 || nzrun >= 128) {
      (void)xbz_pair_get(&pair, src, src_len, at, page_len - i);
      //@ assert far: PairIs(src, at, pair.zrun, pair.nzrun, pair.data);
      zrun = pair.zrun;
      nzrun = pair.nzrun;
      data = pair.data;
    }
    //@ assert read: PairIs(src, at, zrun, nzrun, data);
    //@ assert pair: PairIs{Pre}(src, at, zrun, nzrun, data);
    /*@ assert apart: \separated(page + (i + zrun .. i + zrun + nzrun - 1),
                                 src + (0 .. src_len - 1)); */
    xbz_run_copy(page, i + zrun, src, data, nzrun);
    /*@ assert kept: \forall integer k; 0 <= k < src_len ==>
                       src[k] == \at(src[k],LoopCurrent); */
    /*@ assert applied: PairApplied{Pre,LoopCurrent,Here}(page, page_len, i,
                                                          src, at); */
    /*@ assert next: PairsLeft{Pre}(src, src_len, PairNext{Pre}(src, at),
                                    i + PairSize{Pre}(src, at), page_len); */
    /*@ assert end: data + nzrun == PairNext{Pre}(src, at) &&
                    zrun + nzrun == PairSize{Pre}(src, at); */
    i += zrun + nzrun;
    at = data + nzrun;
  }
}

/* The decoder of every backend: its contract is that of the reference. */
#ifdef __FRAMAC__
#include "../../spec/logic/contract_decode.acsl"
#endif
static inline xbz_status xbz_decode(uint8_t *page, size_t page_len, size_t *end,
                                    const uint8_t *src, size_t src_len) {
  xbz_status status;
  if (!xbz_decode_ready(page, page_len, end, src, src_len))
    return XBZ_E_ARGUMENT;
  status = xbz_check(end, src, src_len, page_len);
  if (status == XBZ_OK)
    xbz_apply(page, page_len, src, src_len);
  return status;
}

#endif

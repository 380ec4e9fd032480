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

/* Read the pair at src[at..), sound or not, if its lengths are short: of two
 * bytes at most, and of one. Returns whether they are. */
/*@ requires range:    at + 2 < SIZE_MAX;
    requires readable: \valid_read(src + (at .. at + 2));
    requires writable: \valid(pair);
    requires disjoint: \separated(pair, src + (at .. at + 2));
    assigns  *pair;
    ensures  short:    \result != 0 ==> ShortPair(src, at);
    ensures  pair:     \result != 0 ==>
                       PairIs(src, at, pair->zrun, pair->nzrun, pair->data);
*/
static inline int xbz_pair_short(struct xbz_pair *pair, const uint8_t *src,
                                 size_t at) {
  uint32_t zrun = src[at], nzrun = src[at + 1];
  size_t data = at + 2;
  /*@ assert one: zrun < 128 ==>
                  PairMid(src, at) == at + 1 && PairZrun(src, at) == zrun; */
  if (zrun >= 128) {
    if (nzrun >= 128)
      return 0;
    zrun = zrun - 128 + 128 * nzrun;
    //@ assert two: PairMid(src, at) == at + 2 && PairZrun(src, at) == zrun;
    nzrun = src[data];
    data++;
  }
  /*@ assert mid: PairZrun(src, at) == zrun && PairMid(src, at) == data - 1 &&
                  Byte(src, data - 1) == nzrun; */
  /*@ assert read: nzrun < 128 ==>
                   ShortPair(src, at) && PairIs(src, at, zrun, nzrun, data); */
  pair->zrun = zrun;
  pair->nzrun = nzrun;
  pair->data = data;
  return nzrun < 128;
}

/* Whether no run of the pair at src[at..) is empty; the first zero run may be.
 */
/*@ requires readable: \valid_read(pair);
    assigns  \nothing;
    ensures  filled:   \result != 0 <==>
                       (pair->zrun > 0 || at == 0) && pair->nzrun > 0;
*/
static inline int xbz_pair_filled(const struct xbz_pair *pair, size_t at) {
  return (pair->zrun > 0 || at == 0) && pair->nzrun > 0;
}

/* Go over the pairs from *at and *i on that have short lengths. One of these
 * may end beyond src, which is noticed afterwards. */
/*@ requires page_len:  *i <= page_len <= XBZ_PAGE_LEN_MAX;
    requires input:     *at < src_len;
    requires readable:  \valid_read(src + (0 .. src_len - 1));
    requires writable:  \valid(i) && \valid(at);
    requires disjoint:  \separated(i, at, src + (0 .. src_len - 1));
    assigns  *i, *at;
    ensures  status:    \result != XBZ_OK ==>
                        Parse(src, src_len, \old(*at), \old(*i), page_len) ==
                        \result;
    ensures  cause:     \result == XBZ_OK || \result == XBZ_E_PAGE_END ||
                        \result == XBZ_E_INPUT_END;
    ensures  range:     \result == XBZ_OK ==>
                        *i <= page_len && \old(*at) <= *at <= src_len;
    ensures  rest:      \result == XBZ_OK ==>
                        Parse(src, src_len, *at, *i, page_len) ==
                        Parse(src, src_len, \old(*at), \old(*i), page_len);
*/
static inline xbz_status xbz_check_short(size_t *i, size_t *at,
                                         const uint8_t *src, size_t src_len,
                                         size_t page_len) {
  /* No object is so long, but then no sum here wraps around. */
  const size_t endless = src_len > SIZE_MAX - 256;
  const size_t last = src_len > 2 ? src_len - 2 - 256 * endless : 0;
  struct xbz_pair pair;
  /*@ loop invariant range: *i <= page_len && \at(*at,Pre) <= *at;
      loop invariant rest:  *at <= src_len ==>
                            Parse(src, src_len, *at, *i, page_len) ==
                            Parse(src, src_len, \at(*at,Pre), \at(*i,Pre),
                                  page_len);
      loop invariant end:   *at > src_len ==>
                            Parse(src, src_len, \at(*at,Pre), \at(*i,Pre),
                                  page_len) == XBZ_E_INPUT_END;
      loop assigns *i, *at, pair;
      loop variant src_len - *at;
  */
  while (*at < last && xbz_pair_short(&pair, src, *at) &&
         xbz_pair_filled(&pair, *at)) {
    //@ assert runs: ShortRuns(src, src_len, *at);
    /*@ assert step: PairNext(src, *at) <= src_len ==>
                     PairSize(src, *at) <= page_len - *i ==>
                     Parse(src, src_len, *at, *i, page_len) ==
                     Parse(src, src_len, PairNext(src, *at),
                           *i + PairSize(src, *at), page_len); */
    if (*i + pair.zrun + pair.nzrun > page_len)
      return XBZ_E_PAGE_END;
    *i += (size_t)pair.zrun + pair.nzrun;
    *at = pair.data + pair.nzrun;
    /*@ assert next: *at == PairNext(src, \at(*at,LoopCurrent)) &&
                     *i == \at(*i,LoopCurrent) +
                           PairSize(src, \at(*at,LoopCurrent)); */
  }
  return *at <= src_len ? XBZ_OK : XBZ_E_INPUT_END;
}

/* Read all of src and change nothing, as the reference does. */
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
    xbz_status status = xbz_check_short(&i, &at, src, src_len, page_len);
    if (status == XBZ_OK && at == src_len)
      break;
    if (status == XBZ_OK)
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
  if (n < 4)
    xbz_copy_tiny(page, at, src, from, n);
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
  size_t i = 0, at = 0;
  /*@ loop invariant left:  PairsLeft{Pre}(src, src_len, at, i, page_len);
      loop invariant input: Unchanged{Pre,Here}(src, 0, src_len);
      loop invariant done:  AppliedTo{Pre,Here}(page, page_len, src, src_len,
                                                i);
      loop assigns i, at, page[0 .. page_len - 1];
      loop variant src_len - at; */
  while (at < src_len) {
    struct xbz_pair pair, far;
    //@ assert sound: PairStatus{Pre}(src, src_len, at, page_len - i) == XBZ_OK;
    if (!xbz_pair_short(&pair, src, at)) {
      (void)xbz_pair_get(&far, src, src_len, at, page_len - i);
      pair = far;
    }
    //@ assert read: PairIs(src, at, pair.zrun, pair.nzrun, pair.data);
    //@ assert pair: PairIs{Pre}(src, at, pair.zrun, pair.nzrun, pair.data);
    const size_t to = i + pair.zrun;
    /*@ assert apart: \separated(page + (to .. to + pair.nzrun - 1),
                                 src + (0 .. src_len - 1)); */
    xbz_run_copy(page, to, src, pair.data, pair.nzrun);
    /*@ assert kept: \forall integer k; 0 <= k < src_len ==>
                       src[k] == \at(src[k],LoopCurrent); */
    /*@ assert applied: PairApplied{Pre,LoopCurrent,Here}(page, page_len, i,
                                                          src, at); */
    /*@ assert next: PairsLeft{Pre}(src, src_len, PairNext{Pre}(src, at),
                                    i + PairSize{Pre}(src, at), page_len); */
    /*@ assert end: pair.data + pair.nzrun == PairNext{Pre}(src, at) &&
                    to + pair.nzrun == i + PairSize{Pre}(src, at); */
    i = to + pair.nzrun;
    at = pair.data + pair.nzrun;
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

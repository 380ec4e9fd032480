/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "arguments.h"
#include "bytes.h"
#include "pair.h"

#ifdef __FRAMAC__
#include "../../proofs/lemmas/decode.acsl"
#endif

/* Read all of src and change nothing. XBZ_OK: *end is where the page ends. */
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
static xbz_status xbz_delta_check(size_t *end, const uint8_t *src,
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
    xbz_status status = xbz_pair_get(&pair, src, src_len, at, page_len - i);
    if (status != XBZ_OK)
      return status;
    i += (size_t)pair.zrun + pair.nzrun;
    at = pair.data + pair.nzrun;
  }
  *end = i;
  return XBZ_OK;
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
static void xbz_delta_apply(uint8_t *page, size_t page_len, const uint8_t *src,
                            size_t src_len) {
  struct xbz_pair pair = {0, 0, 0};
  size_t i = 0, at = 0;
  /*@ loop invariant left:  PairsLeft{Pre}(src, src_len, at, i, page_len);
      loop invariant input: Unchanged{Pre,Here}(src, 0, src_len);
      loop invariant done:  AppliedTo{Pre,Here}(page, page_len, src, src_len,
                                                i);
      loop assigns i, at, pair, page[0 .. page_len - 1];
      loop variant src_len - at;
  */
  while (at < src_len) {
    (void)xbz_pair_get(&pair, src, src_len, at, page_len - i);
    //@ assert sound: PairStatus{Pre}(src, src_len, at, page_len - i) == XBZ_OK;
    //@ assert pair: PairIs{Pre}(src, at, pair.zrun, pair.nzrun, pair.data);
    /*@ assert apart: \separated(page + (i + pair.zrun ..
                                         i + pair.zrun + pair.nzrun - 1),
                                 src + (0 .. src_len - 1)); */
    xbz_bytes_copy(page, i + pair.zrun, src, pair.data, pair.nzrun);
    //@ assert input: Unchanged{Pre,Here}(src, 0, src_len);
    /*@ assert applied: PairApplied{Pre,LoopCurrent,Here}(page, page_len, i,
                                                          src, at); */
    /*@ assert next: PairsLeft{Pre}(src, src_len, PairNext{Pre}(src, at),
                                    i + PairSize{Pre}(src, at), page_len); */
    /*@ assert done: AppliedTo{Pre,Here}(page, page_len, src, src_len,
                                         i + PairSize{Pre}(src, at)); */
    i += (size_t)pair.zrun + pair.nzrun;
    at = pair.data + pair.nzrun;
  }
}

xbz_status xbz_page_decode_ref(uint8_t *page, size_t page_len, size_t *end,
                               const uint8_t *src, size_t src_len) {
  xbz_status status;
  if (!xbz_decode_ready(page, page_len, end, src, src_len))
    return XBZ_E_ARGUMENT;
  status = xbz_delta_check(end, src, src_len, page_len);
  if (status == XBZ_OK)
    xbz_delta_apply(page, page_len, src, src_len);
  return status;
}

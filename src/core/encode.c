/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "arguments.h"
#include "pair.h"

#ifdef __FRAMAC__
#include "../../proofs/lemmas/encode.acsl"
#endif

/* The first position from..len-1 where the pages differ, or len. */
/*@ requires readable: \valid_read(old_page + (0 .. len - 1)) &&
                       \valid_read(new_page + (0 .. len - 1));
    requires range:    from <= len;
    assigns  \nothing;
    ensures  end:      \result == ZrunEnd(old_page, new_page, len, from);
*/
static size_t xbz_zrun_end(const uint8_t *old_page, const uint8_t *new_page,
                           size_t from, size_t len) {
  size_t i = from;
  /*@ loop invariant range: from <= i <= len;
      loop invariant same:  AllSame(old_page, new_page, from, i);
      loop assigns i;
      loop variant len - i;
  */
  while (i < len && old_page[i] == new_page[i])
    i++;
  return i;
}

/* The first position from..len-1 where the pages are equal, or len. */
/*@ requires readable: \valid_read(old_page + (0 .. len - 1)) &&
                       \valid_read(new_page + (0 .. len - 1));
    requires range:    from <= len;
    assigns  \nothing;
    ensures  end:      \result == NzrunEnd(old_page, new_page, len, from);
*/
static size_t xbz_nzrun_end(const uint8_t *old_page, const uint8_t *new_page,
                            size_t from, size_t len) {
  size_t i = from;
  /*@ loop invariant range:  from <= i <= len;
      loop invariant differ: NoneSame(old_page, new_page, from, i);
      loop assigns i;
      loop variant len - i;
  */
  while (i < len && old_page[i] != new_page[i])
    i++;
  return i;
}

/* Encode, with arguments that are in order. */
/*@ requires arguments: EncodeArguments(dst, cap, dst_len, old_page, new_page,
                                        page_len);
    requires memory:    EncodeMemory(dst, cap, dst_len, old_page, new_page,
                                     page_len);
    assigns  dst[0 .. cap - 1], *dst_len;
    ensures  status:    \result == EncodeStatus{Pre}(cap, old_page, new_page,
                                                     page_len);
    ensures  unchanged: \result == XBZ_UNCHANGED ==>
                        AllSame{Pre}(old_page, new_page, 0, page_len) &&
                        Unchanged{Pre,Post}(dst, 0, cap);
    ensures  canonical: \result == XBZ_OK ==>
                        0 < *dst_len <= cap &&
                        Canonical{Pre,Post}(old_page, new_page, page_len, 0,
                                            dst, 0, *dst_len);
    ensures  len_kept:  \result != XBZ_OK ==> *dst_len == \old(*dst_len);
*/
static xbz_status xbz_delta_put(uint8_t *dst, size_t cap, size_t *dst_len,
                                const uint8_t *old_page,
                                const uint8_t *new_page, size_t page_len) {
  size_t i = 0, at = 0;
  /*@ loop invariant range:  0 <= i <= page_len && 0 <= at <= cap;
      loop invariant old:    Unchanged{Pre,Here}(old_page, 0, page_len);
      loop invariant new:    Unchanged{Pre,Here}(new_page, 0, page_len);
      loop invariant rest:   CanonRest{Pre}(old_page, new_page, page_len, i,
                                            at);
      loop invariant done:   CanonBytes{Pre,Here}(old_page, new_page, page_len,
                                                  dst, at);
      loop invariant start:  at == 0 ==>
                             i == 0 && Unchanged{Pre,Here}(dst, 0, cap);
      loop assigns i, at, dst[0 .. cap - 1];
      loop variant page_len - i;
  */
  for (;;) {
    size_t z = xbz_zrun_end(old_page, new_page, i, page_len);
    //@ assert zrun: z == ZrunEnd{Pre}(old_page, new_page, page_len, i);
    if (z == page_len)
      break;
    size_t x = xbz_nzrun_end(old_page, new_page, z, page_len);
    //@ assert nzrun: x == NzrunEnd{Pre}(old_page, new_page, page_len, z);
    if (xbz_pair_len(i, z, x) > cap - at)
      return XBZ_NO_FIT;
    at = xbz_pair_put(dst, at, new_page, i, z, x);
    i = x;
  }
  if (at == 0)
    return XBZ_UNCHANGED;
  *dst_len = at;
  return XBZ_OK;
}

xbz_status xbz_page_encode_ref(uint8_t *dst, size_t cap, size_t *dst_len,
                               const uint8_t *old_page, const uint8_t *new_page,
                               size_t page_len) {
  if (!xbz_encode_ready(dst, cap, dst_len, old_page, new_page, page_len))
    return XBZ_E_ARGUMENT;
  return xbz_delta_put(dst, cap, dst_len, old_page, new_page, page_len);
}

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * The theorems that span the encoder and the decoder, over the shipped code:
 * any base, round trip, idempotence, and one canonical encoding.
 *
 * These functions are never compiled into anything: what is proved of them is
 * the theorem.
 */
#include "any_base.c"

#include "lemmas/frame.acsl"

/*
 * Any base, through the two functions that users call: encoding old -> new and
 * applying the result to base changes exactly the bytes where old and new
 * differ. Round trip: base equal to old becomes new. Idempotence: base equal
 * to new stays new.
 */
/*@ requires encode: EncodeArguments(dst, cap, len, o, n, size) &&
                     EncodeMemory(dst, cap, len, o, n, size);
    requires base:   \valid(base + (0 .. size - 1)) && base != \null &&
                     \valid(end) &&
                     \separated(base + (0 .. size - 1), dst + (0 .. cap - 1)) &&
                     \separated(base + (0 .. size - 1), o + (0 .. size - 1)) &&
                     \separated(base + (0 .. size - 1), n + (0 .. size - 1)) &&
                     \separated(end, len, base + (0 .. size - 1)) &&
                     \separated(end, dst + (0 .. cap - 1)) &&
                     \separated(end, o + (0 .. size - 1)) &&
                     \separated(end, n + (0 .. size - 1)) &&
                     \separated(len, base + (0 .. size - 1));
    assigns  dst[0 .. cap - 1], *len, base[0 .. size - 1], *end;
    ensures  status:   \result == EncodeStatus{Pre}(cap, o, n, size);
    ensures  any_base: \result == XBZ_OK ==>
                       \forall integer j; 0 <= j < size ==>
                         Byte(base, j) ==
                           Patched{Pre}(o, n, j, Byte{Pre}(base, j));
    ensures  equal:    \result == XBZ_UNCHANGED ==> AllSame{Pre}(o, n, 0, size);
*/
static xbz_status xbz_theorem_any_base(uint8_t *base, size_t *end, uint8_t *dst,
                                       size_t cap, size_t *len,
                                       const uint8_t *o, const uint8_t *n,
                                       size_t size) {
  xbz_status status = xbz_page_encode_ref(dst, cap, len, o, n, size);
  if (status != XBZ_OK)
    return status;
encoded:
  //@ assert old: Unchanged{Pre,Here}(o, 0, size);
  //@ assert new: Unchanged{Pre,Here}(n, 0, size);
  /*@ assert kept: \forall integer p;
        CanonByteKept{Pre,Here}(o, n, size, 0, *len, p); */
  /*@ assert bytes: \forall integer p; 0 <= p < *len ==>
        CanonByteKept{Pre,Here}(o, n, size, 0, *len, p) &&
        Byte(dst, p) == CanonByte{Here}(o, n, size, 0, *len, p); */
  //@ assert canonical: Canonical{Here,Here}(o, n, size, 0, dst, 0, *len);
  xbz_lemma_means(o, n, size, 0, dst, *len, 0);
  status = xbz_page_decode_ref(base, size, end, dst, *len);
  //@ assert applied: Applied{encoded,Here}(base, size, dst, *len);
  return status;
}

/*
 * One canonical encoding: any two encoders that meet the contract write the
 * same bytes and answer the same.
 */
/*@ requires first:  EncodeArguments(a, cap, a_len, o, n, size) &&
                     EncodeMemory(a, cap, a_len, o, n, size);
    requires second: EncodeArguments(b, cap, b_len, o, n, size) &&
                     EncodeMemory(b, cap, b_len, o, n, size);
    requires apart:  \separated(a + (0 .. cap - 1), b + (0 .. cap - 1)) &&
                     \separated(a_len, b_len, b + (0 .. cap - 1)) &&
                     \separated(b_len, a + (0 .. cap - 1));
    assigns  a[0 .. cap - 1], *a_len, b[0 .. cap - 1], *b_len;
    ensures  status: \result ==> *a_len == *b_len;
    ensures  bytes:  \result ==> \forall integer p; 0 <= p < *a_len ==>
                       Byte(a, p) == Byte(b, p);
    ensures  fits:   \result != 0 <==>
                       EncodeStatus{Pre}(cap, o, n, size) == XBZ_OK;
*/
static int xbz_theorem_unique(uint8_t *a, size_t *a_len, uint8_t *b,
                              size_t *b_len, size_t cap, const uint8_t *o,
                              const uint8_t *n, size_t size) {
  xbz_status status;
  if (xbz_page_encode_ref(a, cap, a_len, o, n, size) != XBZ_OK)
    return 0;
first:
  //@ assert old: Unchanged{Pre,Here}(o, 0, size);
  //@ assert new: Unchanged{Pre,Here}(n, 0, size);
  /*@ assert kept: \forall integer p;
        CanonByteKept{Pre,Here}(o, n, size, 0, *a_len, p); */
  status = xbz_page_encode(b, cap, b_len, o, n, size);
  //@ assert status: status == XBZ_OK;
  //@ assert len: *a_len == *b_len;
  //@ assert a: Unchanged{first,Here}(a, 0, *a_len);
  /*@ assert bytes: \forall integer p; 0 <= p < *a_len ==>
        CanonByteKept{Pre,first}(o, n, size, 0, *a_len, p) &&
        Byte(a, p) == Byte(b, p); */
  return 1;
}

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Four vectors of 16 bytes on 64-bit Arm, little-endian. */
#ifndef XBZ_FAST_LEAF_NEON_H
#define XBZ_FAST_LEAF_NEON_H

#include <arm_neon.h>

#include "bits.h"
#include "leaf.h"

#ifdef __FRAMAC__
#include "../../proofs/lemmas/count.acsl"
#include "../../proofs/lemmas/places.acsl"
/*@
  // Every lane is all ones, or all zeros.
  predicate Flags(uint8x16_t v) =
    \forall integer k; 0 <= k < 16 ==> v.lane[k] == 0 || v.lane[k] == 255;

  predicate Ones(uint8x16_t v) =
    \forall integer k; 0 <= k < 16 ==> v.lane[k] == 255;

  // The eight lanes of v from lane k on are the bits of a byte, set where those
  // of flags are all ones.
  predicate Placed(uint8x16_t v, uint8x16_t flags, integer k) =
    v.lane[k] == (flags.lane[k] == 255 ? 1 : 0) &&
    v.lane[k + 1] == (flags.lane[k + 1] == 255 ? 2 : 0) &&
    v.lane[k + 2] == (flags.lane[k + 2] == 255 ? 4 : 0) &&
    v.lane[k + 3] == (flags.lane[k + 3] == 255 ? 8 : 0) &&
    v.lane[k + 4] == (flags.lane[k + 4] == 255 ? 16 : 0) &&
    v.lane[k + 5] == (flags.lane[k + 5] == 255 ? 32 : 0) &&
    v.lane[k + 6] == (flags.lane[k + 6] == 255 ? 64 : 0) &&
    v.lane[k + 7] == (flags.lane[k + 7] == 255 ? 128 : 0);

  // They are 1, 2, 4 and so on.
  predicate PlacesFrom(uint8x16_t v, integer k) =
    v.lane[k] == 1 && v.lane[k + 1] == 2 &&
    v.lane[k + 2] == 4 && v.lane[k + 3] == 8 &&
    v.lane[k + 4] == 16 && v.lane[k + 5] == 32 &&
    v.lane[k + 6] == 64 && v.lane[k + 7] == 128;

  // They are that or zero.
  predicate BitLanes(uint8x16_t v, integer k) =
    Place(v.lane[k], 1) && Place(v.lane[k + 1], 2) &&
    Place(v.lane[k + 2], 4) && Place(v.lane[k + 3], 8) &&
    Place(v.lane[k + 4], 16) && Place(v.lane[k + 5], 32) &&
    Place(v.lane[k + 6], 64) && Place(v.lane[k + 7], 128);

  // The sums of neighbours are bytes.
  predicate PairsFit(uint8x16_t v) =
    v.lane[0] + v.lane[1] < 256 && v.lane[2] + v.lane[3] < 256 &&
    v.lane[4] + v.lane[5] < 256 && v.lane[6] + v.lane[7] < 256 &&
    v.lane[8] + v.lane[9] < 256 && v.lane[10] + v.lane[11] < 256 &&
    v.lane[12] + v.lane[13] < 256 && v.lane[14] + v.lane[15] < 256;

  // Lanes k..k+7 of v are the sums of neighbours in w.
  predicate PairsOf(uint8x16_t v, integer k, uint8x16_t w) =
    v.lane[k] == w.lane[0] + w.lane[1] &&
    v.lane[k + 1] == w.lane[2] + w.lane[3] &&
    v.lane[k + 2] == w.lane[4] + w.lane[5] &&
    v.lane[k + 3] == w.lane[6] + w.lane[7] &&
    v.lane[k + 4] == w.lane[8] + w.lane[9] &&
    v.lane[k + 5] == w.lane[10] + w.lane[11] &&
    v.lane[k + 6] == w.lane[12] + w.lane[13] &&
    v.lane[k + 7] == w.lane[14] + w.lane[15];

  // s is their sum.
  predicate LanesSum(integer s, uint8x16_t v, integer k) =
    PlacesOf(s, v.lane[k], v.lane[k + 1], v.lane[k + 2], v.lane[k + 3],
             v.lane[k + 4], v.lane[k + 5], v.lane[k + 6], v.lane[k + 7]);

  // The bits of s say whether lanes k..k+7 of flags are all ones.
  predicate FlagsByte(integer s, uint8x16_t flags, integer k) =
    (Bit(s, 0) <==> flags.lane[k] == 255) &&
    (Bit(s, 1) <==> flags.lane[k + 1] == 255) &&
    (Bit(s, 2) <==> flags.lane[k + 2] == 255) &&
    (Bit(s, 3) <==> flags.lane[k + 3] == 255) &&
    (Bit(s, 4) <==> flags.lane[k + 4] == 255) &&
    (Bit(s, 5) <==> flags.lane[k + 5] == 255) &&
    (Bit(s, 6) <==> flags.lane[k + 6] == 255) &&
    (Bit(s, 7) <==> flags.lane[k + 7] == 255);

  // (So said, provers go through the cases.)
  predicate Eight(integer i) =
    i == 0 || i == 1 || i == 2 || i == 3 || i == 4 || i == 5 || i == 6 ||
    i == 7;

  predicate FlagsEight(integer s, uint8x16_t flags, integer k) =
    \forall integer i; Eight(i) ==>
      (Bit(s, i) <==> flags.lane[k + i] == 255);

  // Bits k..k+15 of m say which lanes of flags are all ones.
  predicate FlagsFrom(integer m, integer k, uint8x16_t flags) =
    \forall integer i; k <= i < k + 16 ==>
      (Bit(m, i) <==> flags.lane[i - k] == 255);

  // Bits k..k+15 of m say where a[at..) and b[at..) are equal.
  predicate SameFrom{L}(integer m, integer k, uint8_t *a, uint8_t *b,
                        integer at) =
    \forall integer i; k <= i < k + 16 ==>
      (Bit(m, i) <==> Same{L}(a, b, at + i));
*/
#endif

/* The 16 bytes p[at..at+16), aligned or not. */
/*@ requires range:    at + 16 <= SIZE_MAX;
    requires readable: \valid_read(p + (at .. at + 15));
    assigns  \nothing;
    ensures  lanes:    \forall integer i; at <= i < at + 16 ==>
                         \result.lane[i - at] == Byte(p, i);
    ensures  places:   \forall integer k; 0 <= k < 16 ==>
                         \result.lane[k] == Byte(p, at + k);
*/
static inline uint8x16_t xbz_neon_load(const uint8_t *p, size_t at) {
  return vld1q_u8(p + at);
}

/* Make them the lanes of v. */
/*@ requires range:    at + 16 <= SIZE_MAX;
    requires writable: \valid(p + (at .. at + 15));
    assigns  p[at .. at + 15];
    ensures  lanes:    \forall integer i; at <= i < at + 16 ==>
                         Byte(p, i) == v.lane[i - at];
*/
static inline void xbz_neon_store(uint8_t *p, size_t at, uint8x16_t v) {
  vst1q_u8(p + at, v);
}

/* Each lane that is set as one bit of a byte, the lowest for the lowest of
 * eight lanes. */
/*@ requires flags:    Flags(v);
    assigns  \nothing;
    ensures  low:      Placed(\result, v, 0);
    ensures  high:     Placed(\result, v, 8);
    ensures  bits:     BitLanes(\result, 0) && BitLanes(\result, 8);
*/
static inline uint8x16_t xbz_neon_places(uint8x16_t v) {
  static const uint8_t xbz_places[16] = {1, 2, 4, 8, 16, 32, 64, 128,
                                         1, 2, 4, 8, 16, 32, 64, 128};
  uint8x16_t places = vld1q_u8(xbz_places);
  //@ assert places: PlacesFrom(places, 0) && PlacesFrom(places, 8);
  uint8x16_t placed = vandq_u8(v, places);
  /*@ assert placed: \forall integer i; 0 <= i < 16 ==>
        placed.lane[i] == (v.lane[i] == 255 ? places.lane[i] : 0); */
  return placed;
}

/* The sums of neighbours, those of a and then those of b. */
/*@ requires fit:      PairsFit(a) && PairsFit(b);
    assigns  \nothing;
    ensures  low:      PairsOf(\result, 0, a);
    ensures  high:     PairsOf(\result, 8, b);
*/
static inline uint8x16_t xbz_neon_pairs(uint8x16_t a, uint8x16_t b) {
  return vpaddq_u8(a, b);
}

/* Neighbours are added until each of eight lanes is the sum of eight. */
/*@ requires low:      BitLanes(a, 0) && BitLanes(b, 0) && BitLanes(c, 0) &&
                       BitLanes(d, 0);
    requires high:     BitLanes(a, 8) && BitLanes(b, 8) && BitLanes(c, 8) &&
                       BitLanes(d, 8);
    assigns  \nothing;
    ensures  a:        LanesSum(\result.lane[0], a, 0) &&
                       LanesSum(\result.lane[1], a, 8);
    ensures  b:        LanesSum(\result.lane[2], b, 0) &&
                       LanesSum(\result.lane[3], b, 8);
    ensures  c:        LanesSum(\result.lane[4], c, 0) &&
                       LanesSum(\result.lane[5], c, 8);
    ensures  d:        LanesSum(\result.lane[6], d, 0) &&
                       LanesSum(\result.lane[7], d, 8);
*/
static inline uint8x16_t xbz_neon_sums(uint8x16_t a, uint8x16_t b, uint8x16_t c,
                                       uint8x16_t d) {
  uint8x16_t ab = xbz_neon_pairs(a, b);
  uint8x16_t cd = xbz_neon_pairs(c, d);
  uint8x16_t abcd = xbz_neon_pairs(ab, cd);
  return xbz_neon_pairs(abcd, abcd);
}

/* Which lanes of four vectors are set, from the lowest bit on. */
/*@ requires flags:    Flags(a) && Flags(b) && Flags(c) && Flags(d);
    assigns  \nothing;
    ensures  a:        FlagsFrom(\result, 0, a);
    ensures  b:        FlagsFrom(\result, 16, b);
    ensures  c:        FlagsFrom(\result, 32, c);
    ensures  d:        FlagsFrom(\result, 48, d);
*/
static inline uint64_t xbz_neon_mask(uint8x16_t a, uint8x16_t b, uint8x16_t c,
                                     uint8x16_t d) {
  uint8x16_t sums = xbz_neon_sums(xbz_neon_places(a), xbz_neon_places(b),
                                  xbz_neon_places(c), xbz_neon_places(d));
  /*@ assert a: FlagsByte(sums.lane[0], a, 0) &&
                FlagsByte(sums.lane[1], a, 8); */
  /*@ assert b: FlagsByte(sums.lane[2], b, 0) &&
                FlagsByte(sums.lane[3], b, 8); */
  /*@ assert c: FlagsByte(sums.lane[4], c, 0) &&
                FlagsByte(sums.lane[5], c, 8); */
  /*@ assert d: FlagsByte(sums.lane[6], d, 0) &&
                FlagsByte(sums.lane[7], d, 8); */
  //@ assert a0: FlagsEight(sums.lane[0], a, 0);
  //@ assert a1: FlagsEight(sums.lane[1], a, 8);
  //@ assert b0: FlagsEight(sums.lane[2], b, 0);
  //@ assert b1: FlagsEight(sums.lane[3], b, 8);
  //@ assert c0: FlagsEight(sums.lane[4], c, 0);
  //@ assert c1: FlagsEight(sums.lane[5], c, 8);
  //@ assert d0: FlagsEight(sums.lane[6], d, 0);
  //@ assert d1: FlagsEight(sums.lane[7], d, 8);
  return vgetq_lane_u64(vreinterpretq_u64_u8(sums), 0);
}
/* All ones in each of the 16 lanes where the pages are equal, else zeros. */
/*@ requires range:    at + 16 <= XBZ_PAGE_LEN_MAX;
    requires readable: \valid_read(a + (at .. at + 15)) &&
                       \valid_read(b + (at .. at + 15));
    assigns  \nothing;
    ensures  flags:    Flags(\result);
    ensures  same:     Ones(\result) ==> AllSame(a, b, at, at + 16);
    ensures  each:     \forall integer k; 0 <= k < 16 ==>
                         (\result.lane[k] == 255 <==> Same(a, b, at + k));
*/
static inline uint8x16_t xbz_neon_lanes(const uint8_t *a, const uint8_t *b,
                                        size_t at) {
  return vceqq_u8(xbz_neon_load(a, at), xbz_neon_load(b, at));
}

static inline uint64_t xbz_leaf_diff(const uint8_t *old_page,
                                     const uint8_t *new_page, size_t at) {
  uint64_t same = xbz_neon_mask(xbz_neon_lanes(old_page, new_page, at),
                                xbz_neon_lanes(old_page, new_page, at + 16),
                                xbz_neon_lanes(old_page, new_page, at + 32),
                                xbz_neon_lanes(old_page, new_page, at + 48));
  //@ assert a: SameFrom(same, 0, old_page, new_page, at);
  //@ assert b: SameFrom(same, 16, old_page, new_page, at);
  //@ assert c: SameFrom(same, 32, old_page, new_page, at);
  //@ assert d: SameFrom(same, 48, old_page, new_page, at);
  return xbz_bits_not(same);
}

/* All ones in each of the lanes where both have them. */
/*@ requires flags:    Flags(v) && Flags(w);
    assigns  \nothing;
    ensures  flags:    Flags(\result);
    ensures  both:     Ones(\result) <==> Ones(v) && Ones(w);
*/
static inline uint8x16_t xbz_neon_both(uint8x16_t v, uint8x16_t w) {
  return vandq_u8(v, w);
}

/* The lanes of [at..at+64), those of all four vectors together. */
/*@ requires range:    at + 64 <= XBZ_PAGE_LEN_MAX;
    requires readable: \valid_read(a + (at .. at + 63)) &&
                       \valid_read(b + (at .. at + 63));
    assigns  \nothing;
    ensures  flags:    Flags(\result);
    ensures  same:     Ones(\result) <==> AllSame(a, b, at, at + 64);
*/
static inline uint8x16_t xbz_neon_lanes4(const uint8_t *a, const uint8_t *b,
                                         size_t at) {
  return xbz_neon_both(
      xbz_neon_both(xbz_neon_lanes(a, b, at), xbz_neon_lanes(a, b, at + 16)),
      xbz_neon_both(xbz_neon_lanes(a, b, at + 32),
                    xbz_neon_lanes(a, b, at + 48)));
}

static inline int xbz_leaf_equal(const uint8_t *old_page,
                                 const uint8_t *new_page, size_t at) {
  uint8x16_t low = xbz_neon_both(xbz_neon_lanes4(old_page, new_page, at),
                                 xbz_neon_lanes4(old_page, new_page, at + 64));
  uint8x16_t high =
      xbz_neon_both(xbz_neon_lanes4(old_page, new_page, at + 128),
                    xbz_neon_lanes4(old_page, new_page, at + 192));
  return vminvq_u8(xbz_neon_both(low, high)) == 255;
}

static inline void xbz_leaf_copy16(uint8_t *dst, size_t at, const uint8_t *src,
                                   size_t from) {
  xbz_neon_store(dst, at, xbz_neon_load(src, from));
}

static inline uint64_t xbz_leaf_update(uint8_t *page, const uint8_t *live,
                                       size_t at) {
  uint8x16_t a = xbz_neon_load(live, at);
  uint8x16_t b = xbz_neon_load(live, at + 16);
  uint8x16_t c = xbz_neon_load(live, at + 32);
  uint8x16_t d = xbz_neon_load(live, at + 48);
  uint64_t same = xbz_neon_mask(vceqq_u8(xbz_neon_load(page, at), a),
                                vceqq_u8(xbz_neon_load(page, at + 16), b),
                                vceqq_u8(xbz_neon_load(page, at + 32), c),
                                vceqq_u8(xbz_neon_load(page, at + 48), d));
  //@ assert a: SameFrom(same, 0, page, live, at);
  //@ assert b: SameFrom(same, 16, page, live, at);
  //@ assert c: SameFrom(same, 32, page, live, at);
  //@ assert d: SameFrom(same, 48, page, live, at);
  uint64_t changed = xbz_bits_not(same);
  //@ assert differ: DiffMask(changed, page, live, at);
  /*@ assert equal: changed == 0 ==> Copied{Pre,Pre}(page, at, live, at, 64); */
  if (changed != 0) {
    xbz_neon_store(page, at, a);
    xbz_neon_store(page, at + 16, b);
    xbz_neon_store(page, at + 32, c);
    xbz_neon_store(page, at + 48, d);
  }
  //@ assert copied: Copied{Pre,Here}(page, at, live, at, 64);
  return changed;
}

static inline size_t xbz_leaf_first(uint64_t m) {
  return (size_t)__builtin_ctzll(m);
}

static inline uint64_t xbz_leaf_rest(uint64_t m, size_t k) {
  return xbz_bits_without(m, k);
}

static inline size_t xbz_leaf_count(uint64_t m) {
  uint8x8_t bytes = vcreate_u8(m);
  /*@ assert low: ByteFrom(m, 0, bytes.lane[0]) &&
                  ByteFrom(m, 8, bytes.lane[1]); */
  /*@ assert low_mid: ByteFrom(m, 16, bytes.lane[2]) &&
                      ByteFrom(m, 24, bytes.lane[3]); */
  /*@ assert high_mid: ByteFrom(m, 32, bytes.lane[4]) &&
                       ByteFrom(m, 40, bytes.lane[5]); */
  /*@ assert high: ByteFrom(m, 48, bytes.lane[6]) &&
                   ByteFrom(m, 56, bytes.lane[7]); */
  return vaddv_u8(vcnt_u8(bytes));
}

#endif

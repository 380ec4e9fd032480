/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Where the bits of an octet are, from a table: no branch depends on them. */
#ifndef XBZ_FAST_OCTETS_H
#define XBZ_FAST_OCTETS_H

#include "../xbz.h"

#ifdef __FRAMAC__
#include "../../spec/logic/octets.acsl"
#endif

/* Rows of the octets whose higher bits are at the given places; behind them
 * there are zeros. */
#define XBZ_ROWS_1(...)                                                        \
  {__VA_ARGS__}, { 0, __VA_ARGS__ }
#define XBZ_ROWS_2(...) XBZ_ROWS_1(__VA_ARGS__), XBZ_ROWS_1(1, __VA_ARGS__)
#define XBZ_ROWS_3(...) XBZ_ROWS_2(__VA_ARGS__), XBZ_ROWS_2(2, __VA_ARGS__)
#define XBZ_ROWS_4(...) XBZ_ROWS_3(__VA_ARGS__), XBZ_ROWS_3(3, __VA_ARGS__)
#define XBZ_ROWS_5(...) XBZ_ROWS_4(__VA_ARGS__), XBZ_ROWS_4(4, __VA_ARGS__)
#define XBZ_ROWS_6(...) XBZ_ROWS_5(__VA_ARGS__), XBZ_ROWS_5(5, __VA_ARGS__)
#define XBZ_ROWS_7(...) XBZ_ROWS_6(__VA_ARGS__), XBZ_ROWS_6(6, __VA_ARGS__)

/* How many bits the octets have, of which the higher bits are n. */
#define XBZ_COUNTS_2(n) (n), (n) + 1, (n) + 1, (n) + 2
#define XBZ_COUNTS_4(n)                                                        \
  XBZ_COUNTS_2(n), XBZ_COUNTS_2((n) + 1), XBZ_COUNTS_2((n) + 1),               \
      XBZ_COUNTS_2((n) + 2)
#define XBZ_COUNTS_6(n)                                                        \
  XBZ_COUNTS_4(n), XBZ_COUNTS_4((n) + 1), XBZ_COUNTS_4((n) + 1),               \
      XBZ_COUNTS_4((n) + 2)
#define XBZ_COUNTS_8                                                           \
  XBZ_COUNTS_6(0), XBZ_COUNTS_6(1), XBZ_COUNTS_6(1), XBZ_COUNTS_6(2)

/* How many bits of an octet are set. */
/*@ requires range:   octet < 256;
    assigns  \nothing;
    ensures  count:   \result == OctetRank(octet, 8);
*/
static inline size_t xbz_octet_count(size_t octet) {
  static const uint8_t xbz_counts[256] = {XBZ_COUNTS_8};
  /*@ assert table: \forall integer o; 0 <= o < 256 ==>
                      xbz_counts[o] == XBZ_RANK(o, 8); */
  return xbz_counts[octet];
}

/* Where bit j of those that are set is; if there are no more, it is said to be
 * somewhere. (Of 16 bits, as eight of them fill a vector.) */
/*@ requires range:   octet < 256 && j < 8;
    assigns  \nothing;
    ensures  range:   \result <= 8;
    ensures  place:   j < OctetRank(octet, 8) ==>
                      OctetPlace(octet, j, \result);
*/
static inline uint16_t xbz_octet_place(size_t octet, size_t j) {
  static const uint16_t xbz_places[256][8] = {XBZ_ROWS_7(8), XBZ_ROWS_7(7)};
  /*@ assert row: XBZ_ENTRY(octet, 0, xbz_places[octet][0]) &&
                  XBZ_ENTRY(octet, 1, xbz_places[octet][1]) &&
                  XBZ_ENTRY(octet, 2, xbz_places[octet][2]) &&
                  XBZ_ENTRY(octet, 3, xbz_places[octet][3]) &&
                  XBZ_ENTRY(octet, 4, xbz_places[octet][4]) &&
                  XBZ_ENTRY(octet, 5, xbz_places[octet][5]) &&
                  XBZ_ENTRY(octet, 6, xbz_places[octet][6]) &&
                  XBZ_ENTRY(octet, 7, xbz_places[octet][7]); */
  return xbz_places[octet][j];
}

#endif

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Copying exactly as many bytes as asked for, by wide steps. */
#ifndef XBZ_FAST_COPY_H
#define XBZ_FAST_COPY_H

#include "../core/bytes.h"
#include "leaf.h"

/* Write 4 bytes. */
/*@ requires range:    at + 4 <= SIZE_MAX;
    requires writable: \valid(dst + (at .. at + 3));
    assigns  dst[at .. at + 3];
    ensures  bytes:    Byte(dst, at) == a && Byte(dst, at + 1) == b &&
                       Byte(dst, at + 2) == c && Byte(dst, at + 3) == d;
    ensures  others:   UnchangedBut{Pre,Post}(dst, at, at + 4);
*/
static inline void xbz_put4(uint8_t *dst, size_t at, uint8_t a, uint8_t b,
                            uint8_t c, uint8_t d) {
  dst[at] = a;
  dst[at + 1] = b;
  dst[at + 2] = c;
  dst[at + 3] = d;
}

/* Copy 4 bytes: all are read before the first is written, so that compilers
 * make one load and one store of it. */
/*@ requires range:    at + 4 <= SIZE_MAX && from + 4 <= SIZE_MAX;
    requires writable: \valid(dst + (at .. at + 3));
    requires readable: \valid_read(src + (from .. from + 3));
    requires disjoint: \separated(dst + (at .. at + 3),
                                  src + (from .. from + 3));
    assigns  dst[at .. at + 3];
    ensures  copied:   Copied{Pre,Post}(dst, at, src, from, 4);
    ensures  others:   UnchangedBut{Pre,Post}(dst, at, at + 4);
*/
static inline void xbz_copy4(uint8_t *dst, size_t at, const uint8_t *src,
                             size_t from) {
  xbz_put4(dst, at, src[from], src[from + 1], src[from + 2], src[from + 3]);
}

/* Copy 8 bytes, in the same way. */
/*@ requires range:    at + 8 <= SIZE_MAX && from + 8 <= SIZE_MAX;
    requires writable: \valid(dst + (at .. at + 7));
    requires readable: \valid_read(src + (from .. from + 7));
    requires disjoint: \separated(dst + (at .. at + 7),
                                  src + (from .. from + 7));
    assigns  dst[at .. at + 7];
    ensures  copied:   Copied{Pre,Post}(dst, at, src, from, 8);
    ensures  others:   UnchangedBut{Pre,Post}(dst, at, at + 8);
*/
static inline void xbz_copy8(uint8_t *dst, size_t at, const uint8_t *src,
                             size_t from) {
  uint8_t a = src[from], b = src[from + 1], c = src[from + 2];
  uint8_t d = src[from + 3], e = src[from + 4], f = src[from + 5];
  uint8_t g = src[from + 6], h = src[from + 7];
  xbz_put4(dst, at, a, b, c, d);
  //@ assert low: Copied{Pre,Here}(dst, at, src, from, 4);
  xbz_put4(dst, at + 4, e, f, g, h);
  //@ assert high: Copied{Pre,Here}(dst, at + 4, src, from + 4, 4);
}

/* What xbz_bytes_copy does, for 1 to 3 bytes: the first, the last, and the one
 * in between. */
/*@ requires range:    at + n <= SIZE_MAX && from + n <= SIZE_MAX && 0 < n < 4;
    requires writable: \valid(dst + (at .. at + n - 1));
    requires readable: \valid_read(src + (from .. from + n - 1));
    requires disjoint: \separated(dst + (at .. at + n - 1),
                                  src + (from .. from + n - 1));
    assigns  dst[at .. at + n - 1];
    ensures  copied:   Copied{Pre,Post}(dst, at, src, from, n);
    ensures  others:   UnchangedBut{Pre,Post}(dst, at, at + n);
*/
static inline void xbz_copy_tiny(uint8_t *dst, size_t at, const uint8_t *src,
                                 size_t from, size_t n) {
  uint8_t *const out = dst + at;
  const uint8_t *const in = src + from;
  out[0] = in[0];
  out[n / 2] = in[n / 2];
  out[n - 1] = in[n - 1];
}

/* What xbz_bytes_copy does, for 1 to 15 bytes: two steps that overlap. */
/*@ requires range:    at + n <= SIZE_MAX && from + n <= SIZE_MAX && 0 < n < 16;
    requires writable: \valid(dst + (at .. at + n - 1));
    requires readable: \valid_read(src + (from .. from + n - 1));
    requires disjoint: \separated(dst + (at .. at + n - 1),
                                  src + (from .. from + n - 1));
    assigns  dst[at .. at + n - 1];
    ensures  copied:   Copied{Pre,Post}(dst, at, src, from, n);
    ensures  others:   UnchangedBut{Pre,Post}(dst, at, at + n);
*/
static inline void xbz_copy_short(uint8_t *dst, size_t at, const uint8_t *src,
                                  size_t from, size_t n) {
  if (n >= 8) {
    xbz_copy8(dst, at, src, from);
    xbz_copy8(dst, at + (n - 8), src, from + (n - 8));
    //@ assert eights: Copied{Pre,Here}(dst, at, src, from, n);
  } else if (n >= 4) {
    xbz_copy4(dst, at, src, from);
    xbz_copy4(dst, at + (n - 4), src, from + (n - 4));
    //@ assert fours: Copied{Pre,Here}(dst, at, src, from, n);
  } else if (n >= 2) {
    dst[at] = src[from];
    dst[at + 1] = src[from + 1];
    dst[at + (n - 1)] = src[from + (n - 1)];
    //@ assert ones: Copied{Pre,Here}(dst, at, src, from, n);
  } else
    dst[at] = src[from];
}

/* What xbz_bytes_copy does, of one byte or more. The last step of a long copy
 * overlaps the one before it, so that nothing beyond dst[at..at+n) is written.
 */
/*@ requires range:    at + n <= SIZE_MAX && from + n <= SIZE_MAX && 0 < n;
    requires writable: \valid(dst + (at .. at + n - 1));
    requires readable: \valid_read(src + (from .. from + n - 1));
    requires disjoint: \separated(dst + (at .. at + n - 1),
                                  src + (from .. from + n - 1));
    assigns  dst[at .. at + n - 1];
    ensures  copied:   Copied{Pre,Post}(dst, at, src, from, n);
    ensures  others:   UnchangedBut{Pre,Post}(dst, at, at + n);
*/
static inline void xbz_copy(uint8_t *dst, size_t at, const uint8_t *src,
                            size_t from, size_t n) {
  if (n < 16) {
    xbz_copy_short(dst, at, src, from, n);
    return;
  }
  /*@ loop invariant range:  0 <= i <= n - 1;
      loop invariant done:   Copied{Pre,Here}(dst, at, src, from, i);
      loop invariant others: UnchangedBut{Pre,Here}(dst, at, at + n);
      loop assigns i, dst[at .. at + n - 1];
      loop variant n - i;
  */
  for (size_t i = 0; i < n - 16; i += 16)
    xbz_leaf_copy16(dst, at + i, src, from + i);
  xbz_leaf_copy16(dst, at + (n - 16), src, from + (n - 16));
}

#endif

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Copying exactly as many bytes as asked for, by wide steps. */
#ifndef XBZ_FAST_COPY_H
#define XBZ_FAST_COPY_H

#include "../core/bytes.h"
#include "leaf.h"

/* What xbz_bytes_copy does. The last step of a long copy overlaps the one
 * before it, so that nothing beyond dst[at..at+n) is written. */
/*@ requires range:    at + n <= SIZE_MAX && from + n <= SIZE_MAX;
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
    xbz_bytes_copy(dst, at, src, from, n);
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

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "bytes.h"

/* Bytes that one loop of known length works on, without a test of where two
 * ranges overlap: compilers make wide moves of it, at -O2 too. */
#define XBZ_BYTES_PART ((size_t)256)

void xbz_bytes_copy(uint8_t *restrict dst, size_t at,
                    const uint8_t *restrict src, size_t from, size_t n) {
  size_t i = 0;
  /*@ loop invariant range: 0 <= i <= n;
      loop invariant done:  Copied{Pre,Here}(dst, at, src, from, i);
      loop assigns i, dst[at .. at + n - 1];
      loop variant n - i;
  */
  for (; n - i >= XBZ_BYTES_PART; i += XBZ_BYTES_PART)
    /*@ loop invariant range: 0 <= j <= XBZ_BYTES_PART;
        loop invariant done:  Copied{Pre,Here}(dst, at, src, from, i + j);
        loop assigns j, dst[at .. at + n - 1];
        loop variant XBZ_BYTES_PART - j;
    */
    for (size_t j = 0; j < XBZ_BYTES_PART; j++)
      dst[at + i + j] = src[from + i + j];
  /*@ loop invariant range: 0 <= i <= n;
      loop invariant done:  Copied{Pre,Here}(dst, at, src, from, i);
      loop assigns i, dst[at .. at + n - 1];
      loop variant n - i;
  */
  for (; i < n; i++)
    dst[at + i] = src[from + i];
}

/* Whether the part from src[at] on is all 0. */
/*@ requires range:    at + XBZ_BYTES_PART <= SIZE_MAX;
    requires readable: \valid_read(src + (at .. at + XBZ_BYTES_PART - 1));
    assigns  \nothing;
    ensures  zero:     \result != 0 <==>
                       AllZero(src, at, at + XBZ_BYTES_PART);
*/
static int xbz_part_is_zero(const uint8_t *src, size_t at) {
  uint8_t most = 0;
  /*@ loop invariant range: 0 <= i <= XBZ_BYTES_PART;
      loop invariant zero:  most == 0 <==> AllZero(src, at, at + i);
      loop assigns i, most;
      loop variant XBZ_BYTES_PART - i;
  */
  for (size_t i = 0; i < XBZ_BYTES_PART; i++) {
    const uint8_t byte = src[at + i];
    if (byte > most)
      most = byte;
  }
  return most == 0;
}

int xbz_bytes_are_zero(const uint8_t *src, size_t from, size_t n) {
  size_t i = 0;
  /*@ loop invariant range: 0 <= i <= n;
      loop invariant zero:  AllZero(src, from, from + i);
      loop assigns i;
      loop variant n - i;
  */
  for (; n - i >= XBZ_BYTES_PART; i += XBZ_BYTES_PART)
    if (!xbz_part_is_zero(src, from + i))
      return 0;
  /*@ loop invariant range: 0 <= i <= n;
      loop invariant zero:  AllZero(src, from, from + i);
      loop assigns i;
      loop variant n - i;
  */
  for (; i < n; i++)
    if (src[from + i] != 0)
      return 0;
  return 1;
}

void xbz_bytes_clear(uint8_t *dst, size_t n) {
  /*@ loop invariant range: 0 <= i <= n;
      loop invariant zero:  AllZero(dst, 0, i);
      loop assigns i, dst[0 .. n - 1];
      loop variant n - i;
  */
  for (size_t i = 0; i < n; i++)
    dst[i] = 0;
}

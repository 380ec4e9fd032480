/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "bytes.h"

void xbz_bytes_copy(uint8_t *dst, size_t at, const uint8_t *src, size_t from,
                    size_t n) {
  /*@ loop invariant range: 0 <= i <= n;
      loop invariant done:  Copied{Pre,Here}(dst, at, src, from, i);
      loop assigns i, dst[at .. at + n - 1];
      loop variant n - i;
  */
  for (size_t i = 0; i < n; i++)
    dst[at + i] = src[from + i];
}

int xbz_bytes_are_zero(const uint8_t *src, size_t n) {
  /*@ loop invariant range: 0 <= i <= n;
      loop invariant zero:  AllZero(src, 0, i);
      loop assigns i;
      loop variant n - i;
  */
  for (size_t i = 0; i < n; i++) {
    if (src[i] != 0)
      return 0;
  }
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

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "bytes.h"

void xbz_bytes_copy(uint8_t *dst, size_t at, const uint8_t *src, size_t from, size_t n) {
  for (size_t i = 0; i < n; i++) dst[at + i] = src[from + i];
}

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "uleb128.h"

size_t xbz_uleb128_size(uint32_t value) {
  size_t size = 1;
  while (value >= 128u) {
    value /= 128u;
    size++;
  }
  return size;
}

size_t xbz_uleb128_put(uint8_t *dst, size_t at, uint32_t value) {
  while (value >= 128u) {
    dst[at] = (uint8_t)(value % 128u + 128u);
    value /= 128u;
    at++;
  }
  dst[at] = (uint8_t)value;
  return at + 1;
}

xbz_status xbz_uleb128_get(uint32_t *value, size_t *next, const uint8_t *src,
                           size_t len, size_t at) {
  uint64_t sum = 0, unit = 1;
  size_t n = 0;
  while (n < XBZ_ULEB128_MAX) {
    if (n >= len - at) return XBZ_E_TRUNCATED;
    sum += src[at + n] % 128u * unit;
    if (src[at + n] < 128u) {
      if (sum > 0xffffffffu) return XBZ_E_LENGTH;
      *value = (uint32_t)sum;
      *next = at + n + 1;
      return XBZ_OK;
    }
    unit *= 128u;
    n++;
  }
  return XBZ_E_LENGTH;
}

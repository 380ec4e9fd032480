/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Little-endian integers at any alignment. */
#ifndef XBZ_HOST_LE_H
#define XBZ_HOST_LE_H

#include <stddef.h>
#include <stdint.h>

static inline void xbz_le_put(uint8_t *dst, size_t len, uint64_t value) {
  for (size_t i = 0; i < len; i++)
    dst[i] = (uint8_t)(value >> (8 * i));
}

static inline uint64_t xbz_le_get(const uint8_t *src, size_t len) {
  uint64_t value = 0;
  for (size_t i = 0; i < len; i++)
    value |= (uint64_t)src[i] << (8 * i);
  return value;
}

#endif

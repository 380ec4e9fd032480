/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ULEB128 of 32-bit lengths, 1 to 5 bytes [F-1..F-4]. */
#ifndef XBZ_CORE_ULEB128_H
#define XBZ_CORE_ULEB128_H

#include "../xbz.h"

/* Longest encoded length, in bytes. */
#define XBZ_ULEB128_MAX 5u

/* The number of bytes of value's one shortest form, 1..5. */
size_t xbz_uleb128_size(uint32_t value);

/* Write value at dst[at..); returns the position after it. */
size_t xbz_uleb128_put(uint8_t *dst, size_t at, uint32_t value);

/*
 * Read the number at src[at..len), at <= len. XBZ_OK: *value is the number and
 * *next the position after it. XBZ_E_TRUNCATED: the input ends first.
 * XBZ_E_LENGTH: more than 5 bytes, or above 2^32-1. On an error nothing is
 * written.
 */
xbz_status xbz_uleb128_get(uint32_t *value, size_t *next, const uint8_t *src,
                           size_t len, size_t at);

#endif

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ULEB128 of 32-bit lengths, 1 to 5 bytes [F-1..F-4]. */
#ifndef XBZ_CORE_ULEB128_H
#define XBZ_CORE_ULEB128_H

#include "../xbz.h"

#ifdef __FRAMAC__
#include "../../spec/logic/uleb128.acsl"
#endif

/* Longest encoded length, in bytes. */
#define XBZ_ULEB128_MAX 5u

/* The number of bytes of value's one shortest form, 1..5. */
/*@ assigns  \nothing;
    ensures  size: \result == UlebSize(value);
*/
size_t xbz_uleb128_size(uint32_t value);

/* Write the shortest form of value at dst[at..); returns the position after. */
/*@ requires room:      at + UlebSize(value) <= SIZE_MAX;
    requires writable:  \valid(dst + (at .. at + UlebSize(value) - 1));
    assigns  dst[at .. at + UlebSize(value) - 1];
    ensures  position:  \result == at + UlebSize(value);
    ensures  canonical: UlebAt(dst, at, value);
*/
size_t xbz_uleb128_put(uint8_t *dst, size_t at, uint32_t value);

/*
 * Read the number at src[at..len), at <= len. XBZ_OK: *value is the number and
 * *next the position after it. XBZ_E_TRUNCATED: the input ends first.
 * XBZ_E_LENGTH: more than 5 bytes, or above 2^32-1. On an error nothing is
 * written.
 */
/*@ requires start:     at <= len;
    requires readable:  \valid_read(src + (0 .. len - 1));
    requires writable:  \valid(value) && \valid(next);
    requires disjoint:  \separated(value, next, src + (0 .. len - 1));
    assigns  *value, *next;
    ensures  status:    \result == UlebStatus(src, len, at);
    ensures  value:     \result == XBZ_OK ==> *value == UlebValue(src, at);
    ensures  next:      \result == XBZ_OK ==> *next == at + UlebCount(src, at);
    ensures  untouched: \result != XBZ_OK ==>
                          *value == \old(*value) && *next == \old(*next);
*/
xbz_status xbz_uleb128_get(uint32_t *value, size_t *next, const uint8_t *src,
                           size_t len, size_t at);

#endif

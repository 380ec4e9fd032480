/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#ifndef XBZ_CORE_BYTES_H
#define XBZ_CORE_BYTES_H

#include "../xbz.h"

/* Copy src[from..from+n) to dst[at..at+n); the two must not overlap. */
void xbz_bytes_copy(uint8_t *dst, size_t at, const uint8_t *src, size_t from, size_t n);

#endif

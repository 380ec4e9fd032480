/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Digests of pages: SHA-256, cut off [M-13]. */
#ifndef XBZ_MIGRATE_DIGEST_H
#define XBZ_MIGRATE_DIGEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Of a page at the end, and of the bytes that a delta applies to. */
#define XBZ_DIGEST_LEN 16u
#define XBZ_BASE_LEN 8u

/* The first dst_len bytes, at most 32, of the SHA-256 of page[0..page_len). */
bool xbz_digest(uint8_t *dst, size_t dst_len, const uint8_t *page,
                size_t page_len);

#endif

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * The executable model: spec/FORMAT.md, spelled out. Slow on purpose; it
 * allocates, and it aborts when memory runs out. Written from the text alone,
 * sharing nothing with the library but the names of its statuses, so that tests
 * can use it as an independent oracle.
 */
#ifndef XBZ_SPEC_MODEL_H
#define XBZ_SPEC_MODEL_H

#include <stdbool.h>

#include "../../src/xbz.h"

/* Write value's shortest form [F-4] at bytes; returns its size, 1..5. */
size_t xbz_model_number_write(uint8_t bytes[5], uint32_t value);

/*
 * Read the number at src[0..len) [F-1..F-3]. XBZ_OK: *value is its value and
 * *size its length. XBZ_E_TRUNCATED [F-12] and XBZ_E_LENGTH [F-13]: both are
 * untouched.
 */
xbz_status xbz_model_number_read(uint32_t *value, size_t *size,
                                 const uint8_t *src, size_t len);

/* As xbz_page_encode() and xbz_page_decode(). */
xbz_status xbz_model_encode(uint8_t *dst, size_t cap, size_t *dst_len,
                            const uint8_t *old_page, const uint8_t *new_page,
                            size_t page_len);
xbz_status xbz_model_decode(uint8_t *page, size_t page_len, size_t *end,
                            const uint8_t *src, size_t src_len);

/* src is well-formed for page_len [F-10]. */
bool xbz_model_well_formed(const uint8_t *src, size_t src_len, size_t page_len);

/* src is in canonical form for page_len: of some pair of pages [F-20]. */
bool xbz_model_canonical_form(const uint8_t *src, size_t src_len,
                              size_t page_len);

/* src is the canonical encoding of this pair of pages [F-20..F-24]. */
bool xbz_model_canonical(const uint8_t *src, size_t src_len,
                         const uint8_t *old_page, const uint8_t *new_page,
                         size_t page_len);

#endif

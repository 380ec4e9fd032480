/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * One call by a backend and by the reference: status, buffers and what may not
 * change must agree. Buffers stand where the caller says, dst and page at the
 * edges of guarded memory.
 */
#ifndef XBZ_TESTS_TWIN_H
#define XBZ_TESTS_TWIN_H

#include "backends.h"
#include "tests/codec/guard.h"

/* Longest page, and longest encoding of one, that the tests use. */
enum { XBZ_TWIN_PAGE = 24576, XBZ_TWIN_DELTA = 2 * XBZ_TWIN_PAGE };

/* Where a buffer stands in its memory. */
typedef enum xbz_edge { XBZ_EDGE_LOW, XBZ_EDGE_HIGH } xbz_edge;

/* Call once, before the others. */
void xbz_twin_open(void);

/* Encode, and encode with update, in cap bytes of room. */
void xbz_twin_encode(xbz_backend backend, xbz_edge edge,
                     const uint8_t *old_page, const uint8_t *new_page,
                     size_t page_len, size_t cap);

/* The same in every capacity around the encoded length, and in none. */
void xbz_twin_capacities(xbz_backend backend, const uint8_t *old_page,
                         const uint8_t *new_page, size_t page_len);

/* Decode src onto base, whatever src is. */
void xbz_twin_decode(xbz_backend backend, xbz_edge edge, const uint8_t *base,
                     size_t page_len, const uint8_t *src, size_t src_len);

/* The reference's encoding, in dst of XBZ_TWIN_DELTA bytes; its length. */
size_t xbz_twin_reference(uint8_t *dst, const uint8_t *old_page,
                          const uint8_t *new_page, size_t page_len);

#endif

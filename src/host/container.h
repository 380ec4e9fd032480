/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* The fixed-size parts of a delta container, spec/CONTAINER.md [D-n]. */
#ifndef XBZ_HOST_CONTAINER_H
#define XBZ_HOST_CONTAINER_H

#include "image.h"

#define XBZ_CONTAINER_VERSION 1u
#define XBZ_PAGE_SHIFT_MIN 9u  /* 512 B */
#define XBZ_PAGE_SHIFT_MAX 21u /* 2 MiB */

#define XBZ_TAG_LEN 4u
#define XBZ_HEADER_LEN 16u
#define XBZ_BLOCK_HEADER_LEN 32u
#define XBZ_TRAILER_LEN 88u

/* The bytes of the new image that every block but the last stands for. */
#define XBZ_BLOCK_SPAN 4194304u

/* A record tag has at most 4 bytes, and a record stands for a page or more. */
#define XBZ_TAG_LEN_MAX 4u

typedef struct xbz_block_header {
  uint64_t image_offset; /* of the first byte of the span */
  uint32_t span;
  uint32_t payload_len;
  uint32_t payload_crc;
  uint32_t old_crc; /* of the old image in the span, padded with zeros */
} xbz_block_header;

typedef struct xbz_trailer {
  xbz_image_id old_id, new_id;
} xbz_trailer;

/* Where something lies in a container, to name it in messages. */
typedef struct xbz_place {
  const char *name;
  uint64_t offset;
} xbz_place;

bool xbz_page_size_valid(uint64_t page_size);
size_t xbz_pages_in(size_t span, size_t page_size);

/* The longest payload of a block [D-24]. */
size_t xbz_payload_max(size_t span, size_t page_size);

uint32_t xbz_crc32(const uint8_t *src, size_t len);

/* Which part starts with this tag. */
bool xbz_is_block(const uint8_t *src);
bool xbz_is_trailer(const uint8_t *src);

/* The `put` functions fill dst[0..LEN); the `get` ones check src[0..LEN). */
void xbz_header_put(uint8_t *dst, size_t page_size);
bool xbz_header_get(size_t *page_size, const uint8_t *src, xbz_place place,
                    xbz_error *error);

void xbz_block_header_put(uint8_t *dst, const xbz_block_header *header);
bool xbz_block_header_get(xbz_block_header *header, const uint8_t *src,
                          xbz_place place, xbz_error *error);

void xbz_trailer_put(uint8_t *dst, const xbz_trailer *trailer);
bool xbz_trailer_get(xbz_trailer *trailer, const uint8_t *src, xbz_place place,
                     xbz_error *error);

/* "NAME: at offset N: WHAT [RULE]"; always false. */
bool xbz_reject(xbz_error *error, xbz_place place, const char *what,
                const char *rule);

#endif

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Turn a span of two images into the payload of a block. */
#ifndef XBZ_HOST_PACK_H
#define XBZ_HOST_PACK_H

#include "../xbz.h"
#include "record.h"

/* Storage of the caller. */
typedef struct xbz_packer {
  uint8_t *payload; /* xbz_payload_max() bytes */
  uint8_t *delta;   /* a page */
  size_t page_size;
  xbz_backend backend;
  xbz_tally *tally;
} xbz_packer;

/* Pack span > 0 bytes; returns the length of the payload. */
size_t xbz_pack(const xbz_packer *packer, const uint8_t *old_span,
                const uint8_t *new_span, size_t span);

#endif

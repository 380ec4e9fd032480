/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* A memory image, read or written from start to end, and its identity. */
#ifndef XBZ_HOST_IMAGE_H
#define XBZ_HOST_IMAGE_H

#include <openssl/evp.h>

#include "io.h"

#define XBZ_SHA256_LEN 32u

typedef struct xbz_image_id {
  uint64_t len;
  uint8_t sha256[XBZ_SHA256_LEN];
} xbz_image_id;

/* The identity of an image, while its bytes go by. */
typedef struct xbz_identifier {
  EVP_MD_CTX *sha256;
  uint64_t len;
} xbz_identifier;

bool xbz_identifier_open(xbz_identifier *identifier, xbz_error *error);
bool xbz_identifier_add(xbz_identifier *identifier, const uint8_t *src,
                        size_t len, xbz_error *error);
bool xbz_identifier_get(xbz_image_id *id, xbz_identifier *identifier,
                        xbz_error *error);
void xbz_identifier_close(xbz_identifier *identifier);

/* Read up to cap bytes of an image and account for them. */
bool xbz_image_read(uint8_t *dst, size_t cap, size_t *len, xbz_source *image,
                    xbz_identifier *identifier, xbz_error *error);

/* The same, with zeros after the end of the image: dst is always filled. */
bool xbz_image_read_padded(uint8_t *dst, size_t cap, xbz_source *image,
                           xbz_identifier *identifier, xbz_error *error);

/* Read what is left of the image, through buffer, and tell its identity. */
bool xbz_image_read_rest(xbz_image_id *id, uint8_t *buffer, size_t cap,
                         xbz_source *image, xbz_identifier *identifier,
                         xbz_error *error);

#endif

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * Containers whose checksums are right, for no fuzzer guesses a checksum. The
 * old image of all of them is xbz_seal_image.
 */
#ifndef XBZ_FUZZ_SEAL_H
#define XBZ_FUZZ_SEAL_H

#include "src/host/container.h"

enum { XBZ_SEAL_IMAGE_MAX = 1 << 16 };
extern uint8_t xbz_seal_image[XBZ_SEAL_IMAGE_MAX];

/* The identity of an image. */
void xbz_seal_id(xbz_image_id *id, const uint8_t *bytes, size_t len);

/* What a container is for: the first len bytes of xbz_seal_image. */
void xbz_seal_old(xbz_image_id *id, size_t len);

/*
 * Set the checksums of bytes[0..len), as far as it can be told apart, and in
 * the trailer the length of the new image and what is told of the old one.
 */
void xbz_seal_parts(uint8_t *bytes, size_t len, const xbz_image_id *old_id);

/* Set the digest in a trailer that ends bytes[0..len), and its checksum. */
void xbz_seal_digest(uint8_t *bytes, size_t len, const uint8_t *sha256);

/*
 * Make bytes[0..len) the payload of a container with one block, as far as there
 * is use for it, and bytes that container; returns its length, which is up to
 * len + XBZ_SEAL_OVERHEAD.
 */
size_t xbz_seal_payload(uint8_t *bytes, size_t len, size_t page_size,
                        uint32_t span);

#define XBZ_SEAL_OVERHEAD                                                      \
  (XBZ_HEADER_LEN + XBZ_BLOCK_HEADER_LEN + XBZ_TRAILER_LEN)

#endif

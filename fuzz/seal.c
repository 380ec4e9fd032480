/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "seal.h"

#include <string.h>
#include <zlib.h>

#include "src/host/le.h"
#include "tests/codec/check.h"

uint8_t xbz_seal_image[XBZ_SEAL_IMAGE_MAX];

/* Where things are in the parts [D-11], [D-20], [D-41]. */
enum {
  XBZ_AT_SPAN = 4,
  XBZ_AT_IMAGE_OFFSET = 8,
  XBZ_AT_PAYLOAD_LEN = 16,
  XBZ_AT_PAYLOAD_CRC = 20,
  XBZ_AT_OLD_CRC = 24,
  XBZ_AT_OLD_LEN = 4,
  XBZ_AT_NEW_LEN = 12,
  XBZ_AT_OLD_SHA = 20,
  XBZ_AT_NEW_SHA = 52,
  XBZ_CRC = 4
};

static void xbz_seal(uint8_t *part, size_t len) {
  xbz_le_put(part + len - XBZ_CRC, XBZ_CRC, xbz_crc32(part, len - XBZ_CRC));
}

void xbz_seal_id(xbz_image_id *id, const uint8_t *bytes, size_t len) {
  xbz_error error;
  xbz_identifier identifier = {NULL, 0};
  XBZ_CHECK(xbz_identifier_open(&identifier, &error) &&
            xbz_identifier_add(&identifier, bytes, len, &error) &&
            xbz_identifier_get(id, &identifier, &error));
  xbz_identifier_close(&identifier);
}

void xbz_seal_old(xbz_image_id *id, size_t len) {
  if (xbz_seal_image[0] == 0)
    for (size_t i = 0; i < XBZ_SEAL_IMAGE_MAX; i++)
      xbz_seal_image[i] = (uint8_t)(1 + i * 167 % 251);
  xbz_seal_id(id, xbz_seal_image, len);
}

/* The checksum of the old span at this offset, zeros after the image. */
static uint32_t xbz_seal_old_crc(uint64_t at, uint32_t span, uint64_t old_len) {
  static const uint8_t zeros[4096];
  uint64_t left = at < old_len ? old_len - at : 0;
  size_t there = left < span ? (size_t)left : span;
  uLong crc = crc32_z(0, xbz_seal_image + (left > 0 ? at : 0), there);
  for (size_t n = span - there; n > 0;) {
    size_t some = n < sizeof zeros ? n : sizeof zeros;
    crc = crc32_z(crc, zeros, some);
    n -= some;
  }
  return (uint32_t)crc;
}

/* A block with `left` bytes from its start on; returns its length, or 0. */
static size_t xbz_seal_block(uint8_t *block, size_t left, uint64_t *image_at,
                             uint64_t old_len) {
  size_t payload_len = (size_t)xbz_le_get(block + XBZ_AT_PAYLOAD_LEN, 4);
  uint32_t span = (uint32_t)xbz_le_get(block + XBZ_AT_SPAN, 4);
  size_t room = left - XBZ_BLOCK_HEADER_LEN;
  size_t given = payload_len < room ? payload_len : room;
  xbz_le_put(block + XBZ_AT_PAYLOAD_CRC, 4,
             xbz_crc32(block + XBZ_BLOCK_HEADER_LEN, given));
  if (span <= XBZ_BLOCK_SPAN)
    xbz_le_put(block + XBZ_AT_OLD_CRC, 4,
               xbz_seal_old_crc(*image_at, span, old_len));
  xbz_seal(block, XBZ_BLOCK_HEADER_LEN);
  *image_at += span;
  return given == payload_len ? XBZ_BLOCK_HEADER_LEN + given : 0;
}

static void xbz_seal_trailer(uint8_t *trailer, uint64_t image_at,
                             const xbz_image_id *old_id) {
  xbz_le_put(trailer + XBZ_AT_OLD_LEN, 8, old_id->len);
  xbz_le_put(trailer + XBZ_AT_NEW_LEN, 8, image_at);
  memcpy(trailer + XBZ_AT_OLD_SHA, old_id->sha256, XBZ_SHA256_LEN);
  xbz_seal(trailer, XBZ_TRAILER_LEN);
}

void xbz_seal_parts(uint8_t *bytes, size_t len, const xbz_image_id *old_id) {
  uint64_t image_at = 0;
  if (len < XBZ_HEADER_LEN)
    return;
  xbz_seal(bytes, XBZ_HEADER_LEN);
  size_t at = XBZ_HEADER_LEN;
  while (len - at >= XBZ_BLOCK_HEADER_LEN && xbz_is_block(bytes + at)) {
    size_t block_len =
        xbz_seal_block(bytes + at, len - at, &image_at, old_id->len);
    if (block_len == 0)
      return;
    at += block_len;
  }
  if (len - at >= XBZ_TRAILER_LEN && xbz_is_trailer(bytes + at))
    xbz_seal_trailer(bytes + at, image_at, old_id);
}

void xbz_seal_digest(uint8_t *bytes, size_t len, const uint8_t *sha256) {
  uint8_t *trailer = bytes + len - XBZ_TRAILER_LEN;
  memcpy(trailer + XBZ_AT_NEW_SHA, sha256, XBZ_SHA256_LEN);
  xbz_seal(trailer, XBZ_TRAILER_LEN);
}

size_t xbz_seal_payload(uint8_t *bytes, size_t len, size_t page_size,
                        uint32_t span) {
  size_t most = xbz_payload_max(span, page_size);
  xbz_block_header header = {.span = span};
  header.payload_len = (uint32_t)(len < most ? len : most);
  xbz_trailer trailer = {{0, {0}}, {0, {0}}};
  size_t at = XBZ_HEADER_LEN + XBZ_BLOCK_HEADER_LEN;
  memmove(bytes + at, bytes, header.payload_len);
  xbz_header_put(bytes, page_size);
  xbz_block_header_put(bytes + XBZ_HEADER_LEN, &header);
  at += header.payload_len;
  xbz_trailer_put(bytes + at, &trailer);
  return at + XBZ_TRAILER_LEN;
}

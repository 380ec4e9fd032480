/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "container.h"

#include <inttypes.h>
#include <string.h>
#include <zlib.h>

#include "le.h"

#define XBZ_CRC_LEN 4u
#define XBZ_MAGIC_LEN 8u

/*
 * As in PNG: a byte above 127, a line end of each kind and a control-Z notice
 * a transfer that took the file for text.
 */
static const uint8_t xbz_magic[XBZ_MAGIC_LEN] = {0x89, 'X',  'B',  'Z',
                                                 '\r', '\n', 0x1a, '\n'};
static const uint8_t xbz_tag_block[XBZ_TAG_LEN] = {'P', 'A', 'G', 'E'};
static const uint8_t xbz_tag_trailer[XBZ_TAG_LEN] = {'D', 'O', 'N', 'E'};

bool xbz_reject(xbz_error *error, xbz_place place, const char *what,
                const char *rule) {
  return xbz_fail(error, "%s: at offset %" PRIu64 ": %s [%s]", place.name,
                  place.offset, what, rule);
}

bool xbz_page_size_valid(uint64_t page_size) {
  return page_size >= 1u << XBZ_PAGE_SHIFT_MIN &&
         page_size <= 1u << XBZ_PAGE_SHIFT_MAX &&
         (page_size & (page_size - 1)) == 0;
}

size_t xbz_pages_in(size_t span, size_t page_size) {
  return (span + page_size - 1) / page_size;
}

size_t xbz_payload_max(size_t span, size_t page_size) {
  return span + XBZ_TAG_LEN_MAX * xbz_pages_in(span, page_size);
}

uint32_t xbz_crc32(const uint8_t *src, size_t len) {
  return (uint32_t)crc32_z(0, src, len);
}

bool xbz_is_block(const uint8_t *src) {
  return memcmp(src, xbz_tag_block, XBZ_TAG_LEN) == 0;
}

bool xbz_is_trailer(const uint8_t *src) {
  return memcmp(src, xbz_tag_trailer, XBZ_TAG_LEN) == 0;
}

/* Every fixed-size part ends with the CRC-32 of the bytes before it. */
static void xbz_seal(uint8_t *part, size_t len) {
  size_t covered = len - XBZ_CRC_LEN;
  xbz_le_put(part + covered, XBZ_CRC_LEN, xbz_crc32(part, covered));
}

static bool xbz_sealed(const uint8_t *part, size_t len) {
  size_t covered = len - XBZ_CRC_LEN;
  return xbz_le_get(part + covered, XBZ_CRC_LEN) == xbz_crc32(part, covered);
}

void xbz_header_put(uint8_t *dst, size_t page_size) {
  unsigned shift = XBZ_PAGE_SHIFT_MIN;
  while ((size_t)1 << shift < page_size)
    shift++;
  memcpy(dst, xbz_magic, XBZ_MAGIC_LEN);
  xbz_le_put(dst + 8, 2, XBZ_CONTAINER_VERSION);
  xbz_le_put(dst + 10, 1, shift);
  xbz_le_put(dst + 11, 1, 0);
  xbz_seal(dst, XBZ_HEADER_LEN);
}

bool xbz_header_get(size_t *page_size, const uint8_t *src, xbz_place place,
                    xbz_error *error) {
  unsigned shift = src[10];
  if (memcmp(src, xbz_magic, XBZ_MAGIC_LEN) != 0)
    return xbz_reject(error, place, "not an xbz delta", "D-11");
  if (!xbz_sealed(src, XBZ_HEADER_LEN))
    return xbz_reject(error, place, "damaged header", "D-12");
  if (xbz_le_get(src + 8, 2) != XBZ_CONTAINER_VERSION)
    return xbz_reject(error, place, "unknown container version", "D-13");
  if (shift < XBZ_PAGE_SHIFT_MIN || shift > XBZ_PAGE_SHIFT_MAX)
    return xbz_reject(error, place, "page size out of range", "D-14");
  if (src[11] != 0)
    return xbz_reject(error, place, "reserved byte is not zero", "D-15");
  *page_size = (size_t)1 << shift;
  return true;
}

void xbz_block_header_put(uint8_t *dst, const xbz_block_header *header) {
  memcpy(dst, xbz_tag_block, XBZ_TAG_LEN);
  xbz_le_put(dst + 4, 4, header->span);
  xbz_le_put(dst + 8, 8, header->image_offset);
  xbz_le_put(dst + 16, 4, header->payload_len);
  xbz_le_put(dst + 20, 4, header->payload_crc);
  xbz_le_put(dst + 24, 4, header->old_crc);
  xbz_seal(dst, XBZ_BLOCK_HEADER_LEN);
}

bool xbz_block_header_get(xbz_block_header *header, const uint8_t *src,
                          xbz_place place, xbz_error *error) {
  if (!xbz_sealed(src, XBZ_BLOCK_HEADER_LEN))
    return xbz_reject(error, place, "damaged block header", "D-22");
  header->span = (uint32_t)xbz_le_get(src + 4, 4);
  header->image_offset = xbz_le_get(src + 8, 8);
  header->payload_len = (uint32_t)xbz_le_get(src + 16, 4);
  header->payload_crc = (uint32_t)xbz_le_get(src + 20, 4);
  header->old_crc = (uint32_t)xbz_le_get(src + 24, 4);
  return true;
}

static void xbz_image_id_put(uint8_t *len, uint8_t *sha256,
                             const xbz_image_id *id) {
  xbz_le_put(len, 8, id->len);
  memcpy(sha256, id->sha256, XBZ_SHA256_LEN);
}

static void xbz_image_id_get(xbz_image_id *id, const uint8_t *len,
                             const uint8_t *sha256) {
  id->len = xbz_le_get(len, 8);
  memcpy(id->sha256, sha256, XBZ_SHA256_LEN);
}

void xbz_trailer_put(uint8_t *dst, const xbz_trailer *trailer) {
  memcpy(dst, xbz_tag_trailer, XBZ_TAG_LEN);
  xbz_image_id_put(dst + 4, dst + 20, &trailer->old_id);
  xbz_image_id_put(dst + 12, dst + 52, &trailer->new_id);
  xbz_seal(dst, XBZ_TRAILER_LEN);
}

bool xbz_trailer_get(xbz_trailer *trailer, const uint8_t *src, xbz_place place,
                     xbz_error *error) {
  if (!xbz_sealed(src, XBZ_TRAILER_LEN))
    return xbz_reject(error, place, "damaged trailer", "D-42");
  xbz_image_id_get(&trailer->old_id, src + 4, src + 20);
  xbz_image_id_get(&trailer->new_id, src + 12, src + 52);
  return true;
}

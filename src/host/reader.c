/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "reader.h"

#include <stdlib.h>

static xbz_place xbz_reader_place(const xbz_reader *reader) {
  return (xbz_place){reader->source->name, reader->source->offset};
}

/* Read exactly len bytes of a part that is due here. */
static bool xbz_reader_take(uint8_t *dst, size_t len, xbz_reader *reader,
                            xbz_error *error) {
  size_t got = 0;
  if (!xbz_source_fill(dst, len, &got, reader->source, error))
    return false;
  return got == len || xbz_reject(error, xbz_reader_place(reader),
                                  "the container ends too early", "D-10");
}

bool xbz_reader_open(xbz_reader *reader, xbz_source *source, xbz_error *error) {
  uint8_t header[XBZ_HEADER_LEN];
  *reader = (xbz_reader){.source = source};
  xbz_place place = xbz_reader_place(reader);
  return xbz_reader_take(header, sizeof header, reader, error) &&
         xbz_header_get(&reader->page_size, header, place, error);
}

void xbz_reader_close(xbz_reader *reader) {
  free(reader->payload);
  reader->payload = NULL;
}

static bool xbz_block_check(const xbz_block *block, const xbz_reader *reader,
                            xbz_error *error) {
  const xbz_block_header *header = &block->header;
  if (reader->last)
    return xbz_reject(error, block->place, "block after a short block", "D-25");
  if (header->span == 0 || header->span > XBZ_BLOCK_SPAN)
    return xbz_reject(error, block->place, "span out of range", "D-23");
  if (header->payload_len > xbz_payload_max(header->span, block->page_size))
    return xbz_reject(error, block->place, "payload too long", "D-24");
  if (header->image_offset != reader->image_offset)
    return xbz_reject(error, block->place, "blocks missing or out of order",
                      "D-26");
  return true;
}

/* Room for a payload: as much as this block needs, never more than D-24. */
static bool xbz_reader_reserve(xbz_reader *reader, size_t len,
                               xbz_error *error) {
  uint8_t *payload;
  if (len <= reader->payload_cap)
    return true;
  payload = realloc(reader->payload, len);
  if (payload == NULL)
    return xbz_fail(error, "out of memory");
  reader->payload = payload;
  reader->payload_cap = len;
  return true;
}

static bool xbz_reader_payload(xbz_block *block, xbz_reader *reader,
                               xbz_error *error) {
  const xbz_block_header *header = &block->header;
  if (!xbz_reader_reserve(reader, header->payload_len, error) ||
      !xbz_reader_take(reader->payload, header->payload_len, reader, error))
    return false;
  if (xbz_crc32(reader->payload, header->payload_len) != header->payload_crc)
    return xbz_reject(error, block->place, "damaged block", "D-27");
  block->payload = reader->payload;
  return true;
}

static bool xbz_reader_block(xbz_block *block, uint8_t *part,
                             xbz_reader *reader, xbz_error *error) {
  if (!xbz_reader_take(part + XBZ_TAG_LEN, XBZ_BLOCK_HEADER_LEN - XBZ_TAG_LEN,
                       reader, error) ||
      !xbz_block_header_get(&block->header, part, block->place, error) ||
      !xbz_block_check(block, reader, error) ||
      !xbz_reader_payload(block, reader, error))
    return false;
  reader->image_offset += block->header.span;
  reader->last = block->header.span < XBZ_BLOCK_SPAN;
  return true;
}

static bool xbz_reader_trailer(xbz_trailer *trailer, uint8_t *part,
                               xbz_reader *reader, xbz_place place,
                               xbz_error *error) {
  size_t got = 0;
  if (!xbz_reader_take(part + XBZ_TAG_LEN, XBZ_TRAILER_LEN - XBZ_TAG_LEN,
                       reader, error) ||
      !xbz_trailer_get(trailer, part, place, error))
    return false;
  if (trailer->new_id.len != reader->image_offset)
    return xbz_reject(error, place, "blocks do not add up to the new image",
                      "D-43");
  place = xbz_reader_place(reader);
  if (!xbz_source_fill(part, 1, &got, reader->source, error))
    return false;
  return got == 0 ||
         xbz_reject(error, place, "bytes after the trailer", "D-44");
}

xbz_step xbz_reader_next(xbz_block *block, xbz_trailer *trailer,
                         xbz_reader *reader, xbz_error *error) {
  uint8_t part[XBZ_TRAILER_LEN];
  xbz_place place = xbz_reader_place(reader);
  if (!xbz_reader_take(part, XBZ_TAG_LEN, reader, error))
    return XBZ_STEP_FAILED;
  if (xbz_is_trailer(part))
    return xbz_reader_trailer(trailer, part, reader, place, error)
               ? XBZ_STEP_END
               : XBZ_STEP_FAILED;
  if (!xbz_is_block(part)) {
    (void)xbz_reject(error, place, "neither a block nor the trailer", "D-21");
    return XBZ_STEP_FAILED;
  }
  *block = (xbz_block){.place = place, .page_size = reader->page_size};
  return xbz_reader_block(block, part, reader, error) ? XBZ_STEP_ITEM
                                                      : XBZ_STEP_FAILED;
}

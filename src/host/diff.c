/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <stdlib.h>

#include "engine.h"
#include "pack.h"

typedef struct xbz_differ {
  xbz_sink *delta;
  xbz_source *old_image, *new_image;
  xbz_identifier old_identifier, new_identifier;
  uint8_t *old_span, *new_span;
  xbz_packer packer;
} xbz_differ;

static bool xbz_differ_open(xbz_differ *differ, xbz_error *error) {
  size_t page_size = differ->packer.page_size;
  differ->old_span = malloc(XBZ_BLOCK_SPAN);
  differ->new_span = malloc(XBZ_BLOCK_SPAN);
  differ->packer.payload = malloc(xbz_payload_max(XBZ_BLOCK_SPAN, page_size));
  differ->packer.delta = malloc(page_size);
  if (differ->old_span == NULL || differ->new_span == NULL ||
      differ->packer.payload == NULL || differ->packer.delta == NULL)
    return xbz_fail(error, "out of memory");
  return xbz_identifier_open(&differ->old_identifier, error) &&
         xbz_identifier_open(&differ->new_identifier, error);
}

static void xbz_differ_close(xbz_differ *differ) {
  free(differ->old_span);
  free(differ->new_span);
  free(differ->packer.payload);
  free(differ->packer.delta);
  xbz_identifier_close(&differ->old_identifier);
  xbz_identifier_close(&differ->new_identifier);
}

static bool xbz_differ_header(const xbz_differ *differ, xbz_error *error) {
  uint8_t header[XBZ_HEADER_LEN];
  xbz_header_put(header, differ->packer.page_size);
  return xbz_sink_put(differ->delta, header, sizeof header, error);
}

static bool xbz_differ_block(const xbz_differ *differ, uint64_t image_offset,
                             size_t span, xbz_error *error) {
  uint8_t part[XBZ_BLOCK_HEADER_LEN];
  size_t len =
      xbz_pack(&differ->packer, differ->old_span, differ->new_span, span);
  xbz_block_header header = {
      .image_offset = image_offset,
      .span = (uint32_t)span,
      .payload_len = (uint32_t)len,
      .payload_crc = xbz_crc32(differ->packer.payload, len),
      .old_crc = xbz_crc32(differ->old_span, span),
  };
  xbz_block_header_put(part, &header);
  return xbz_sink_put(differ->delta, part, sizeof part, error) &&
         xbz_sink_put(differ->delta, differ->packer.payload, len, error);
}

static bool xbz_differ_blocks(xbz_differ *differ, xbz_progress *progress,
                              xbz_error *error) {
  size_t span = XBZ_BLOCK_SPAN;
  while (span == XBZ_BLOCK_SPAN) {
    uint64_t image_offset = differ->new_identifier.len;
    if (!xbz_image_read(differ->new_span, XBZ_BLOCK_SPAN, &span,
                        differ->new_image, &differ->new_identifier, error) ||
        !xbz_image_read_padded(differ->old_span, span, differ->old_image,
                               &differ->old_identifier, error))
      return false;
    if (span > 0 && !xbz_differ_block(differ, image_offset, span, error))
      return false;
    xbz_progress_show(progress, differ->new_identifier.len);
  }
  return true;
}

static bool xbz_differ_trailer(xbz_differ *differ, xbz_outcome *outcome,
                               xbz_error *error) {
  uint8_t part[XBZ_TRAILER_LEN];
  xbz_trailer trailer;
  if (!xbz_image_read_rest(&trailer.old_id, differ->old_span, XBZ_BLOCK_SPAN,
                           differ->old_image, &differ->old_identifier, error) ||
      !xbz_identifier_get(&trailer.new_id, &differ->new_identifier, error))
    return false;
  outcome->old_id = trailer.old_id;
  outcome->new_id = trailer.new_id;
  xbz_trailer_put(part, &trailer);
  return xbz_sink_put(differ->delta, part, sizeof part, error);
}

bool xbz_diff(xbz_sink *delta, xbz_outcome *outcome, xbz_source *old_image,
              xbz_source *new_image, size_t page_size, xbz_progress *progress,
              xbz_error *error) {
  xbz_differ differ = {.delta = delta,
                       .old_image = old_image,
                       .new_image = new_image,
                       .packer = {.page_size = page_size,
                                  .backend = outcome->backend,
                                  .tally = &outcome->tally}};
  *outcome = (xbz_outcome){.page_size = page_size, .backend = outcome->backend};
  bool done = xbz_differ_open(&differ, error) &&
              xbz_differ_header(&differ, error) &&
              xbz_differ_blocks(&differ, progress, error) &&
              xbz_differ_trailer(&differ, outcome, error);
  outcome->delta_len = delta->offset;
  xbz_differ_close(&differ);
  return done;
}

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "../xbz.h"
#include "engine.h"
#include "reader.h"

typedef struct xbz_applier {
  xbz_sink *new_image;
  xbz_source *old_image;
  xbz_identifier old_identifier, new_identifier;
  xbz_reader reader;
  xbz_backend backend;
  uint8_t *span; /* the old bytes, turned into the new ones in place */
} xbz_applier;

static bool xbz_applier_open(xbz_applier *applier, xbz_source *delta,
                             xbz_error *error) {
  applier->span = malloc(XBZ_BLOCK_SPAN);
  if (applier->span == NULL)
    return xbz_fail(error, "out of memory");
  return xbz_identifier_open(&applier->old_identifier, error) &&
         xbz_identifier_open(&applier->new_identifier, error) &&
         xbz_reader_open(&applier->reader, delta, error);
}

static void xbz_applier_close(xbz_applier *applier) {
  free(applier->span);
  xbz_identifier_close(&applier->old_identifier);
  xbz_identifier_close(&applier->new_identifier);
  xbz_reader_close(&applier->reader);
}

static bool xbz_apply_record(const xbz_applier *applier, const xbz_block *block,
                             const xbz_record *record, xbz_error *error) {
  uint8_t *pages = applier->span + record->image_at;
  size_t end = 0;
  switch (record->kind) {
  case XBZ_RECORD_UNCHANGED:
    return true;
  case XBZ_RECORD_ZERO:
    memset(pages, 0, record->image_len);
    return true;
  case XBZ_RECORD_RAW:
    memcpy(pages, record->data, record->image_len);
    return true;
  case XBZ_RECORD_DELTA:
    return xbz_page_decode_with(applier->backend, pages, record->image_len,
                                &end, record->data,
                                record->data_len) == XBZ_OK ||
           xbz_reject(error, (xbz_place){block->place.name, record->offset},
                      "malformed page delta", "D-40");
  }
  return false;
}

static bool xbz_apply_records(const xbz_applier *applier, xbz_tally *tally,
                              const xbz_block *block, xbz_error *error) {
  xbz_records records;
  xbz_record record;
  xbz_step step;
  xbz_records_open(&records, block);
  while ((step = xbz_records_next(&record, &records, error)) == XBZ_STEP_ITEM) {
    if (!xbz_apply_record(applier, block, &record, error))
      return false;
    xbz_tally_add(tally, &record);
  }
  return step == XBZ_STEP_END;
}

/* The old bytes of the block's span, which must be those it was made from. */
static bool xbz_apply_old_span(xbz_applier *applier, const xbz_block *block,
                               xbz_error *error) {
  size_t span = block->header.span;
  uint64_t at = block->header.image_offset;
  if (!xbz_image_read_padded(applier->span, span, applier->old_image,
                             &applier->old_identifier, error))
    return false;
  return xbz_crc32(applier->span, span) == block->header.old_crc ||
         xbz_fail(error,
                  "%s: wrong old image: offset %" PRIu64 " to %" PRIu64
                  " is not what the delta was made from [D-28]",
                  applier->old_image->name, at, at + span);
}

static bool xbz_apply_block(xbz_applier *applier, xbz_tally *tally,
                            const xbz_block *block, xbz_error *error) {
  size_t span = block->header.span;
  return xbz_apply_old_span(applier, block, error) &&
         xbz_apply_records(applier, tally, block, error) &&
         xbz_identifier_add(&applier->new_identifier, applier->span, span,
                            error) &&
         xbz_sink_put(applier->new_image, applier->span, span, error);
}

static bool xbz_same_sha256(const xbz_image_id *a, const xbz_image_id *b) {
  return memcmp(a->sha256, b->sha256, XBZ_SHA256_LEN) == 0;
}

/* The images as a whole must be those of the trailer. */
static bool xbz_apply_identify(xbz_applier *applier, xbz_outcome *outcome,
                               const xbz_trailer *trailer, xbz_error *error) {
  const char *name = applier->old_image->name;
  if (!xbz_image_read_rest(&outcome->old_id, applier->span, XBZ_BLOCK_SPAN,
                           applier->old_image, &applier->old_identifier,
                           error) ||
      !xbz_identifier_get(&outcome->new_id, &applier->new_identifier, error))
    return false;
  if (outcome->old_id.len != trailer->old_id.len)
    return xbz_fail(error,
                    "%s: wrong old image: it ends at offset %" PRIu64
                    ", that of the delta at offset %" PRIu64 " [D-45]",
                    name, outcome->old_id.len, trailer->old_id.len);
  if (!xbz_same_sha256(&outcome->old_id, &trailer->old_id))
    return xbz_fail(error,
                    "%s: wrong old image: SHA-256 differs over offset 0 to "
                    "%" PRIu64 " [D-46]",
                    name, outcome->old_id.len);
  return xbz_same_sha256(&outcome->new_id, &trailer->new_id) ||
         xbz_reject(error,
                    (xbz_place){applier->reader.source->name,
                                outcome->delta_len - XBZ_TRAILER_LEN},
                    "the result does not have the promised SHA-256", "D-47");
}

bool xbz_apply(xbz_sink *new_image, xbz_outcome *outcome, xbz_source *old_image,
               xbz_source *delta, xbz_progress *progress, xbz_error *error) {
  xbz_applier applier = {.new_image = new_image,
                         .old_image = old_image,
                         .backend = outcome->backend};
  xbz_trailer trailer;
  xbz_block block;
  xbz_step step = XBZ_STEP_FAILED;
  *outcome = (xbz_outcome){.backend = outcome->backend};
  if (xbz_applier_open(&applier, delta, error)) {
    while ((step = xbz_reader_next(&block, &trailer, &applier.reader, error)) ==
               XBZ_STEP_ITEM &&
           xbz_apply_block(&applier, &outcome->tally, &block, error))
      xbz_progress_show(progress, delta->offset);
  }
  outcome->page_size = applier.reader.page_size;
  outcome->delta_len = delta->offset;
  bool done = step == XBZ_STEP_END &&
              xbz_apply_identify(&applier, outcome, &trailer, error);
  xbz_applier_close(&applier);
  return done;
}

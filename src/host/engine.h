/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Make and apply deltas of whole images, in one pass and constant memory. */
#ifndef XBZ_HOST_ENGINE_H
#define XBZ_HOST_ENGINE_H

#include "../xbz.h"
#include "progress.h"
#include "record.h"

/* What a run over images came to. */
typedef struct xbz_outcome {
  size_t page_size;
  xbz_image_id old_id, new_id;
  uint64_t delta_len;
  xbz_tally tally;
  double seconds;      /* for the caller to fill in */
  xbz_backend backend; /* for the caller to choose beforehand */
} xbz_outcome;

/* Write the delta old_image -> new_image. */
bool xbz_diff(xbz_sink *delta, xbz_outcome *outcome, xbz_source *old_image,
              xbz_source *new_image, size_t page_size, xbz_progress *progress,
              xbz_error *error);

/*
 * Write what delta makes of old_image. Every span is checked, delta and old
 * bytes, before it is written; the whole images are at the end, so what was
 * written counts only if the result is true.
 */
bool xbz_apply(xbz_sink *new_image, xbz_outcome *outcome, xbz_source *old_image,
               xbz_source *delta, xbz_progress *progress, xbz_error *error);

#endif

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Look into a delta without any image at hand. */
#ifndef XBZ_HOST_SURVEY_H
#define XBZ_HOST_SURVEY_H

#include "progress.h"
#include "record.h"

/* One page, as the delta tells it. */
typedef struct xbz_page_view {
  uint64_t number;
  size_t page_len;
  xbz_record_kind kind;
  size_t runs, changed; /* of a delta */
  const uint8_t *data;  /* of a delta or raw page */
  size_t data_len;
} xbz_page_view;

typedef struct xbz_visitor {
  void (*page)(const xbz_page_view *page, void *context);
  void *context;
} xbz_visitor;

/* Bucket b counts the values in 2^b .. 2^(b+1)-1. */
#define XBZ_BUCKETS 22u

typedef struct xbz_survey {
  size_t page_size;
  uint64_t delta_len;
  xbz_trailer trailer;
  xbz_tally tally;
  uint64_t runs, changed;            /* over all delta pages */
  uint64_t delta_sizes[XBZ_BUCKETS]; /* delta pages by encoded size */
  uint64_t run_counts[XBZ_BUCKETS];  /* delta pages by number of runs */
} xbz_survey;

/* Read all of delta; the visitor sees every page in order. */
bool xbz_survey_take(xbz_survey *survey, xbz_source *delta,
                     const xbz_visitor *visitor, xbz_progress *progress,
                     xbz_error *error);

#endif

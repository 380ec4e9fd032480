/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* An encoding as a list of its pairs. */
#ifndef XBZ_SPEC_MODEL_RUNS_H
#define XBZ_SPEC_MODEL_RUNS_H

#include "model.h"

typedef struct xbz_model_pair {
  size_t zrun;
  size_t nzrun;
  size_t position; /* where the nzrun starts, in the page */
  size_t offset;   /* where its bytes start, in the input */
  bool shortest;   /* both numbers are in shortest form [F-4] */
} xbz_model_pair;

typedef struct xbz_model_runs {
  xbz_model_pair *pair;
  size_t count;
  size_t room;
} xbz_model_runs;

/* realloc() that aborts instead of failing. */
void *xbz_model_grow(void *block, size_t size);

void xbz_model_runs_add(xbz_model_runs *runs, xbz_model_pair pair);
void xbz_model_runs_free(xbz_model_runs *runs);

/* The position after the last nzrun [F-31]. */
size_t xbz_model_runs_end(const xbz_model_runs *runs);

/*
 * The reading of [F-11]. Fills runs with the pairs before the rejection, or all
 * of them, and returns the status of [F-19] or XBZ_OK.
 */
xbz_status xbz_model_runs_read(xbz_model_runs *runs, const uint8_t *src,
                               size_t src_len, size_t page_len);

#endif

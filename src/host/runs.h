/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Walk the runs of a page delta. */
#ifndef XBZ_HOST_RUNS_H
#define XBZ_HOST_RUNS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Changed bytes, and the unchanged ones before them. */
typedef struct xbz_page_run {
  size_t at;            /* the first changed byte, within the page */
  size_t zrun, nzrun;   /* unchanged and changed bytes */
  const uint8_t *bytes; /* the new ones */
} xbz_page_run;

typedef struct xbz_runs {
  const uint8_t *delta; /* well-formed: xbz_page_decode() accepts it */
  size_t len;
  size_t at, page_at;
} xbz_runs;

/* The next run; false at the end. */
bool xbz_runs_next(xbz_page_run *run, xbz_runs *runs);

#endif

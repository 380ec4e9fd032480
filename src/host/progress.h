/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* A progress line on standard error, where that is a terminal. */
#ifndef XBZ_HOST_PROGRESS_H
#define XBZ_HOST_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

typedef struct xbz_progress {
  bool enabled;
  uint64_t total; /* bytes, 0 where not known */
  double start, shown;
} xbz_progress;

void xbz_progress_open(xbz_progress *progress, bool wanted, uint64_t total);
void xbz_progress_show(xbz_progress *progress, uint64_t done);

/* Remove the line; returns the seconds since the start. */
double xbz_progress_close(xbz_progress *progress);

#endif

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "progress.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "size.h"

#define XBZ_PROGRESS_PERIOD 0.1 /* seconds */
#define XBZ_PROGRESS_WIDTH 30

static double xbz_now(void) {
  struct timespec now = {0, 0};
  (void)clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

void xbz_progress_open(xbz_progress *progress, bool wanted, uint64_t total) {
  double now = xbz_now();
  *progress =
      (xbz_progress){wanted && isatty(STDERR_FILENO) == 1, total, now, now};
}

void xbz_progress_show(xbz_progress *progress, uint64_t done) {
  static const char bar[] = "==============================";
  double now = progress->enabled ? xbz_now() : progress->shown;
  char done_text[XBZ_SIZE_TEXT], rate_text[XBZ_SIZE_TEXT];
  if (now - progress->shown < XBZ_PROGRESS_PERIOD)
    return;
  progress->shown = now;
  xbz_size_format(done_text, (double)done);
  xbz_size_format(rate_text, (double)done / (now - progress->start));
  (void)fprintf(stderr, "\r\x1b[K");
  if (progress->total >= done && done > 0) {
    double part = (double)done / (double)progress->total;
    (void)fprintf(stderr, "%3.0f%% [%-*.*s] ", part * 100, XBZ_PROGRESS_WIDTH,
                  (int)(part * XBZ_PROGRESS_WIDTH), bar);
  }
  (void)fprintf(stderr, "%s, %s/s", done_text, rate_text);
}

double xbz_progress_close(xbz_progress *progress) {
  if (progress->enabled)
    (void)fprintf(stderr, "\r\x1b[K");
  return xbz_now() - progress->start;
}

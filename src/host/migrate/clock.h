/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Seconds since some moment; never set back. */
#ifndef XBZ_MIGRATE_CLOCK_H
#define XBZ_MIGRATE_CLOCK_H

#include <time.h>

static inline double xbz_clock(void) {
  struct timespec now;
  (void)clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

#endif

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* How much may be sent now, so that a rate is kept: a token bucket. */
#ifndef XBZ_MIGRATE_THROTTLE_H
#define XBZ_MIGRATE_THROTTLE_H

#include <stddef.h>
#include <stdint.h>

/* Longest wait: so soon is a new limit or a cancellation noticed, and so many
 * seconds' worth of bytes at most are sent in one go. */
#define XBZ_THROTTLE_SLICE 0.05

typedef struct xbz_throttle {
  double tokens; /* bytes that may be sent */
  double last;   /* when they were counted */
} xbz_throttle;

/*
 * Take up to want bytes at some time; rate is in bytes a second, 0 for no
 * limit. Where the answer is 0 it is worth asking again in *wait seconds.
 */
size_t xbz_throttle_take(xbz_throttle *throttle, double *wait, uint64_t rate,
                         double now, size_t want);

#endif

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* A sender at work, beside what nobody who sends can do without. */
#ifndef XBZ_BENCH_RACE_H
#define XBZ_BENCH_RACE_H

#include "src/host/error.h"
#include "src/xbz_backend.h"

enum { XBZ_RACE_PAGE = 4096, XBZ_RACE_ROUNDS_MAX = 1000 };

typedef enum xbz_racer {
  XBZ_RACER_COPY,   /* memcpy of each page, and as many bytes to a socket */
  XBZ_RACER_ENGINE, /* the rounds of xbz migrate, as they are */
  XBZ_RACER_REF,    /* encoder, message and socket alone: the reference */
  XBZ_RACER_BEST,   /* the same with the fastest encoder of this machine */
  XBZ_RACER_COUNT
} xbz_racer;

/* How a page has changed when it is sent again: every step bytes, one. */
typedef struct xbz_race_plan {
  size_t pages;
  size_t rounds; /* 1 to XBZ_RACE_ROUNDS_MAX */
  size_t step;
  uint32_t ways; /* of the cache; 0: as the sender has it */
} xbz_race_plan;

typedef struct xbz_race_result {
  double ns[XBZ_RACER_COUNT]; /* a page, of the sending thread's time */
  double sent;                /* bytes a page, on the socket */
} xbz_race_result;

/* Where all run in turns, so that they can be compared: ns is the tenth
 * percentile over the rounds. */
bool xbz_race(xbz_race_result *result, const xbz_race_plan *plan,
              xbz_error *error);

#endif

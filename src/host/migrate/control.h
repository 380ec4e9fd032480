/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * What may be asked of a running migration, and what it tells: shared by the
 * thread that sends and by whoever controls it. Every function may be called by
 * any thread.
 */
#ifndef XBZ_MIGRATE_CONTROL_H
#define XBZ_MIGRATE_CONTROL_H

#include <pthread.h>
#include <stdint.h>

#include "../../xbz.h"
#include "../error.h"

/* The limits of a migration; each may change while it runs. */
typedef struct xbz_limits {
  uint64_t bandwidth;   /* bytes a second on the link; 0: no limit */
  uint64_t downtime_ms; /* the guest may stand still so long */
  uint64_t cache_size;  /* bytes; 0: no deltas */
  uint64_t rounds;      /* fail after so many; 0: never */
  uint32_t cache_ways;  /* from the beginning on; 0: those that serve it best */
} xbz_limits;

typedef enum xbz_state {
  XBZ_STATE_SETUP = 0, /* no connection yet, or none any more */
  XBZ_STATE_ACTIVE = 1,
  XBZ_STATE_SWITCHOVER = 2, /* the guest stands still */
  XBZ_STATE_COMPLETED = 3,  /* and the receiver's memory is equal */
  XBZ_STATE_FAILED = 4,
  XBZ_STATE_CANCELLED = 5
} xbz_state;

#define XBZ_NOTICE_LEN 160u

/* A migration at some moment. Rates are those of the last full round. */
typedef struct xbz_migrate_info {
  xbz_state state;
  xbz_limits limits;
  double seconds;           /* since it began */
  double downtime;          /* seconds the guest stood still, so far */
  double expected_downtime; /* if this round were the last but one */
  uint64_t page_len, pages;
  uint64_t total;              /* bytes of all pages */
  uint64_t round;              /* 1 is the bulk round */
  uint64_t remaining;          /* bytes of pages that are dirty */
  uint64_t transferred;        /* bytes on the link */
  double bandwidth;            /* bytes a second */
  double dirty_rate;           /* pages a second */
  xbz_counters counters;       /* of this session: PROTOCOL.md [P-27] */
  uint64_t cache_size;         /* bytes of pages that the cache has room for */
  double cache_miss_rate;      /* [P-27] over the last round, 0 to 1 */
  double encoding_rate;        /* [P-27]; 0 where nothing was encoded */
  uint64_t restarts;           /* after a lost connection */
  char notice[XBZ_NOTICE_LEN]; /* what is not as wished, in words; mostly empty
                                */
} xbz_migrate_info;

#define XBZ_ROUNDS_KEPT 64u

typedef struct xbz_control {
  pthread_mutex_t mutex;
  xbz_limits limits;
  xbz_migrate_info info;
  xbz_migrate_info rounds[XBZ_ROUNDS_KEPT]; /* as each of the last began */
  bool cancelled;
  int cancel_fd; /* readable once cancelled: to wait for beside a link */
} xbz_control;

bool xbz_control_open(xbz_control *control, const xbz_limits *limits,
                      xbz_error *error);
void xbz_control_close(xbz_control *control);

xbz_limits xbz_control_limits(xbz_control *control);
void xbz_control_set(xbz_control *control, const xbz_limits *limits);
void xbz_control_cancel(xbz_control *control);
bool xbz_control_cancelled(xbz_control *control);

/* The sending thread tells how far it is; anyone looks. */
void xbz_control_publish(xbz_control *control, const xbz_migrate_info *info);
xbz_migrate_info xbz_control_info(xbz_control *control);

/* What was told first in a round; false if it has not begun, or is one of those
 * that are not kept any more. */
bool xbz_control_round(xbz_control *control, uint64_t round,
                       xbz_migrate_info *info);

#endif

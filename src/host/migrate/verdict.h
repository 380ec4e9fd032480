/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Why a connection is over: how it ended, and in words. */
#ifndef XBZ_MIGRATE_VERDICT_H
#define XBZ_MIGRATE_VERDICT_H

#include "migrate.h"

typedef struct xbz_verdict {
  xbz_ending ending;
  xbz_error *error;
} xbz_verdict;

/* Always false, so that callers can return it. */
__attribute__((format(printf, 3, 4))) bool
xbz_stop(xbz_verdict *verdict, xbz_ending ending, const char *format, ...);

/* The link, a guest or another part has failed, and *verdict->error says how.
 */
bool xbz_stopped(xbz_verdict *verdict, xbz_ending ending);

#endif

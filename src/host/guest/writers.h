/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Threads that write, and can be stopped. */
#ifndef XBZ_GUEST_WRITERS_H
#define XBZ_GUEST_WRITERS_H

#include "load.h"
#include "tracker.h"

typedef struct xbz_writers xbz_writers;

/* Writers on memory, at work at once; null, and *error, if there are none. */
xbz_writers *xbz_writers_start(const xbz_span *memory,
                               const xbz_load_options *options,
                               xbz_error *error);

/* Once it returns, each stands still; what it wrote can be read. */
void xbz_writers_pause(xbz_writers *writers);
void xbz_writers_resume(xbz_writers *writers);
void xbz_writers_stop(xbz_writers *writers);

uint64_t xbz_writers_turns(const xbz_writers *writers, size_t thread);

#endif

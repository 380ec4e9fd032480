/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * A thread that looks after a running migration: it shows how far it is, and
 * cancels it on SIGINT, SIGTERM and SIGHUP; a second one ends the process.
 */
#ifndef XBZ_CLI_MONITOR_H
#define XBZ_CLI_MONITOR_H

#include <pthread.h>

#include "../host/migrate/control.h"
#include "command.h"

typedef struct xbz_monitor {
  xbz_control *control;
  bool quiet;
  bool json;      /* a line a round, or a second, on standard output */
  bool live;      /* a block on the terminal, drawn again and again */
  unsigned lines; /* of the block that is on the screen */
  uint64_t round; /* the last whose beginning was told */
  double told_at; /* seconds of the migration, or -1 */
  int stop_fd, signal_fd;
  pthread_t thread;
  const char *tracker; /* of the guest, once there is one; for the last line */
} xbz_monitor;

/* To be called before any other thread begins, as they all inherit which
 * signals are blocked. */
bool xbz_monitor_open(xbz_monitor *monitor, const xbz_options *options,
                      xbz_control *control, xbz_error *error);

/* Stop looking, and show the last state with how it ended: error is null where
 * the migration was completed. */
void xbz_monitor_close(xbz_monitor *monitor, const xbz_error *error);

#endif

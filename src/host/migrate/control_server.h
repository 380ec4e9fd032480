/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * A unix socket by which a running migration is watched and steered.
 *
 * Requests and answers are lines that end with a newline. Words are separated
 * by one space.
 *
 *   info            a line "NAME VALUE" for each field of info.c, then ok
 *   cancel          ok: the migration ends soon, and the guest runs on
 *   set NAME VALUE  NAME is cache-size, max-bandwidth (sizes, as 64M) or
 *                   downtime-limit (milliseconds); ok, or an error
 *
 * The last line of an answer is "ok", or "error" with a text that says what is
 * wrong; then nothing was changed. A client may send any number of requests,
 * and leave at any time. One whose line is longer than XBZ_CONTROL_LINE bytes,
 * or that does not take its answers, is dropped: nobody can hold the migration
 * up.
 */
#ifndef XBZ_MIGRATE_CONTROL_SERVER_H
#define XBZ_MIGRATE_CONTROL_SERVER_H

#include "control.h"
#include "socket.h"

#define XBZ_CONTROL_CLIENTS 8u
#define XBZ_CONTROL_LINE 256u /* of a request */
#define XBZ_ANSWER_MAX 4096u

typedef struct xbz_control_client {
  int fd; /* -1: free */
  size_t len;
  char line[XBZ_CONTROL_LINE]; /* the request so far */
} xbz_control_client;

typedef struct xbz_control_server {
  xbz_control *control;
  pthread_t thread;
  xbz_listener listener;
  int stop_fd;
  xbz_control_client clients[XBZ_CONTROL_CLIENTS];
} xbz_control_server;

/* Serve at path with a thread of its own; control must outlive it. */
bool xbz_control_server_open(xbz_control_server *server, const char *path,
                             xbz_control *control, xbz_error *error);

/* The socket's file goes away too. */
void xbz_control_server_close(xbz_control_server *server);

#endif

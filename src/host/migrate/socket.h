/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * Links over sockets. An address is tcp:HOST:PORT (HOST a name, or a number, an
 * IPv6 one in brackets) or unix:PATH.
 */
#ifndef XBZ_MIGRATE_SOCKET_H
#define XBZ_MIGRATE_SOCKET_H

#include "link.h"

/* How long a peer may stand still, if nothing else is wished. */
#define XBZ_STALL_MS 30000

typedef struct xbz_link_options {
  int cancel_fd; /* once readable, everything that waits fails; -1: none */
  int stall_ms;  /* -1: wait for ever */
} xbz_link_options;

/* Connect to whoever listens at an address. */
bool xbz_link_connect(xbz_link *link, const char *address,
                      const xbz_link_options *options, xbz_error *error);

/* Make a link of a connected socket, which becomes its own, also on failure. */
bool xbz_link_adopt(xbz_link *link, int fd, const xbz_link_options *options,
                    xbz_error *error);

/* Someone who listens; address is where, with the port that was chosen if it
 * was asked for as 0. */
typedef struct xbz_listener {
  int fd;
  char address[160];
} xbz_listener;

bool xbz_listener_open(xbz_listener *listener, const char *address,
                       xbz_error *error);

/* The next connection: waits until there is one, or until cancelled. */
bool xbz_listener_accept(xbz_listener *listener, xbz_link *link,
                         const xbz_link_options *options, xbz_error *error);

/* A unix socket leaves no file behind. */
void xbz_listener_close(xbz_listener *listener);

#endif

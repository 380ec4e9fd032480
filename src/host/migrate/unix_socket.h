/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Unix sockets: streams between processes of one machine, named by a path. */
#ifndef XBZ_MIGRATE_UNIX_SOCKET_H
#define XBZ_MIGRATE_UNIX_SOCKET_H

#include "../error.h"

/*
 * A socket that listens at path, for its owner alone (mode 0600), or -1. What a
 * process that is no more left behind there is replaced; anything else that
 * has the name is an error.
 */
int xbz_unix_listen(const char *path, xbz_error *error);

/* A connection to whoever listens at path, or -1. */
int xbz_unix_connect(const char *path, xbz_error *error);

#endif

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Unix sockets that listen have a file, which may outlive them. */
#ifndef XBZ_MIGRATE_UNIX_SOCKET_H
#define XBZ_MIGRATE_UNIX_SOCKET_H

#include "address.h"

/*
 * Give fd its name, which is text in messages, for its owner alone (mode 0600).
 * What a process that is no more left behind there is replaced; anything else
 * that has the name is an error.
 */
bool xbz_unix_bind(int fd, const xbz_address *address, const char *text,
                   xbz_error *error);

#endif

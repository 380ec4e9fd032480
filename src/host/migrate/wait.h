/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Wait for a socket, or until cancelled. */
#ifndef XBZ_MIGRATE_WAIT_H
#define XBZ_MIGRATE_WAIT_H

#include "socket.h"

/* Wait until fd has one of the events of poll(2); not longer than stall_ms. */
bool xbz_wait(int fd, short events, const xbz_link_options *options,
              xbz_error *error);

#endif

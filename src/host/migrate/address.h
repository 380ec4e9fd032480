/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Where sockets are: tcp:HOST:PORT or unix:PATH. */
#ifndef XBZ_MIGRATE_ADDRESS_H
#define XBZ_MIGRATE_ADDRESS_H

#include <sys/socket.h>

#include "../error.h"

typedef struct xbz_address {
  struct sockaddr_storage where;
  socklen_t len;
} xbz_address;

bool xbz_address_parse(xbz_address *address, const char *text,
                       xbz_error *error);

/* The HOST of tcp:HOST:PORT; false if the address has none. */
bool xbz_address_host(char *host, size_t cap, const char *text);

#endif

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * A connection between the two sides: bytes in order, both ways. TCP and unix
 * sockets are behind it, TLS if wanted, and in tests a transport with faults.
 */
#ifndef XBZ_MIGRATE_LINK_H
#define XBZ_MIGRATE_LINK_H

#include <stddef.h>
#include <stdint.h>

#include "../error.h"

/*
 *   send   Send all of src[0..len), or fail.
 *   recv   Receive at least one byte and at most cap; 0 in *len: the peer has
 *          closed.
 *   ready  Whether recv would answer at once.
 *   close  Give back what it holds; at most once. So that what was sent last
 *          arrives, over TCP it waits until the peer closes too, for at most 5
 *          seconds.
 *
 * The first two fail with *error set when the connection is lost, when the peer
 * does not move for the time limit that the link was made with, or when it is
 * cancelled. After a failure only close may be called; after a failed send also
 * recv, since the peer may have said why.
 */
typedef struct xbz_link {
  void *self;
  bool (*send)(void *self, const uint8_t *src, size_t len, xbz_error *error);
  bool (*recv)(void *self, uint8_t *dst, size_t cap, size_t *len,
               xbz_error *error);
  bool (*ready)(void *self);
  void (*close)(void *self);
} xbz_link;

#endif

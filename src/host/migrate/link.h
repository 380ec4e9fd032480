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
 *          closed. Fails after timeout_ms without a byte (-1: never).
 *   close  Give back what it holds; at most once.
 *
 * Each fails with *error set when the connection is lost, when the peer does
 * not move for the time limit that the link was made with, or when it is
 * cancelled. After a failure only close may be called.
 */
typedef struct xbz_link {
  void *self;
  bool (*send)(void *self, const uint8_t *src, size_t len, xbz_error *error);
  bool (*recv)(void *self, uint8_t *dst, size_t cap, size_t *len,
               int timeout_ms, xbz_error *error);
  void (*close)(void *self);
} xbz_link;

/* Receive exactly len bytes, or fail: "connection closed" where it ends. */
bool xbz_link_fill(xbz_link *link, uint8_t *dst, size_t len, int timeout_ms,
                   xbz_error *error);

#endif

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* A link to a peer that says what was recorded, whatever it is told, and then
 * closes. */
#ifndef XBZ_TESTS_MIGRATE_TAPE_H
#define XBZ_TESTS_MIGRATE_TAPE_H

#include "src/host/migrate/link.h"
#include "src/host/migrate/wire.h"

#define XBZ_TAPE_CAP 8192

typedef struct xbz_tape {
  const uint8_t *said; /* by the peer: len of them, up to at used */
  size_t len, at;
  size_t most;  /* bytes that recv gives at a time; 0: all that fit */
  size_t sends; /* the one that fails, and those after it; 0: none does */
  uint8_t heard[XBZ_TAPE_CAP]; /* by the peer; more than that is forgotten */
  size_t heard_len;
} xbz_tape;

xbz_link xbz_tape_link(xbz_tape *tape);

/* The record that the peer heard last; its kind is 0 if there is none. */
xbz_wire xbz_tape_last(const xbz_tape *tape);

#endif

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * The receiver of a migration as one would write it from spec/MIGRATION.md with
 * no thought of speed or memory: what it says, has, and how a connection ends.
 */
#ifndef XBZ_FUZZ_ARRIVAL_MODEL_H
#define XBZ_FUZZ_ARRIVAL_MODEL_H

#include "src/host/migrate/arrival.h"

enum {
  XBZ_MODEL_MEMORY = 4096, /* its limit; so there are as many pages at most */
  XBZ_MODEL_SAID = 1 << 17
};

typedef struct xbz_arrival_model {
  uint32_t grants; /* abilities [M-5] */
  xbz_arrival_phase phase;
  xbz_hello hello; /* of the session that it knows */
  uint64_t rounds;
  uint8_t memory[XBZ_MODEL_MEMORY];
  bool equal[XBZ_MODEL_MEMORY]; /* pages that are noted as such [M-34] */

  /* The connection: what it hears, and what it says but for an error record. */
  uint8_t *bytes;
  size_t len, at;
  uint32_t can;
  size_t sends; /* the one that fails; 0: none does */
  uint8_t said[XBZ_MODEL_SAID];
  size_t said_len;
  bool refuses; /* an error record is the last that it says [M-14] */
} xbz_arrival_model;

/*
 * Serve a connection on which bytes[0..len) arrive, and of what it sends the
 * record of number `sends` fails; 0: none does.
 *
 * Nobody finds digests by chance. So a digest that begins with 0 is overwritten
 * first, in bytes, with the right one; one that begins with 1, with the right
 * one but for one bit.
 */
xbz_ending xbz_arrival_model_receive(xbz_arrival_model *model, uint8_t *bytes,
                                     size_t len, size_t sends);

#endif

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * A delta container from an input, for the targets that read one. The data is a
 * container, or the payload of one; then come the length of the old image (2
 * bytes), a page size or the length of pieces (1), and the mode (1).
 */
#ifndef XBZ_FUZZ_CONTAINERS_H
#define XBZ_FUZZ_CONTAINERS_H

#include "fuzz.h"
#include "seal.h"

typedef struct xbz_fuzz_container {
  uint8_t *bytes; /* they end at a guard, and the next call overwrites them */
  size_t len;
  bool sealed;    /* the checksums are right, as far as parts can be told */
  size_t old_len; /* of xbz_seal_image, which it is for if it is sealed */
  size_t piece;   /* the most bytes that a read gives; 0: no limit */
} xbz_fuzz_container;

xbz_fuzz_container xbz_fuzz_container_take(xbz_fuzz_input *input);

/* A source named "delta" over the container, which must outlive it. */
xbz_source xbz_fuzz_container_source(xbz_fuzz_container *container);

#endif

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* What a source packed by Zstandard holds, as a source. */
#ifndef XBZ_GUEST_UNZSTD_H
#define XBZ_GUEST_UNZSTD_H

#include "../io.h"

typedef struct xbz_unzstd {
  xbz_source *packed;
  uint8_t *bytes;     /* of packed, read ahead */
  size_t len, at;     /* of them; the next to be used */
  bool within;        /* a frame that is not at its end */
  uint64_t promised;  /* bytes in the frame, if it says so where it begins */
  uint64_t made;      /* of them */
  void *decompressor; /* null: it is not packed */
} xbz_unzstd;

/* Unpack what packed holds from here on: source has its name. A source that
 * does not start like a frame of Zstandard is given as it is; one that does is
 * rejected by a build without libzstd. Close it in any case. */
bool xbz_unzstd_open(xbz_source *source, xbz_unzstd *it, xbz_source *packed,
                     xbz_error *error);
void xbz_unzstd_close(xbz_unzstd *it);

#endif

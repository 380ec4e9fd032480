/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* What a source packed by Zstandard holds, as a source. */
#ifndef XBZ_GUEST_UNZSTD_H
#define XBZ_GUEST_UNZSTD_H

#include <zstd.h>

#include "../io.h"

typedef struct xbz_unzstd {
  xbz_source *packed;
  ZSTD_DStream *stream;
  uint8_t *bytes; /* of packed, read ahead */
  ZSTD_inBuffer ahead;
  bool plain;  /* it is not packed */
  bool full;   /* there may be more to unpack without reading more */
  bool within; /* a frame that is not at its end */
} xbz_unzstd;

/* Unpack what packed holds from here on: source has its name. A source that
 * does not start like a frame of Zstandard is given as it is. Close it in any
 * case. */
bool xbz_unzstd_open(xbz_source *source, xbz_unzstd *it, xbz_source *packed,
                     xbz_error *error);
void xbz_unzstd_close(xbz_unzstd *it);

#endif

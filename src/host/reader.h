/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * Pull a delta container apart, block by block, in one pass. Any input is
 * fine: it is rejected with the offset, and never does a length in it make the
 * reader hold more than one block.
 */
#ifndef XBZ_HOST_READER_H
#define XBZ_HOST_READER_H

#include "record.h"

typedef struct xbz_reader {
  xbz_source *source;
  size_t page_size;
  uint64_t image_offset; /* where the next block must start */
  bool last;             /* a block shorter than the others has been seen */
  uint8_t *payload;      /* of the current block */
  size_t payload_cap;
} xbz_reader;

/* Read the header. The reader must be closed, whatever the result. */
bool xbz_reader_open(xbz_reader *reader, xbz_source *source, xbz_error *error);

/*
 * XBZ_STEP_ITEM: the next block, which stays readable until the next call.
 * XBZ_STEP_END: the trailer, after which the source has ended.
 */
xbz_step xbz_reader_next(xbz_block *block, xbz_trailer *trailer,
                         xbz_reader *reader, xbz_error *error);

void xbz_reader_close(xbz_reader *reader);

#endif

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* The records in a block's payload, and how many there are of each kind. */
#ifndef XBZ_HOST_RECORD_H
#define XBZ_HOST_RECORD_H

#include "container.h"
#include "step.h"

/* The two low bits of a record tag [D-30]. */
typedef enum xbz_record_kind {
  XBZ_RECORD_UNCHANGED = 0, /* a run of pages that equal the old ones */
  XBZ_RECORD_ZERO = 1,      /* a run of pages of zeros */
  XBZ_RECORD_RAW = 2,       /* a run of pages, literally */
  XBZ_RECORD_DELTA = 3      /* one page as an XBZRLE delta */
} xbz_record_kind;

#define XBZ_KINDS 4u

extern const char *const xbz_kind_names[XBZ_KINDS];

typedef struct xbz_record {
  xbz_record_kind kind;
  uint64_t offset;     /* of the record in the container */
  size_t len;          /* of the record, its tag included */
  size_t image_at;     /* the first byte it stands for, within the span */
  size_t image_len;    /* the number of bytes it stands for */
  size_t pages;        /* the number of pages it stands for */
  const uint8_t *data; /* of a raw or delta record */
  size_t data_len;
} xbz_record;

typedef struct xbz_tally {
  uint64_t pages[XBZ_KINDS];
  uint64_t bytes[XBZ_KINDS]; /* of records */
} xbz_tally;

void xbz_tally_add(xbz_tally *tally, const xbz_record *record);
uint64_t xbz_tally_pages(const xbz_tally *tally);

/* The length of a record tag for a count or delta length. */
size_t xbz_record_tag_size(size_t count);

/* Write a tag at dst[at..); returns the position after it. */
size_t xbz_record_tag_put(uint8_t *dst, size_t at, xbz_record_kind kind,
                          size_t count);

/* A block, verified against its checksums. */
typedef struct xbz_block {
  xbz_place place; /* of the block in the container */
  xbz_block_header header;
  const uint8_t *payload;
  size_t page_size;
} xbz_block;

typedef struct xbz_records {
  const xbz_block *block;
  size_t at;       /* the next byte of the payload */
  size_t image_at; /* the next byte of the span */
} xbz_records;

void xbz_records_open(xbz_records *records, const xbz_block *block);

/* The next record of the block; at the end, the whole span is accounted for. */
xbz_step xbz_records_next(xbz_record *record, xbz_records *records,
                          xbz_error *error);

#endif

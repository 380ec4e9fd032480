/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * Reads a PGTRACE1 recording: which pages a program wrote, round by round, and
 * what they held then. Integers are little-endian.
 *
 *   header  128 bytes: "PGTRACE1", u32 page size (4096), u32 rounds; then what
 *           tells how it was made, and is not read here
 *   round   32 bytes: u32 "RUND", u32 number (from 0), u32 records, times; then
 *           the records, by ascending key; then 4096 bytes for each of them
 * that is changed and not zero, in the same order record  16 bytes: u64 key of
 * the page, u32 frame number, u32 flags
 *
 * Round 0 has every page of the program, a later one those written since the
 * round before. The content of a page that is neither changed nor zero is as it
 * was in its last record; it must have one.
 */
#ifndef XBZ_GUEST_TRACE_H
#define XBZ_GUEST_TRACE_H

#include "../io.h"
#include "../step.h"

enum {
  XBZ_TRACE_HEADER_LEN = 128,
  XBZ_TRACE_ROUND_LEN = 32,
  XBZ_TRACE_RECORD_LEN = 16,
  XBZ_TRACE_PAGE_LEN = 4096,
  XBZ_TRACE_PAGES_MAX = 1 << 24, /* that a trace may be about: 64 GiB */

  /* Flags of a record. */
  XBZ_TRACE_CHANGED = 1,
  XBZ_TRACE_WRITTEN = 2,
  XBZ_TRACE_ZERO = 4,
  XBZ_TRACE_FIRST = 8
};

typedef struct xbz_trace_record {
  uint64_t key;
  uint64_t offset; /* in the trace, for messages */
  uint32_t flags;
} xbz_trace_record;

/* A record that was just read, and the page's bytes where they changed. */
typedef struct xbz_trace_page {
  const xbz_trace_record *record;
  const uint8_t *bytes; /* null: as before */
} xbz_trace_page;

typedef struct xbz_trace {
  xbz_source *source;
  uint32_t rounds, round; /* how many there are, and were read */
  xbz_trace_record *records;
  size_t count, room, next; /* of this round; the next to be given */
  uint8_t content[XBZ_TRACE_PAGE_LEN];
} xbz_trace;

/* The trace starts where the source is, and must end where it ends. Close it
 * in any case. */
bool xbz_trace_open(xbz_trace *trace, xbz_source *source, xbz_error *error);
void xbz_trace_close(xbz_trace *trace);

/* Go to the next round; all pages of the one before must have been read. Its
 * memory is bounded by the bytes that were there to be read. */
xbz_step xbz_trace_next_round(xbz_trace *trace, xbz_error *error);

/* The next page of the round; it is good until the next call. */
xbz_step xbz_trace_next_page(xbz_trace_page *page, xbz_trace *trace,
                             xbz_error *error);

/* Reject the trace because of what is there; always false. */
bool xbz_trace_fail(xbz_error *error, const xbz_trace *trace, uint64_t offset,
                    const char *what);

#endif

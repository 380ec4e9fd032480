/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "trace.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "../le.h"

/* Records are read in groups: a number of records alone makes no memory. */
enum { XBZ_RECORDS_AT_ONCE = 256, XBZ_FLAGS_ALL = 15 };

bool xbz_trace_fail(xbz_error *error, const xbz_trace *trace, uint64_t offset,
                    const char *what) {
  return xbz_fail(error, "%s: at offset %" PRIu64 ": %s", trace->source->name,
                  offset, what);
}

/* Exactly len bytes, or fail: what is not all there. */
static bool xbz_get(uint8_t *dst, size_t len, xbz_trace *trace,
                    const char *what, xbz_error *error) {
  size_t got = 0;
  if (!xbz_source_fill(dst, len, &got, trace->source, error))
    return false;
  return got == len ||
         xbz_trace_fail(error, trace, trace->source->offset, what);
}

bool xbz_trace_open(xbz_trace *trace, xbz_source *source, xbz_error *error) {
  uint8_t header[XBZ_TRACE_HEADER_LEN];
  uint64_t start = source->offset;
  *trace = (xbz_trace){.source = source};
  if (!xbz_get(header, sizeof header, trace, "ends within its header", error))
    return false;
  if (memcmp(header, "PGTRACE1", 8) != 0)
    return xbz_trace_fail(error, trace, start, "not a PGTRACE1 recording");
  if (xbz_le_get(header + 8, 4) != XBZ_TRACE_PAGE_LEN)
    return xbz_trace_fail(error, trace, start + 8,
                          "pages of another size than 4096 bytes");
  trace->rounds = (uint32_t)xbz_le_get(header + 12, 4);
  return trace->rounds > 0 ||
         xbz_trace_fail(error, trace, start + 12, "no rounds");
}

void xbz_trace_close(xbz_trace *trace) {
  free(trace->records);
  trace->records = NULL;
}

static bool xbz_record_add(xbz_trace *trace, const uint8_t *bytes,
                           uint64_t offset, xbz_error *error) {
  xbz_trace_record record = {.key = xbz_le_get(bytes, 8),
                             .offset = offset,
                             .flags = (uint32_t)xbz_le_get(bytes + 12, 4)};
  if (record.flags > XBZ_FLAGS_ALL)
    return xbz_trace_fail(error, trace, offset + 12, "unknown flags");
  if (trace->count > 0 && trace->records[trace->count - 1].key >= record.key)
    return xbz_trace_fail(error, trace, offset, "keys do not ascend");
  trace->records[trace->count] = record;
  trace->count++;
  return true;
}

static bool xbz_make_room(xbz_trace *trace, xbz_error *error) {
  if (trace->count + XBZ_RECORDS_AT_ONCE <= trace->room)
    return true;
  size_t room = 2 * trace->room + XBZ_RECORDS_AT_ONCE;
  xbz_trace_record *records =
      realloc(trace->records, room * sizeof *trace->records);
  if (records == NULL)
    return xbz_fail(error, "%s: no memory for the records of a round",
                    trace->source->name);
  trace->records = records;
  trace->room = room;
  return true;
}

static bool xbz_get_records(xbz_trace *trace, size_t count, xbz_error *error) {
  uint8_t bytes[XBZ_RECORDS_AT_ONCE * XBZ_TRACE_RECORD_LEN];
  while (trace->count < count) {
    uint64_t offset = trace->source->offset;
    size_t left = count - trace->count;
    size_t now = left < XBZ_RECORDS_AT_ONCE ? left : XBZ_RECORDS_AT_ONCE;
    if (!xbz_make_room(trace, error) ||
        !xbz_get(bytes, now * XBZ_TRACE_RECORD_LEN, trace,
                 "ends within the records of a round", error))
      return false;
    for (size_t i = 0; i < now; i++) {
      size_t at = i * XBZ_TRACE_RECORD_LEN;
      if (!xbz_record_add(trace, bytes + at, offset + at, error))
        return false;
    }
  }
  return true;
}

/* Nothing may follow the last round. */
static xbz_step xbz_trace_end(xbz_trace *trace, xbz_error *error) {
  uint8_t byte;
  size_t len = 0;
  if (!xbz_source_fill(&byte, 1, &len, trace->source, error))
    return XBZ_STEP_FAILED;
  if (len == 0)
    return XBZ_STEP_END;
  (void)xbz_trace_fail(error, trace, trace->source->offset - 1,
                       "goes on after its last round");
  return XBZ_STEP_FAILED;
}

static bool xbz_get_round(xbz_trace *trace, xbz_error *error) {
  uint8_t round[XBZ_TRACE_ROUND_LEN];
  uint64_t start = trace->source->offset;
  if (!xbz_get(round, sizeof round, trace, "ends where a round is due", error))
    return false;
  if (memcmp(round, "RUND", 4) != 0)
    return xbz_trace_fail(error, trace, start, "no round starts here");
  if (xbz_le_get(round + 4, 4) != trace->round)
    return xbz_trace_fail(error, trace, start + 4, "not the next round");
  uint64_t count = xbz_le_get(round + 8, 4);
  if (count > XBZ_TRACE_PAGES_MAX)
    return xbz_trace_fail(error, trace, start + 8, "too many records");
  trace->count = 0;
  trace->next = 0;
  trace->round++;
  return xbz_get_records(trace, (size_t)count, error);
}

xbz_step xbz_trace_next_round(xbz_trace *trace, xbz_error *error) {
  if (trace->round == trace->rounds)
    return xbz_trace_end(trace, error);
  return xbz_get_round(trace, error) ? XBZ_STEP_ITEM : XBZ_STEP_FAILED;
}

xbz_step xbz_trace_next_page(xbz_trace_page *page, xbz_trace *trace,
                             xbz_error *error) {
  if (trace->next == trace->count)
    return XBZ_STEP_END;
  page->record = &trace->records[trace->next];
  page->bytes = NULL;
  trace->next++;
  if ((page->record->flags & XBZ_TRACE_ZERO) != 0)
    memset(trace->content, 0, sizeof trace->content);
  else if ((page->record->flags & XBZ_TRACE_CHANGED) == 0)
    return XBZ_STEP_ITEM;
  else if (!xbz_get(trace->content, sizeof trace->content, trace,
                    "ends within the content of a page", error))
    return XBZ_STEP_FAILED;
  page->bytes = trace->content;
  return XBZ_STEP_ITEM;
}

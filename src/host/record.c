/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "record.h"

#include "../core/uleb128.h"

const char *const xbz_kind_names[XBZ_KINDS] = {"unchanged", "zero", "raw",
                                               "delta"};

void xbz_tally_add(xbz_tally *tally, const xbz_record *record) {
  tally->pages[record->kind] += record->pages;
  tally->bytes[record->kind] += record->len;
}

uint64_t xbz_tally_pages(const xbz_tally *tally) {
  uint64_t sum = 0;
  for (size_t kind = 0; kind < XBZ_KINDS; kind++)
    sum += tally->pages[kind];
  return sum;
}

static uint32_t xbz_record_tag(xbz_record_kind kind, size_t count) {
  return (uint32_t)(count * XBZ_KINDS) | (uint32_t)kind;
}

size_t xbz_record_tag_size(size_t count) {
  return xbz_uleb128_size(xbz_record_tag(XBZ_RECORD_DELTA, count));
}

size_t xbz_record_tag_put(uint8_t *dst, size_t at, xbz_record_kind kind,
                          size_t count) {
  return xbz_uleb128_put(dst, at, xbz_record_tag(kind, count));
}

void xbz_records_open(xbz_records *records, const xbz_block *block) {
  *records = (xbz_records){block, 0, 0};
}

static bool xbz_record_reject(xbz_error *error, const xbz_records *records,
                              const char *what, const char *rule) {
  xbz_place place = records->block->place;
  place.offset += XBZ_BLOCK_HEADER_LEN + records->at;
  return xbz_reject(error, place, what, rule);
}

/* Read the tag at records->at into kind and count, and *next after it. */
static bool xbz_record_tag_get(xbz_record *record, size_t *count, size_t *next,
                               const xbz_records *records, xbz_error *error) {
  const xbz_block *block = records->block;
  uint32_t tag = 0;
  if (xbz_uleb128_get(&tag, next, block->payload, block->header.payload_len,
                      records->at) != XBZ_OK)
    return xbz_record_reject(error, records, "bad record tag", "D-31");
  if (*next - records->at != xbz_uleb128_size(tag))
    return xbz_record_reject(error, records, "over-long record tag", "D-32");
  record->kind = (xbz_record_kind)(tag % XBZ_KINDS);
  *count = tag / XBZ_KINDS;
  if (*count == 0)
    return xbz_record_reject(error, records, "empty record", "D-33");
  return true;
}

/* What part of the span the record stands for. */
static bool xbz_record_extent(xbz_record *record, size_t count,
                              const xbz_records *records, xbz_error *error) {
  size_t page_size = records->block->page_size;
  size_t left = records->block->header.span - records->image_at;
  record->pages = record->kind == XBZ_RECORD_DELTA ? 1 : count;
  if (record->pages > xbz_pages_in(left, page_size))
    return xbz_record_reject(error, records, "record leaves the span", "D-34");
  record->image_at = records->image_at;
  record->image_len = record->pages < xbz_pages_in(left, page_size)
                          ? record->pages * page_size
                          : left;
  return true;
}

/* The bytes after the tag, which ends at `next`. */
static bool xbz_record_body(xbz_record *record, size_t count, size_t next,
                            const xbz_records *records, xbz_error *error) {
  record->data_len = record->kind == XBZ_RECORD_RAW     ? record->image_len
                     : record->kind == XBZ_RECORD_DELTA ? count
                                                        : 0;
  if (record->data_len > records->block->header.payload_len - next)
    return xbz_record_reject(error, records, "record leaves the block", "D-35");
  if (record->kind == XBZ_RECORD_DELTA && count >= record->image_len)
    return xbz_record_reject(error, records, "delta not shorter than its page",
                             "D-36");
  record->data = records->block->payload + next;
  record->offset =
      records->block->place.offset + XBZ_BLOCK_HEADER_LEN + records->at;
  record->len = next + record->data_len - records->at;
  return true;
}

xbz_step xbz_records_next(xbz_record *record, xbz_records *records,
                          xbz_error *error) {
  const xbz_block_header *header = &records->block->header;
  size_t count = 0, next = 0;
  if (records->at == header->payload_len) {
    if (records->image_at == header->span)
      return XBZ_STEP_END;
    (void)xbz_record_reject(error, records, "pages missing at the block's end",
                            "D-37");
    return XBZ_STEP_FAILED;
  }
  if (!xbz_record_tag_get(record, &count, &next, records, error) ||
      !xbz_record_extent(record, count, records, error) ||
      !xbz_record_body(record, count, next, records, error))
    return XBZ_STEP_FAILED;
  records->at += record->len;
  records->image_at += record->image_len;
  return XBZ_STEP_ITEM;
}

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "pack.h"

#include <string.h>

#include "file_io.h"

/* Pages of one kind, not yet written: they become one record [D-38]. */
typedef struct xbz_pending {
  const xbz_packer *packer;
  const uint8_t *new_span;
  xbz_record_kind kind;
  size_t pages;
  size_t start, end; /* in the span */
  size_t at;         /* the length of the payload so far */
} xbz_pending;

/* Append a record for the pages so far, whose body is body[0..body_len). */
static void xbz_pack_record(xbz_pending *pending, xbz_record_kind kind,
                            size_t pages, const uint8_t *body,
                            size_t body_len) {
  const xbz_packer *packer = pending->packer;
  size_t count = kind == XBZ_RECORD_DELTA ? body_len : pages;
  size_t at = xbz_record_tag_put(packer->payload, pending->at, kind, count);
  xbz_record record = {.kind = kind, .pages = pages};
  memcpy(packer->payload + at, body, body_len);
  record.len = at + body_len - pending->at;
  pending->at = at + body_len;
  xbz_tally_add(packer->tally, &record);
}

static void xbz_pack_flush(xbz_pending *pending) {
  size_t raw =
      pending->kind == XBZ_RECORD_RAW ? pending->end - pending->start : 0;
  if (pending->pages > 0)
    xbz_pack_record(pending, pending->kind, pending->pages,
                    pending->new_span + pending->start, raw);
  pending->pages = 0;
}

static void xbz_pack_extend(xbz_pending *pending, xbz_record_kind kind,
                            size_t start, size_t end) {
  if (kind != pending->kind)
    xbz_pack_flush(pending);
  if (pending->pages == 0)
    pending->start = start;
  pending->kind = kind;
  pending->pages++;
  pending->end = end;
}

/* The longest delta that, with its tag, is shorter than the page [D-39]. */
static size_t xbz_delta_cap(size_t page_len) {
  size_t tag = xbz_record_tag_size(page_len);
  return page_len > tag ? page_len - tag - 1 : 0;
}

/* How to record a page; for XBZ_RECORD_DELTA, packer->delta holds *delta_len
 * bytes. */
static xbz_record_kind xbz_classify(const xbz_packer *packer, size_t *delta_len,
                                    const uint8_t *old_page,
                                    const uint8_t *new_page, size_t page_len) {
  if (memcmp(old_page, new_page, page_len) == 0)
    return XBZ_RECORD_UNCHANGED;
  if (xbz_all_zero(new_page, page_len))
    return XBZ_RECORD_ZERO;
  return xbz_page_encode_with(packer->backend, packer->delta,
                              xbz_delta_cap(page_len), delta_len, old_page,
                              new_page, page_len) == XBZ_OK
             ? XBZ_RECORD_DELTA
             : XBZ_RECORD_RAW;
}

size_t xbz_pack(const xbz_packer *packer, const uint8_t *old_span,
                const uint8_t *new_span, size_t span) {
  xbz_pending pending = {.packer = packer, .new_span = new_span};
  size_t len = 0;
  for (size_t at = 0; at < span; at += len) {
    size_t delta_len = 0;
    len = span - at < packer->page_size ? span - at : packer->page_size;
    xbz_record_kind kind =
        xbz_classify(packer, &delta_len, old_span + at, new_span + at, len);
    if (kind == XBZ_RECORD_DELTA) {
      xbz_pack_flush(&pending);
      xbz_pack_record(&pending, kind, 1, packer->delta, delta_len);
    } else {
      xbz_pack_extend(&pending, kind, at, at + len);
    }
  }
  xbz_pack_flush(&pending);
  return pending.at;
}

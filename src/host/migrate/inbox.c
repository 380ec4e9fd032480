/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "inbox.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* Room for one record, and for the beginning of the next ones. */
static size_t xbz_inbox_cap(size_t page_len) {
  return XBZ_WIRE_HEAD + xbz_wire_body_max(page_len) + 0x10000;
}

static bool xbz_inbox_grow(xbz_inbox *inbox, size_t cap, xbz_verdict *verdict) {
  uint8_t *bytes = realloc(inbox->bytes, cap);
  if (bytes == NULL)
    return xbz_stop(verdict, XBZ_END_FAILED,
                    "no memory to receive %zu bytes at a time", cap);
  inbox->bytes = bytes;
  inbox->cap = cap;
  return true;
}

bool xbz_inbox_open(xbz_inbox *inbox, xbz_link *link, xbz_verdict *verdict) {
  *inbox = (xbz_inbox){link, 0, NULL, 0, 0, 0};
  return xbz_inbox_grow(inbox, xbz_inbox_cap(0), verdict);
}

void xbz_inbox_close(xbz_inbox *inbox) {
  free(inbox->bytes);
  inbox->bytes = NULL;
}

bool xbz_inbox_agree(xbz_inbox *inbox, size_t page_len, xbz_verdict *verdict) {
  inbox->page_len = page_len;
  return xbz_inbox_grow(inbox, xbz_inbox_cap(page_len), verdict);
}

/* Before anything was agreed on: records of a handshake and alerts of TLS,
   which are no greeting, and perhaps too short for one [M-53]. */
static bool xbz_inbox_foreign(const xbz_inbox *inbox) {
  const uint8_t *bytes = inbox->bytes + inbox->start;
  return inbox->page_len == 0 && inbox->end - inbox->start >= 2 &&
         (bytes[0] == 0x15 || bytes[0] == 0x16) && bytes[1] == 3;
}

/* Have at least len bytes from start on; len is at most one record. */
static bool xbz_inbox_fill(xbz_inbox *inbox, size_t len, xbz_verdict *verdict) {
  if (inbox->cap - inbox->start < len) {
    memmove(inbox->bytes, inbox->bytes + inbox->start,
            inbox->end - inbox->start);
    inbox->end -= inbox->start;
    inbox->start = 0;
  }
  while (inbox->end - inbox->start < len) {
    size_t got = 0;
    if (!inbox->link->recv(inbox->link->self, inbox->bytes + inbox->end,
                           inbox->cap - inbox->end, &got, verdict->error))
      return xbz_stopped(verdict, XBZ_END_LOST);
    if (got == 0)
      return xbz_stop(verdict, XBZ_END_LOST, "the peer closed the connection");
    inbox->end += got;
    if (xbz_inbox_foreign(inbox))
      return xbz_stop(verdict, XBZ_END_FAILED,
                      "the peer speaks TLS, and this side does not");
  }
  return true;
}

bool xbz_inbox_next(xbz_inbox *inbox, xbz_wire *record, xbz_verdict *verdict) {
  if (!xbz_inbox_fill(inbox, XBZ_WIRE_HEAD, verdict))
    return false;
  record->head = xbz_wire_head_get(inbox->bytes + inbox->start);
  if (!xbz_wire_len_ok(record->head, inbox->page_len))
    return xbz_stop(verdict, XBZ_END_FAILED,
                    "no record of kind %u has %" PRIu32 " bytes here",
                    record->head.kind, record->head.len);
  if (!xbz_inbox_fill(inbox, XBZ_WIRE_HEAD + record->head.len, verdict))
    return false;
  record->bytes = inbox->bytes + inbox->start + XBZ_WIRE_HEAD;
  inbox->start += XBZ_WIRE_HEAD + record->head.len;
  return true;
}

bool xbz_inbox_ready(const xbz_inbox *inbox) {
  return inbox->end > inbox->start || inbox->link->ready(inbox->link->self);
}

/* Words of a peer go to a terminal: nothing but printable ASCII does. */
static void xbz_text_copy(char *dst, const uint8_t *src, size_t len) {
  for (size_t i = 0; i < len; i++)
    dst[i] = (char)(src[i] >= ' ' && src[i] <= '~' ? src[i] : '?');
  dst[len] = '\0';
}

bool xbz_inbox_told(const xbz_wire *record, const char *who,
                    xbz_verdict *verdict) {
  char text[XBZ_WIRE_TEXT_MAX + 1];
  if (record->head.kind == XBZ_WIRE_CANCEL)
    return xbz_stop(verdict, XBZ_END_CANCELLED, "cancelled by the %s", who);
  if (record->head.kind != XBZ_WIRE_ERROR)
    return xbz_stop(verdict, XBZ_END_FAILED,
                    "the %s sent a record of kind %u out of turn", who,
                    record->head.kind);
  xbz_text_copy(text, record->bytes, record->head.len);
  return xbz_stop(verdict, XBZ_END_FAILED, "the %s says: %s", who, text);
}

bool xbz_inbox_last_words(xbz_inbox *inbox, const char *who,
                          xbz_verdict *verdict) {
  const xbz_error lost = *verdict->error;
  xbz_wire record;
  (void)xbz_stopped(verdict, XBZ_END_LOST);
  if (!xbz_inbox_ready(inbox) || !xbz_inbox_next(inbox, &record, verdict))
    return false;
  if (record.head.kind == XBZ_WIRE_CANCEL || record.head.kind == XBZ_WIRE_ERROR)
    return xbz_inbox_told(&record, who, verdict);
  *verdict->error = lost;
  return false;
}

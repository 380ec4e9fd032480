/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "outbox.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "clock.h"

bool xbz_outbox_open(xbz_outbox *outbox, size_t page_len,
                     xbz_verdict *verdict) {
  outbox->len = 0;
  outbox->throttle = (xbz_throttle){0, 0};
  outbox->cap = XBZ_WIRE_HEAD + xbz_wire_body_max(page_len);
  outbox->bytes = malloc(outbox->cap);
  outbox->whole = true;
  if (outbox->bytes == NULL)
    return xbz_stop(verdict, XBZ_END_FAILED, "no memory to send %zu bytes",
                    outbox->cap);
  return true;
}

void xbz_outbox_close(xbz_outbox *outbox) {
  free(outbox->bytes);
  outbox->bytes = NULL;
}

/* The peer speaks while it should listen. */
static bool xbz_outbox_hear(xbz_outbox *outbox, xbz_verdict *verdict) {
  xbz_wire record;
  if (!xbz_inbox_next(outbox->inbox, &record, verdict))
    return false;
  return xbz_inbox_told(&record, "receiver", verdict);
}

/* Wait until some bytes may be sent, at most want. */
static bool xbz_outbox_allow(xbz_outbox *outbox, size_t *len, size_t want,
                             xbz_verdict *verdict) {
  struct pollfd cancel = {outbox->control->cancel_fd, POLLIN, 0};
  double wait = 0;
  for (;;) {
    if (xbz_control_cancelled(outbox->control))
      return xbz_stop(verdict, XBZ_END_CANCELLED, "cancelled");
    if (xbz_inbox_ready(outbox->inbox))
      return xbz_outbox_hear(outbox, verdict);
    *len = xbz_throttle_take(&outbox->throttle, &wait,
                             xbz_control_limits(outbox->control).bandwidth,
                             xbz_clock(), want);
    if (*len > 0)
      return true;
    outbox->report(outbox->self);
    (void)poll(&cancel, 1, (int)(wait * 1000) + 1);
  }
}

static bool xbz_outbox_send(xbz_outbox *outbox, const uint8_t *src, size_t len,
                            xbz_verdict *verdict) {
  xbz_link *link = outbox->inbox->link;
  if (link->send(link->self, src, len, verdict->error)) {
    *outbox->sent += len;
    return true;
  }
  return xbz_inbox_last_words(outbox->inbox, "receiver", verdict);
}

bool xbz_outbox_flush(xbz_outbox *outbox, xbz_verdict *verdict) {
  size_t at = 0;
  while (at < outbox->len) {
    size_t len = 0;
    if (!xbz_outbox_allow(outbox, &len, outbox->len - at, verdict))
      return false;
    outbox->whole = false;
    if (!xbz_outbox_send(outbox, outbox->bytes + at, len, verdict))
      return false;
    at += len;
  }
  outbox->len = 0;
  outbox->whole = true;
  return true;
}

static void xbz_outbox_append(xbz_outbox *outbox, xbz_wire record) {
  xbz_wire_head_put(outbox->bytes + outbox->len, record.head);
  if (record.head.len > 0)
    memcpy(outbox->bytes + outbox->len + XBZ_WIRE_HEAD, record.bytes,
           record.head.len);
  outbox->len += XBZ_WIRE_HEAD + record.head.len;
}

bool xbz_outbox_put(xbz_outbox *outbox, xbz_wire record, xbz_verdict *verdict) {
  if (outbox->cap - outbox->len < XBZ_WIRE_HEAD + (size_t)record.head.len &&
      !xbz_outbox_flush(outbox, verdict))
    return false;
  xbz_outbox_append(outbox, record);
  return true;
}

void xbz_outbox_parting(xbz_outbox *outbox, xbz_wire record) {
  xbz_link *link = outbox->inbox->link;
  xbz_error ignored;
  if (!outbox->whole)
    return;
  outbox->len = 0;
  xbz_outbox_append(outbox, record);
  if (link->send(link->self, outbox->bytes, outbox->len, &ignored))
    *outbox->sent += outbox->len;
}

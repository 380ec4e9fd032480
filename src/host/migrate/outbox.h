/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Records to a link, in a bounded buffer, as fast as the limit allows. */
#ifndef XBZ_MIGRATE_OUTBOX_H
#define XBZ_MIGRATE_OUTBOX_H

#include "control.h"
#include "inbox.h"
#include "throttle.h"

typedef struct xbz_outbox {
  xbz_inbox *inbox; /* of the same link: a peer in trouble says so there */
  xbz_control *control;
  uint64_t *sent;             /* counts bytes on the link */
  void (*report)(void *self); /* called now and then while it takes long */
  void *self;
  xbz_throttle throttle;
  uint8_t *bytes;
  size_t cap, len;
  bool whole; /* only whole records were sent */
} xbz_outbox;

/* The caller has set the fields up to self. */
bool xbz_outbox_open(xbz_outbox *outbox, size_t page_len, xbz_verdict *verdict);
void xbz_outbox_close(xbz_outbox *outbox);

/* Queue one record. false when the link is lost, the peer has sent something
 * (which is never good news here) or the migration is cancelled. */
bool xbz_outbox_put(xbz_outbox *outbox, xbz_wire record, xbz_verdict *verdict);

/* Send all that is queued. */
bool xbz_outbox_flush(xbz_outbox *outbox, xbz_verdict *verdict);

/* Send this record instead of all that is queued, if the peer can tell where it
 * begins; whether it arrives is no longer of interest. */
void xbz_outbox_parting(xbz_outbox *outbox, xbz_wire record);

#endif

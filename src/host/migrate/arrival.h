/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* The receiving side, for the files that it is made of. */
#ifndef XBZ_MIGRATE_ARRIVAL_H
#define XBZ_MIGRATE_ARRIVAL_H

#include "inbox.h"
#include "page_set.h"

/* How far a session is. */
typedef enum xbz_arrival_phase {
  XBZ_ARRIVAL_NONE = 0,    /* there is none */
  XBZ_ARRIVAL_ROUNDS = 1,  /* records change pages */
  XBZ_ARRIVAL_OFFERED = 2, /* all is equal, it says; the sender may commit */
  XBZ_ARRIVAL_COMPLETE = 3 /* the guest is ours */
} xbz_arrival_phase;

struct xbz_arrival {
  uint64_t max_bytes;
  xbz_wishes grants;

  xbz_arrival_phase phase;
  uint8_t session[XBZ_WIRE_SESSION];
  size_t page_len;
  uint64_t pages;
  uint64_t rounds; /* complete ones */
  uint8_t *memory;
  uint8_t *scratch;      /* one page */
  xbz_page_set verified; /* pages equal to the digest sent last, and since */

  /* The connection. */
  xbz_inbox inbox;
  uint32_t can;
  xbz_verdict verdict;
};

/* arrival_greeting.c: take up the session, known or new, or refuse it. */
bool xbz_arrival_greet(xbz_arrival *arrival);

/* arrival_page.c: apply a record about a page. */
bool xbz_arrival_page(xbz_arrival *arrival, const xbz_wire *record);

/* Send a record. */
bool xbz_arrival_reply(xbz_arrival *arrival, xbz_wire record);

#endif

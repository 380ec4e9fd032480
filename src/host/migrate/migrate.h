/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * Live migration of memory over a link (spec/MIGRATION.md): rounds over what is
 * dirty while the guest runs, until what is left fits into the downtime; then
 * the guest stops, the rest is sent, and both sides compare every page.
 */
#ifndef XBZ_MIGRATE_MIGRATE_H
#define XBZ_MIGRATE_MIGRATE_H

#include "control.h"
#include "guest.h"
#include "link.h"

/* How a migration ended. */
typedef enum xbz_ending {
  XBZ_END_EQUAL = 0,     /* the receiver has every page, compared by digest */
  XBZ_END_CANCELLED = 1, /* by xbz_control_cancel; the guest runs on */
  XBZ_END_LOST = 2,      /* the link failed: go on over a new one [M-40] */
  XBZ_END_FAILED = 3     /* anything else; *error says what; the guest runs */
} xbz_ending;

/* What the sender wants and the receiver grants; what both do is in use. */
typedef struct xbz_wishes {
  bool delta;          /* XBZRLE; else zero and raw pages alone */
  bool base_digest;    /* each delta names the bytes that it applies to */
  bool compress;       /* zstd for pages sent raw, where the build has it */
  xbz_backend backend; /* by which deltas are made; a usable one */
} xbz_wishes;

/* One migration's sender: a session that outlives a lost link. */
typedef struct xbz_migration xbz_migration;

/* null, and *error, when there is no memory for it. */
xbz_migration *xbz_migration_new(xbz_guest *guest, xbz_control *control,
                                 const xbz_wishes *wishes, xbz_error *error);
void xbz_migration_free(xbz_migration *migration);

/*
 * Begin, or after XBZ_END_LOST go on: only what the receiver may not have is
 * sent again. *error is set unless the ending is XBZ_END_EQUAL. The guest
 * stands still after XBZ_END_EQUAL, and after an XBZ_END_LOST by which the
 * receiver may already have taken over (*error says so); else it runs. The link
 * stays the caller's, to close.
 */
xbz_ending xbz_migration_send(xbz_migration *migration, xbz_link *link,
                              xbz_error *error);

/* The receiving side: its memory, and the session that it belongs to. */
typedef struct xbz_arrival xbz_arrival;

/* Up to max_bytes of memory, allocated when the sender says how much; grants
 * says which wishes it can meet. */
xbz_arrival *xbz_arrival_new(uint64_t max_bytes, const xbz_wishes *grants,
                             xbz_error *error);
void xbz_arrival_free(xbz_arrival *arrival);

/* Serve one connection; after XBZ_END_LOST the next one may go on. */
xbz_ending xbz_arrival_receive(xbz_arrival *arrival, xbz_link *link,
                               xbz_error *error);

/* Whether a sender has begun, and is here or may come back. */
bool xbz_arrival_begun(const xbz_arrival *arrival);

/* The memory, once equal: pages * page_len bytes; it belongs to the arrival. */
const uint8_t *xbz_arrival_memory(const xbz_arrival *arrival, uint64_t *len);

#endif

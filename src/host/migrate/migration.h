/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* The sending side, for the files that it is made of. */
#ifndef XBZ_MIGRATE_MIGRATION_H
#define XBZ_MIGRATE_MIGRATION_H

#include "outbox.h"
#include "pace.h"
#include "page_set.h"
#include "send_cache.h"

struct xbz_migration {
  xbz_guest *guest;
  xbz_control *control;
  xbz_wishes wishes;

  /* The session. */
  bool begun;
  uint8_t session[XBZ_WIRE_SESSION];
  uint64_t completed;      /* rounds that the receiver has acknowledged */
  bool asked;              /* whether it was asked to acknowledge the next */
  bool committed;          /* the receiver may have taken over */
  xbz_page_set dirty;      /* to be sent */
  xbz_page_set unacked;    /* sent in a round that is not acknowledged */
  xbz_page_set unverified; /* sent, but no digest since */
  xbz_send_cache cache;
  xbz_pace pace;
  uint8_t *scratch; /* a page and XBZ_BASE_LEN bytes: a record's body */

  /* The guest. */
  bool paused;
  double paused_at;
  double stood; /* seconds, before it was resumed */

  /* What is told. */
  xbz_migrate_info info;
  double began, published, synced;
  xbz_counters round_counters; /* as the round began */

  /* The connection. */
  xbz_inbox inbox;
  xbz_outbox outbox;
  uint32_t can; /* what both sides do */
  xbz_verdict verdict;
};

/* greeting.c: agree with the receiver on the session, and on what it has. */
bool xbz_migration_greet(xbz_migration *migration);

/* rounds.c */
/* Ask the guest what is dirty. */
bool xbz_migration_sync(xbz_migration *migration);
/* Send all that is, until the receiver has acknowledged it. */
bool xbz_migration_round(xbz_migration *migration);
/* Rounds until the rest fits into the downtime. */
bool xbz_migration_converge(xbz_migration *migration);

/* switchover.c */
/* Digests of all pages that are neither dirty nor sent with one already. */
bool xbz_migration_survey(xbz_migration *migration);
/* The rest, while the guest stands still, and the receiver takes over. */
bool xbz_migration_switch(xbz_migration *migration);

/* report.c */
/* Between two pages: fails if cancelled, reports, changes the cache's size. */
bool xbz_migration_tick(xbz_migration *migration);
/* Tell now and then how far it is: self is the migration. */
void xbz_migration_report(void *self);
void xbz_migration_publish(xbz_migration *migration, xbz_state state);
/* Rates of the round that is over, which had so many pages. */
void xbz_migration_rate(xbz_migration *migration, uint64_t pages);

/* A record of no bytes. */
bool xbz_migration_mark(xbz_migration *migration, xbz_wire_kind kind,
                        uint64_t number);
/* The receiver's answer to all that was sent, of this kind. */
bool xbz_migration_answer(xbz_migration *migration, xbz_wire *answer,
                          xbz_wire_kind kind);

#endif

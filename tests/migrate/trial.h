/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* One migration of a toy, over one connection after another. */
#ifndef XBZ_TESTS_MIGRATE_TRIAL_H
#define XBZ_TESTS_MIGRATE_TRIAL_H

#include "pipe.h"
#include "src/host/migrate/migrate.h"
#include "src/host/migrate/tls.h"
#include "toy.h"

/* What a trial is like, before anything goes wrong. */
typedef struct xbz_trial_plan {
  uint64_t seed;
  size_t page_len;
  uint64_t pages;
  size_t writes;      /* of the toy */
  unsigned calm_from; /* the same */
  bool mute;          /* the same */
  bool everywhere;    /* the same */
  xbz_limits limits;
  xbz_wishes wishes, grants;
  uint64_t max_bytes; /* of the receiver */
} xbz_trial_plan;

typedef struct xbz_trial {
  xbz_trial_plan plan;
  xbz_control control;
  xbz_toy toy;
  xbz_migration *migration;
  xbz_arrival *arrival;
  const xbz_tls *tls[2]; /* of sender and receiver; null: none */

  /* Of the last connection. */
  xbz_ending sender, receiver;
  xbz_error sender_error, receiver_error;
  bool stalled;        /* both waited for the other */
  uint64_t bytes[2];   /* that were sent, forth and back */
  uint64_t records[2]; /* counted only where one was to suffer */
  uint64_t messages;   /* forth, about pages: the same */
} xbz_trial;

/* A few pages that are written to for some rounds, and all that may be wished.
 * The same rounds each time, since no downtime is allowed: they end when the
 * toy is calm. */
xbz_trial_plan xbz_trial_small(void);

void xbz_trial_open(xbz_trial *trial, const xbz_trial_plan *plan);
void xbz_trial_close(xbz_trial *trial);

/*
 * Connect, with faults, and check what must hold however it ends: nobody says
 * that all is equal unless it is; the guest runs at one side at most, and at
 * the sender's if the receiver cannot have it; errors have a text.
 */
void xbz_trial_connect(xbz_trial *trial, const xbz_faults *forth,
                       const xbz_faults *back);

/* The receiver is replaced by one that knows nothing. */
void xbz_trial_forget(xbz_trial *trial);

/* The sender begins a migration that has nothing to do with the one that failed
 * or was cancelled, of the same guest, which now tells of all writes and is
 * left alone. The receiver is the same. */
void xbz_trial_again(xbz_trial *trial);

/* No fault, but records are counted. */
extern const xbz_faults xbz_counted;

/* Both ended so. */
bool xbz_trial_ended(const xbz_trial *trial, xbz_ending ending);

#endif

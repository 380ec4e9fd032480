/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * Two links in memory, the ends of one connection, with faults on request. No
 * clock: a connection counts as stalled as soon as both ends wait for bytes,
 * and then fails at both.
 */
#ifndef XBZ_TESTS_MIGRATE_PIPE_H
#define XBZ_TESTS_MIGRATE_PIPE_H

#include <pthread.h>

#include "src/host/migrate/link.h"

#define XBZ_NEVER UINT64_MAX

/* What happens to whole records. */
typedef enum xbz_record_fault {
  XBZ_FAULT_DROP,
  XBZ_FAULT_TWICE,
  XBZ_FAULT_SWAP /* with the next one */
} xbz_record_fault;

/* Of one direction; offsets are of its bytes, numbers of its records. */
typedef struct xbz_faults {
  uint64_t cut;    /* the connection breaks before this byte */
  uint64_t lose;   /* this byte and all later ones never arrive */
  uint64_t change; /* this byte is xored with mask */
  uint8_t mask;
  uint64_t record; /* this record suffers the fault */
  xbz_record_fault fault;
  size_t most; /* bytes that recv gives at a time */
} xbz_faults;

extern const xbz_faults xbz_no_faults;

/* Bytes on their way in one direction. */
typedef struct xbz_flow {
  xbz_faults faults;
  uint8_t *bytes; /* those from at to len are not received yet */
  size_t len, at, cap;
  uint64_t sent;      /* bytes so far, before any fault */
  uint64_t records;   /* whole ones so far, if one is to suffer */
  uint64_t kinds[32]; /* those of each kind */
  uint8_t *part;      /* of a record, or one that waits for the next */
  size_t part_len, part_cap;
} xbz_flow;

typedef struct xbz_pipe_end {
  struct xbz_pipe *pipe;
  int side; /* sends into flows[side] */
} xbz_pipe_end;

typedef struct xbz_pipe {
  pthread_mutex_t mutex;
  pthread_cond_t changed;
  xbz_flow flows[2];
  xbz_pipe_end ends[2];
  bool waiting[2], closed[2];
  bool broken, stalled;
} xbz_pipe;

/* Side 0 suffers the faults forth when it sends, side 1 the faults back. */
void xbz_pipe_open(xbz_pipe *pipe, const xbz_faults *forth,
                   const xbz_faults *back);
/* Both ends are closed. */
void xbz_pipe_close(xbz_pipe *pipe);

xbz_link xbz_pipe_link(xbz_pipe *pipe, int side);

#endif

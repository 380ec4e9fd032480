/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* A guest made of a recording is what the model says, round by round. */
#ifndef XBZ_TESTS_TRACE_REPLAY_H
#define XBZ_TESTS_TRACE_REPLAY_H

#include "src/host/guest/trace_guest.h"

/* A recording in memory, named "trace". */
typedef struct xbz_trace_bytes {
  const uint8_t *bytes;
  size_t len;
  size_t piece; /* the most that a read gives; 0: no limit */
} xbz_trace_bytes;

/* The bytes must outlive what is made of it. */
xbz_trace_input xbz_trace_bytes_input(xbz_trace_bytes *it);

/* It is accepted if it is right, and replayed; else it is said where it is
   wrong. Whether it is right. */
bool xbz_trace_check(xbz_trace_bytes *it);

/* Replay all of a guest that is at its start against the same recording. */
void xbz_trace_check_replay(const xbz_guest *guest, const uint8_t *bytes,
                            size_t len);

#endif

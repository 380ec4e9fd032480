/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* A guest that does what a recorded program did (trace.h), round by round. */
#ifndef XBZ_GUEST_TRACE_GUEST_H
#define XBZ_GUEST_TRACE_GUEST_H

#include "../io.h"
#include "../migrate/guest.h"

/*
 * A trace that is read twice: to know its pages before it is replayed. rewind
 * makes source stand at its start; the source before it is gone then.
 */
typedef struct xbz_trace_input {
  void *self;
  bool (*rewind)(void *self, xbz_source *source, xbz_error *error);
  void (*close)(void *self);
} xbz_trace_input;

/* The trace in a file, packed by Zstandard or not. */
bool xbz_trace_file_open(xbz_trace_input *input, const char *path,
                         xbz_error *error);

/*
 * A guest with the pages of the trace, numbered as they first appear; zeros at
 * first. Each sync goes on by one round and reports what was written in it; the
 * first is all that the program had. pause goes on by one round too, as a guest
 * writes until it stands; then sync reports that round, and nothing moves until
 * resume. After its last round the guest is idle.
 *
 * The whole trace is checked first, and rejected with the offset (in the
 * unpacked trace) of what is wrong. The input belongs to the guest, also if
 * there is none.
 */
bool xbz_trace_guest_new(xbz_guest *guest, const xbz_trace_input *input,
                         xbz_error *error);
void xbz_trace_guest_free(xbz_guest *guest);

#endif

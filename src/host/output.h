/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * An output file that is there in full or not at all: it grows under a
 * temporary name beside its own, and takes its name when it is complete. Until
 * then whatever had that name stays as it is. The temporary file goes away on
 * failure and on SIGINT, SIGTERM and SIGHUP. One such file at a time.
 *
 * Standard output ("-"), devices and pipes are written directly.
 */
#ifndef XBZ_HOST_OUTPUT_H
#define XBZ_HOST_OUTPUT_H

#include <limits.h>

#include "file_io.h"

typedef struct xbz_output {
  xbz_file_sink file;
  bool atomic;
  char path[PATH_MAX]; /* links followed */
  char temp[PATH_MAX];
} xbz_output;

/* The output must stay where it is while it is open. */
bool xbz_output_open(xbz_output *output, const char *path, xbz_error *error);

/* Done: give the file its name. On failure it is as if aborted. */
bool xbz_output_commit(xbz_output *output, xbz_error *error);

void xbz_output_abort(xbz_output *output);

#endif

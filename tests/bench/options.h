/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#ifndef XBZ_BENCH_OPTIONS_H
#define XBZ_BENCH_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "src/host/error.h"

typedef struct xbz_options {
  bool quick;
  long pin;         /* CPU, or -1 */
  const char *json; /* paths, or null */
  const char *html;
  const char *only; /* part of the names of the samples wanted, or null */
  char **files;
  size_t file_count;
} xbz_options;

/* Returns -1 to go on, or the exit status when all is said. */
int xbz_options_parse(xbz_options *options, int argc, char **argv);

/* Go to the folder that the user was in when Bazel started the program, so that
 * paths given for the results mean what they say. */
bool xbz_options_enter(xbz_error *error);

#endif

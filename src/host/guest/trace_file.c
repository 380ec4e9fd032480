/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "../file_io.h"
#include "trace_guest.h"
#include "unzstd.h"

typedef struct xbz_trace_file {
  char *path;
  xbz_input input;
  xbz_unzstd unpacked;
} xbz_trace_file;

static void xbz_trace_file_shut(xbz_trace_file *it) {
  xbz_unzstd_close(&it->unpacked);
  xbz_input_close(&it->input);
}

/* A pipe cannot be read twice; of no other file is the size unknown. */
static bool xbz_trace_file_rewind(void *self, xbz_source *source,
                                  xbz_error *error) {
  xbz_trace_file *it = self;
  xbz_trace_file_shut(it);
  if (!xbz_input_open(&it->input, it->path, error))
    return false;
  if (it->input.size == 0)
    return xbz_fail(error, "%s: empty, or not a file that can be read twice",
                    it->input.source.name);
  return xbz_unzstd_open(source, &it->unpacked, &it->input.source, error);
}

static void xbz_trace_file_close(void *self) {
  xbz_trace_file *it = self;
  xbz_trace_file_shut(it);
  free(it->path);
  free(it);
}

bool xbz_trace_file_open(xbz_trace_input *input, const char *path,
                         xbz_error *error) {
  xbz_trace_file *it = calloc(1, sizeof *it);
  char *copy = strdup(path);
  if (it == NULL || copy == NULL) {
    free(it);
    free(copy);
    return xbz_fail(error, "no memory for a trace");
  }
  it->path = copy;
  it->input.fd = -1;
  input->self = it;
  input->rewind = xbz_trace_file_rewind;
  input->close = xbz_trace_file_close;
  return true;
}

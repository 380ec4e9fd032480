/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Sources and sinks over file descriptors; holes stay holes. */
#ifndef XBZ_HOST_FILE_IO_H
#define XBZ_HOST_FILE_IO_H

#include "io.h"

/* An open input file, or standard input for the path "-". */
typedef struct xbz_input {
  xbz_source source;
  int fd;
  uint64_t size;       /* 0 where it is not known */
  bool mapped;         /* the holes of the file can be asked for */
  bool in_hole;        /* what lies before extent_end */
  uint64_t extent_end; /* the end of the current data or hole */
} xbz_input;

/* The input must stay where it is while it is open. */
bool xbz_input_open(xbz_input *input, const char *path, xbz_error *error);
void xbz_input_close(xbz_input *input);

/* A file being written; zero bytes are skipped where `sparse` is set. */
typedef struct xbz_file_sink {
  xbz_sink sink;
  int fd;
  bool sparse;
} xbz_file_sink;

void xbz_file_sink_open(xbz_file_sink *file, const char *name, int fd,
                        bool sparse);

/* Give a sparse file its full length, should it end in a hole. */
bool xbz_file_sink_finish(xbz_file_sink *file, xbz_error *error);

/* Whether src[0..len) holds only zeros. */
bool xbz_all_zero(const uint8_t *src, size_t len);

#endif

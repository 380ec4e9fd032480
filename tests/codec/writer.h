/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* A process that writes to pages without a pause, as a guest does. */
#ifndef XBZ_TESTS_WRITER_H
#define XBZ_TESTS_WRITER_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

typedef struct xbz_writer {
  uint8_t *live; /* pages * page_len bytes, shared with the writer */
  size_t pages;
  size_t page_len;
  pid_t pid;
} xbz_writer;

/* Make shared memory of zeros, and start to write to it. */
xbz_writer xbz_writer_start(size_t pages, size_t page_len);

/* One of the pages; its bytes change at any time. */
const uint8_t *xbz_writer_page(const xbz_writer *writer, size_t i);

void xbz_writer_stop(xbz_writer *writer);

#endif

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Where bytes come from and where they go. */
#ifndef XBZ_HOST_IO_H
#define XBZ_HOST_IO_H

#include <stddef.h>
#include <stdint.h>

#include "error.h"

/*
 * A source of bytes, read once from start to end. `read` stores up to cap > 0
 * bytes and sets *len; zero means the end.
 */
typedef struct xbz_source {
  const char *name; /* for messages */
  uint64_t offset;  /* of the next byte */
  bool (*read)(uint8_t *dst, size_t cap, size_t *len,
               const struct xbz_source *source, xbz_error *error);
  void *context;
} xbz_source;

/* A place for bytes, written once from start to end. */
typedef struct xbz_sink {
  const char *name;
  uint64_t offset;
  bool (*write)(const struct xbz_sink *sink, const uint8_t *src, size_t len,
                xbz_error *error);
  void *context;
} xbz_sink;

/* Read cap bytes, or fewer only where the source ends. */
bool xbz_source_fill(uint8_t *dst, size_t cap, size_t *len, xbz_source *source,
                     xbz_error *error);

bool xbz_sink_put(xbz_sink *sink, const uint8_t *src, size_t len,
                  xbz_error *error);

/* A source over bytes in memory, which must outlive it. */
typedef struct xbz_memory {
  const uint8_t *bytes;
  size_t len;
} xbz_memory;

void xbz_memory_source(xbz_source *source, const char *name,
                       xbz_memory *memory);

#endif

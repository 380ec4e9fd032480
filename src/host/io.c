/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "io.h"

#include <string.h>

bool xbz_source_fill(uint8_t *dst, size_t cap, size_t *len, xbz_source *source,
                     xbz_error *error) {
  size_t at = 0;
  while (at < cap) {
    size_t got = 0;
    if (!source->read(dst + at, cap - at, &got, source, error))
      return false;
    if (got == 0)
      break;
    source->offset += got;
    at += got;
  }
  *len = at;
  return true;
}

bool xbz_sink_put(xbz_sink *sink, const uint8_t *src, size_t len,
                  xbz_error *error) {
  if (!sink->write(sink, src, len, error))
    return false;
  sink->offset += len;
  return true;
}

static bool xbz_memory_read(uint8_t *dst, size_t cap, size_t *len,
                            const xbz_source *source, xbz_error *error) {
  const xbz_memory *memory = source->context;
  size_t left = memory->len - (size_t)source->offset;
  (void)error;
  *len = left < cap ? left : cap;
  if (*len > 0)
    memcpy(dst, memory->bytes + source->offset, *len);
  return true;
}

void xbz_memory_source(xbz_source *source, const char *name,
                       xbz_memory *memory) {
  *source = (xbz_source){name, 0, xbz_memory_read, memory};
}

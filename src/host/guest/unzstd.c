/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "unzstd.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "../le.h"

enum { XBZ_AHEAD_LEN = 1 << 16 };

static bool xbz_fill(xbz_unzstd *it, xbz_error *error) {
  size_t len = 0;
  if (!xbz_source_fill(it->bytes, XBZ_AHEAD_LEN, &len, it->packed, error))
    return false;
  it->ahead = (ZSTD_inBuffer){it->bytes, len, 0};
  return true;
}

static bool xbz_fail_packed(const xbz_unzstd *it, const char *what,
                            xbz_error *error) {
  uint64_t at = it->packed->offset - (it->ahead.size - it->ahead.pos);
  return xbz_fail(error, "%s: at packed offset %" PRIu64 ": %s",
                  it->packed->name, at, what);
}

/* Where nothing is left to do, the answer is about a frame that is not there.
 */
static bool xbz_unpack(ZSTD_outBuffer *out, xbz_unzstd *it, xbz_error *error) {
  size_t before = it->ahead.pos;
  size_t left = ZSTD_decompressStream(it->stream, out, &it->ahead);
  if (ZSTD_isError(left))
    return xbz_fail_packed(it, ZSTD_getErrorName(left), error);
  if (out->pos > 0 || it->ahead.pos > before)
    it->within = left != 0;
  it->full = out->pos == out->size;
  return true;
}

/* Read on where all that was read is used up. */
static bool xbz_refill(xbz_unzstd *it, xbz_error *error) {
  return it->ahead.pos < it->ahead.size || it->full || xbz_fill(it, error);
}

static bool xbz_copy(ZSTD_outBuffer *out, xbz_unzstd *it) {
  size_t left = it->ahead.size - it->ahead.pos;
  out->pos = left < out->size ? left : out->size;
  memcpy(out->dst, it->bytes + it->ahead.pos, out->pos);
  it->ahead.pos += out->pos;
  return true;
}

static bool xbz_unzstd_read(uint8_t *dst, size_t cap, size_t *len,
                            const xbz_source *source, xbz_error *error) {
  xbz_unzstd *it = source->context;
  ZSTD_outBuffer out = {.size = cap};
  out.dst = dst;
  do {
    if (!xbz_refill(it, error))
      return false;
    if (it->plain ? !xbz_copy(&out, it) : !xbz_unpack(&out, it, error))
      return false;
  } while (out.pos == 0 && it->ahead.size > 0);
  *len = out.pos;
  return out.pos > 0 || !it->within ||
         xbz_fail_packed(it, "ends within a frame", error);
}

bool xbz_unzstd_open(xbz_source *source, xbz_unzstd *it, xbz_source *packed,
                     xbz_error *error) {
  *it = (xbz_unzstd){.packed = packed,
                     .stream = ZSTD_createDStream(),
                     .bytes = malloc(XBZ_AHEAD_LEN)};
  if (it->stream == NULL || it->bytes == NULL)
    return xbz_fail(error, "%s: no memory to unpack it", packed->name);
  if (!xbz_fill(it, error))
    return false;
  it->plain = it->ahead.size < 4 ||
              xbz_le_get(it->bytes, 4) != (uint64_t)ZSTD_MAGICNUMBER;
  *source = (xbz_source){packed->name, 0, xbz_unzstd_read, it};
  return true;
}

void xbz_unzstd_close(xbz_unzstd *it) {
  (void)ZSTD_freeDStream(it->stream);
  free(it->bytes);
  it->stream = NULL;
  it->bytes = NULL;
}

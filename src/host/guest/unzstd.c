/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "unzstd.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#ifndef XBZ_WITHOUT_ZSTD
#include <zstd.h>
#endif

#include "../le.h"

enum {
  XBZ_AHEAD_LEN = 1 << 16,
  XBZ_FRAME_HEADER_MOST = 18 /* RFC 8878, 3.1.1 */
};

/* The first bytes of a frame. */
#define XBZ_FRAME_MAGIC 0xfd2fb528u

static bool xbz_fill(xbz_unzstd *it, xbz_error *error) {
  it->at = 0;
  return xbz_source_fill(it->bytes, XBZ_AHEAD_LEN, &it->len, it->packed, error);
}

/* Read on where all that was read is used up. */
static bool xbz_refill(xbz_unzstd *it, xbz_error *error) {
  return it->at < it->len || xbz_fill(it, error);
}

static bool xbz_fail_packed(const xbz_unzstd *it, const char *what,
                            xbz_error *error) {
  uint64_t at = it->packed->offset - (it->len - it->at);
  return xbz_fail(error, "%s: at packed offset %" PRIu64 ": %s",
                  it->packed->name, at, what);
}

#ifdef XBZ_WITHOUT_ZSTD
static bool xbz_start(xbz_unzstd *it, xbz_error *error) {
  return xbz_fail_packed(it, "packed by Zstandard, which this build lacks",
                         error);
}

static void xbz_stop(const xbz_unzstd *it) { (void)it; }

static bool xbz_unpack(uint8_t *dst, size_t cap, size_t *len, xbz_unzstd *it,
                       xbz_error *error) {
  (void)dst;
  (void)cap;
  (void)len;
  return xbz_start(it, error);
}
#else
static bool xbz_start(xbz_unzstd *it, xbz_error *error) {
  it->decompressor = ZSTD_createDStream();
  return it->decompressor != NULL ||
         xbz_fail_packed(it, "no memory to unpack it", error);
}

static void xbz_stop(const xbz_unzstd *it) {
  (void)ZSTD_freeDStream(it->decompressor);
}

/* Read on, if need be, so that all of a frame's header can be seen. */
static bool xbz_see_header(xbz_unzstd *it, xbz_error *error) {
  size_t rest = it->len - it->at, more = 0;
  if (rest >= XBZ_FRAME_HEADER_MOST)
    return true;
  memmove(it->bytes, it->bytes + it->at, rest);
  it->at = 0;
  it->len = rest;
  bool read = xbz_source_fill(it->bytes + rest, XBZ_AHEAD_LEN - rest, &more,
                              it->packed, error);
  it->len += more;
  return read;
}

/* A frame begins: what it says that it holds, if it does. */
static bool xbz_frame_begin(xbz_unzstd *it, xbz_error *error) {
  bool seen = xbz_see_header(it, error);
  unsigned long long len =
      ZSTD_getFrameContentSize(it->bytes + it->at, it->len - it->at);
  it->made = 0;
  it->promised = len == ZSTD_CONTENTSIZE_ERROR ? ZSTD_CONTENTSIZE_UNKNOWN : len;
  return seen;
}

/* libzstd does not look at this where the last block of a frame is empty. */
static bool xbz_frame_end(const xbz_unzstd *it, xbz_error *error) {
  return it->promised == ZSTD_CONTENTSIZE_UNKNOWN || it->promised == it->made ||
         xbz_fail_packed(it, "the frame does not hold what it says", error);
}

/* What had no room before comes first. Where nothing is left to do, the answer
   is about a frame that is not there. */
static bool xbz_unpack(uint8_t *dst, size_t cap, size_t *len, xbz_unzstd *it,
                       xbz_error *error) {
  ZSTD_outBuffer out = {.size = cap};
  out.dst = dst;
  if (!it->within && !xbz_frame_begin(it, error))
    return false;
  ZSTD_inBuffer in = {it->bytes, it->len, it->at};
  size_t left = ZSTD_decompressStream(it->decompressor, &out, &in);
  if (ZSTD_isError(left))
    return xbz_fail_packed(it, ZSTD_getErrorName(left), error);
  if (out.pos > 0 || in.pos > it->at)
    it->within = left != 0;
  it->at = in.pos;
  it->made += out.pos;
  *len = out.pos;
  return it->within || xbz_frame_end(it, error);
}
#endif

static void xbz_copy(uint8_t *dst, size_t cap, size_t *len, xbz_unzstd *it) {
  size_t left = it->len - it->at;
  *len = left < cap ? left : cap;
  memcpy(dst, it->bytes + it->at, *len);
  it->at += *len;
}

static bool xbz_unzstd_read(uint8_t *dst, size_t cap, size_t *len,
                            const xbz_source *source, xbz_error *error) {
  xbz_unzstd *it = source->context;
  do {
    if (!xbz_refill(it, error))
      return false;
    if (it->decompressor == NULL)
      xbz_copy(dst, cap, len, it);
    else if (!xbz_unpack(dst, cap, len, it, error))
      return false;
  } while (*len == 0 && it->len > 0);
  return *len > 0 || !it->within ||
         xbz_fail_packed(it, "ends within a frame", error);
}

bool xbz_unzstd_open(xbz_source *source, xbz_unzstd *it, xbz_source *packed,
                     xbz_error *error) {
  *it = (xbz_unzstd){.packed = packed, .bytes = malloc(XBZ_AHEAD_LEN)};
  *source = (xbz_source){packed->name, 0, xbz_unzstd_read, it};
  if (it->bytes == NULL)
    return xbz_fail(error, "%s: no memory to read it", packed->name);
  if (!xbz_fill(it, error))
    return false;
  return it->len < 4 || xbz_le_get(it->bytes, 4) != XBZ_FRAME_MAGIC ||
         xbz_start(it, error);
}

void xbz_unzstd_close(xbz_unzstd *it) {
  if (it->decompressor != NULL)
    xbz_stop(it);
  free(it->bytes);
  it->decompressor = NULL;
  it->bytes = NULL;
}

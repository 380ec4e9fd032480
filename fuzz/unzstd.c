/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * Any bytes as a file that may be packed by Zstandard: what is read of it, in
 * whatever pieces, is what libzstd makes of it at once, or the file itself
 * where it does not start like a frame. One that is damaged or ends within a
 * frame is an error that says where.
 *
 * data: the file, then how long the pieces are of which it is read, and those
 * that are wanted.
 */
#include "src/host/guest/unzstd.h"

#include <stdbool.h>
#include <zstd.h>

#include "fuzz.h"

enum { XBZ_PACKED_MOST = 1 << 16, XBZ_OUT_MOST = 1 << 16 };

typedef struct xbz_pieces {
  xbz_memory memory;
  size_t len;
} xbz_pieces;

static xbz_guard xbz_packed;
static uint8_t xbz_want[XBZ_OUT_MOST], xbz_got[XBZ_OUT_MOST];

static bool xbz_read_piece(uint8_t *dst, size_t cap, size_t *len,
                           const xbz_source *source, xbz_error *error) {
  xbz_pieces *it = source->context;
  xbz_source whole;
  xbz_memory_source(&whole, source->name, &it->memory);
  whole.offset = source->offset;
  return whole.read(dst, cap < it->len ? cap : it->len, len, &whole, error);
}

/* Whether a frame that begins at from made what it says that it holds. libzstd
 * sees to that only where it has all of the frame and room for what it says. */
static bool xbz_holds(const xbz_memory *packed, size_t from, size_t made) {
  const unsigned long long len =
      ZSTD_getFrameContentSize(packed->bytes + from, packed->len - from);
  return len == ZSTD_CONTENTSIZE_UNKNOWN || len == ZSTD_CONTENTSIZE_ERROR ||
         len == made;
}

/* All frames, as far as there is room; false: damaged, or not whole. */
static bool xbz_unpack_at_once(size_t *len, const xbz_memory *packed) {
  ZSTD_DStream *stream = ZSTD_createDStream();
  ZSTD_inBuffer in = {packed->bytes, packed->len, 0};
  ZSTD_outBuffer out = {xbz_want, XBZ_OUT_MOST, 0};
  size_t left = 0, from = 0, made = 0;
  bool holds = true;
  XBZ_CHECK(stream != NULL);
  do {
    left = ZSTD_decompressStream(stream, &out, &in);
    if (left == 0) {
      holds = holds && xbz_holds(packed, from, out.pos - made);
      from = in.pos;
      made = out.pos;
    }
  } while (!ZSTD_isError(left) && in.pos < in.size && out.pos < out.size);
  (void)ZSTD_freeDStream(stream);
  *len = out.pos;
  return holds && !ZSTD_isError(left) && (left == 0 || out.pos == out.size);
}

static bool xbz_expect(size_t *len, const xbz_memory *packed) {
  static const uint8_t magic[] = {0x28, 0xb5, 0x2f, 0xfd};
  if (packed->len >= 4 && memcmp(packed->bytes, magic, 4) == 0)
    return xbz_unpack_at_once(len, packed);
  *len = packed->len;
  memcpy(xbz_want, packed->bytes, *len);
  return true;
}

/* As much as there is, or as there is room for. */
static bool xbz_read_all(size_t *len, xbz_source *source, size_t piece,
                         xbz_error *error) {
  size_t got = 1;
  *len = 0;
  while (got > 0 && *len < XBZ_OUT_MOST) {
    const size_t room = XBZ_OUT_MOST - *len;
    if (!source->read(xbz_got + *len, piece < room ? piece : room, &got, source,
                      error))
      return false;
    source->offset += got;
    *len += got;
  }
  return true;
}

/* The error names an offset within the file. */
static void xbz_check_said(const xbz_error *error, size_t len) {
  static const char start[] = "file: at packed offset ";
  XBZ_CHECK(strncmp(error->text, start, strlen(start)) == 0);
  XBZ_CHECK(strtoul(error->text + strlen(start), NULL, 10) <= len);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  xbz_fuzz_input input = {data,
                          size < XBZ_PACKED_MOST ? size : XBZ_PACKED_MOST};
  xbz_fuzz_memory(&xbz_packed, XBZ_PACKED_MOST);
  const size_t wanted = 1 + xbz_fuzz_take_two(&input);
  xbz_pieces pieces = {.len = 1 + xbz_fuzz_take_two(&input)};
  pieces.memory.bytes = xbz_guard_copy(xbz_packed, input.bytes, input.len);
  pieces.memory.len = input.len;
  xbz_source packed = {"file", 0, xbz_read_piece, &pieces}, source;
  xbz_unzstd it;
  xbz_error error;
  size_t len = 0, want_len = 0;
  const bool whole = xbz_expect(&want_len, &pieces.memory);
  XBZ_CHECK(xbz_unzstd_open(&source, &it, &packed, &error));
  XBZ_CHECK_EQ(xbz_read_all(&len, &source, wanted, &error), whole);
  if (whole) {
    XBZ_CHECK_EQ(len, want_len);
    XBZ_CHECK_BYTES(xbz_got, xbz_want, len);
  } else {
    xbz_check_said(&error, input.len);
  }
  xbz_unzstd_close(&it);
  return 0;
}

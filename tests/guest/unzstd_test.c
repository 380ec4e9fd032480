/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* A packed file is read 64 KiB at a time. A frame that begins just before such
 * a boundary, or on it, is held against what it says that it holds like any. */
#include "src/host/guest/unzstd.h"

#include <string.h>

#include "tests/codec/check.h"

enum {
  XBZ_AHEAD = 1 << 16,
  XBZ_FRAME = 4 + 1 + 8 + 3, /* magic, descriptor, content size, block header */
  XBZ_SKIP = 8,              /* magic and size of a frame to be skipped */
  XBZ_FILE_MOST = XBZ_AHEAD + XBZ_FRAME
};

static uint8_t xbz_file_bytes[XBZ_FILE_MOST];

/* A frame that says that it holds so many bytes, and holds none. */
static size_t xbz_put_empty(uint8_t *dst, uint8_t says) {
  const uint8_t frame[XBZ_FRAME] = {
      0x28, 0xb5, 0x2f, 0xfd, 0xe0, says, [XBZ_FRAME - 3] = 1};
  memcpy(dst, frame, sizeof frame);
  return sizeof frame;
}

/* A frame that is skipped, of len bytes in all. */
static size_t xbz_put_skipped(uint8_t *dst, size_t len) {
  const uint8_t header[XBZ_SKIP] = {0x50,
                                    0x2a,
                                    0x4d,
                                    0x18,
                                    (uint8_t)(len - XBZ_SKIP),
                                    (uint8_t)((len - XBZ_SKIP) >> 8)};
  memcpy(dst, header, sizeof header);
  memset(dst + XBZ_SKIP, 0, len - XBZ_SKIP);
  return len;
}

/* Whether a file can be read to its end, that has a frame at `at` which holds
 * nothing and says this. */
static bool xbz_try(size_t at, uint8_t says, xbz_error *error) {
  xbz_memory memory = {xbz_file_bytes, 0};
  xbz_source packed, source;
  xbz_unzstd it;
  uint8_t byte = 0;
  size_t len = 1;
  memory.len = xbz_put_empty(xbz_file_bytes, 0);
  memory.len += xbz_put_skipped(xbz_file_bytes + memory.len, at - memory.len);
  memory.len += xbz_put_empty(xbz_file_bytes + at, says);
  xbz_memory_source(&packed, "packed", &memory);
  XBZ_CHECK(xbz_unzstd_open(&source, &it, &packed, error));
  bool read = source.read(&byte, 1, &len, &source, error);
  XBZ_CHECK(!read || len == 0);
  XBZ_CHECK(!read || packed.offset == memory.len);
  xbz_unzstd_close(&it);
  return read;
}

int main(void) {
  xbz_error error;
  for (size_t at = XBZ_AHEAD - XBZ_FRAME - 1; at <= XBZ_AHEAD; at++) {
    xbz_note(0, "at", at);
    XBZ_CHECK(xbz_try(at, 0, &error));
    XBZ_CHECK(!xbz_try(at, 5, &error));
    XBZ_CHECK(strstr(error.text, "the frame does not hold what it says"));
  }
  return 0;
}

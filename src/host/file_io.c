/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "file_io.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Holes are left at this grain: the block size of common file systems. */
#define XBZ_HOLE_GRAIN 4096u

bool xbz_all_zero(const uint8_t *src, size_t len) {
  return len == 0 || (src[0] == 0 && memcmp(src, src + 1, len - 1) == 0);
}

static bool xbz_fail_errno(xbz_error *error, const char *name, uint64_t offset,
                           const char *verb) {
  return xbz_fail(error, "%s: at offset %" PRIu64 ": cannot %s: %s", name,
                  offset, verb, strerror(errno));
}

/* Find out what lies at `at`: data or a hole, and up to where. */
static void xbz_input_map(xbz_input *input, uint64_t at) {
  off_t data = lseek(input->fd, (off_t)at, SEEK_DATA);
  off_t hole;
  input->in_hole = data < 0 ? errno == ENXIO : (uint64_t)data > at;
  if (input->in_hole) {
    input->extent_end = data < 0 ? input->size : (uint64_t)data;
    input->mapped = input->extent_end > at; /* at the end, read() says so */
    return;
  }
  hole = data < 0 ? -1 : lseek(input->fd, (off_t)at, SEEK_HOLE);
  input->mapped = hole >= 0 && (uint64_t)hole > at;
  input->extent_end = input->mapped ? (uint64_t)hole : UINT64_MAX;
}

/* How much of cap, from `at`, is of one sort: in_hole tells which. */
static size_t xbz_input_extent(xbz_input *input, uint64_t at, size_t cap) {
  if (input->mapped && at >= input->extent_end)
    xbz_input_map(input, at);
  if (!input->mapped || cap <= input->extent_end - at)
    return cap;
  return (size_t)(input->extent_end - at);
}

static bool xbz_input_read(uint8_t *dst, size_t cap, size_t *len,
                           const xbz_source *source, xbz_error *error) {
  xbz_input *input = source->context;
  size_t want = xbz_input_extent(input, source->offset, cap);
  ssize_t got;
  if (input->mapped && input->in_hole) {
    memset(dst, 0, want);
    *len = want;
    return true;
  }
  do {
    got = input->size > 0 ? pread(input->fd, dst, want, (off_t)source->offset)
                          : read(input->fd, dst, want);
  } while (got < 0 && errno == EINTR);
  if (got < 0)
    return xbz_fail_errno(error, source->name, source->offset, "read");
  *len = (size_t)got;
  return true;
}

bool xbz_input_open(xbz_input *input, const char *path, xbz_error *error) {
  bool standard = strcmp(path, "-") == 0;
  struct stat st;
  *input = (xbz_input){.fd = STDIN_FILENO};
  input->source = (xbz_source){standard ? "standard input" : path, 0,
                               xbz_input_read, input};
  if (standard)
    return true;
  input->fd = open(path, O_RDONLY | O_CLOEXEC);
  if (input->fd < 0)
    return xbz_fail(error, "%s: cannot open: %s", path, strerror(errno));
  if (fstat(input->fd, &st) == 0 && S_ISREG(st.st_mode)) {
    input->size = (uint64_t)st.st_size;
    input->mapped = input->size > 0;
  }
  return true;
}

void xbz_input_close(xbz_input *input) {
  if (input->fd > STDIN_FILENO)
    (void)close(input->fd);
  input->fd = -1;
}

static bool xbz_write_all(const xbz_file_sink *file, uint64_t offset,
                          const uint8_t *src, size_t len, xbz_error *error) {
  while (len > 0) {
    ssize_t put = file->sparse ? pwrite(file->fd, src, len, (off_t)offset)
                               : write(file->fd, src, len);
    if (put < 0 && errno == EINTR)
      continue;
    if (put < 0)
      return xbz_fail_errno(error, file->sink.name, offset, "write");
    src += put;
    offset += (uint64_t)put;
    len -= (size_t)put;
  }
  return true;
}

/* The length of the leading grains of src that are all zero, or all not. */
static size_t xbz_stretch(const uint8_t *src, size_t len, bool *zero) {
  size_t at = 0;
  while (at < len) {
    size_t step = len - at < XBZ_HOLE_GRAIN ? len - at : XBZ_HOLE_GRAIN;
    bool z = xbz_all_zero(src + at, step);
    if (at > 0 && z != *zero)
      break;
    *zero = z;
    at += step;
  }
  return at;
}

static bool xbz_file_write(const xbz_sink *sink, const uint8_t *src, size_t len,
                           xbz_error *error) {
  const xbz_file_sink *file = sink->context;
  size_t at = 0;
  if (!file->sparse)
    return xbz_write_all(file, sink->offset, src, len, error);
  while (at < len) {
    bool zero = false;
    size_t n = xbz_stretch(src + at, len - at, &zero);
    if (!zero && !xbz_write_all(file, sink->offset + at, src + at, n, error))
      return false;
    at += n;
  }
  return true;
}

void xbz_file_sink_open(xbz_file_sink *file, const char *name, int fd,
                        bool sparse) {
  file->sink = (xbz_sink){name, 0, xbz_file_write, file};
  file->fd = fd;
  file->sparse = sparse;
}

bool xbz_file_sink_finish(xbz_file_sink *file, xbz_error *error) {
  if (file->sparse && ftruncate(file->fd, (off_t)file->sink.offset) != 0)
    return xbz_fail_errno(error, file->sink.name, file->sink.offset, "write");
  return true;
}

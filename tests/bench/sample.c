/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "sample.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { XBZ_RECORDED_PAGE = 4096, XBZ_RECORDED_MAX = 1 << 16 };

/* The file's name without its folder and what follows the first dot. */
static void xbz_sample_name(xbz_sample *sample, const char *path) {
  const char *slash = strrchr(path, '/');
  const char *start = slash == NULL ? path : slash + 1;
  (void)snprintf(sample->name, sizeof sample->name, "%.*s",
                 (int)strcspn(start, "."), start);
}

static bool xbz_sample_read(xbz_sample *sample, FILE *file, const char *path,
                            xbz_error *error) {
  size_t pair_len = 2 * sample->page_len, cap = 0, len = 0;
  for (;;) {
    if (len == cap) {
      size_t wanted = cap == 0 ? 64 * pair_len : 2 * cap;
      uint8_t *bytes = wanted > XBZ_RECORDED_MAX * pair_len
                           ? NULL
                           : realloc(sample->bytes, wanted);
      if (bytes == NULL)
        return xbz_fail(error, "%s: more pairs than fit into memory", path);
      sample->bytes = bytes;
      cap = wanted;
    }
    size_t got = fread(sample->bytes + len, 1, cap - len, file);
    if (got == 0)
      break;
    len += got;
  }
  if (ferror(file) != 0)
    return xbz_fail(error, "%s: %s", path, strerror(errno));
  if (len == 0 || len % pair_len != 0)
    return xbz_fail(error, "%s: not pairs of pages of %d bytes", path,
                    XBZ_RECORDED_PAGE);
  sample->count = len / pair_len;
  return true;
}

bool xbz_sample_load(xbz_sample *sample, const char *path, xbz_error *error) {
  FILE *file = fopen(path, "rb");
  *sample = (xbz_sample){.recorded = true, .page_len = XBZ_RECORDED_PAGE};
  xbz_sample_name(sample, path);
  if (file == NULL)
    return xbz_fail(error, "%s: %s", path, strerror(errno));
  bool good = xbz_sample_read(sample, file, path, error);
  (void)fclose(file);
  if (!good)
    xbz_sample_free(sample);
  return good;
}

void xbz_sample_free(xbz_sample *sample) {
  free(sample->bytes);
  sample->bytes = NULL;
}

const uint8_t *xbz_sample_old(const xbz_sample *sample, size_t pair) {
  return sample->bytes + 2 * pair * sample->page_len;
}

const uint8_t *xbz_sample_new(const xbz_sample *sample, size_t pair) {
  return xbz_sample_old(sample, pair) + sample->page_len;
}

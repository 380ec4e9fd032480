/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "sample.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { XBZ_RECORDED_PAGE = 4096 };

/* The file's name without its folder and what follows the first dot. */
static void xbz_sample_name(xbz_sample *sample, const char *path) {
  const char *slash = strrchr(path, '/');
  const char *start = slash == NULL ? path : slash + 1;
  (void)snprintf(sample->name, sizeof sample->name, "%.*s",
                 (int)strcspn(start, "."), start);
}

static bool xbz_sample_read(xbz_sample *sample, FILE *file, const char *path,
                            xbz_error *error) {
  size_t pair_len = 2 * sample->page_len;
  long len = fseek(file, 0, SEEK_END) == 0 ? ftell(file) : -1;
  if (len < 0 || fseek(file, 0, SEEK_SET) != 0)
    return xbz_fail(error, "%s: %s", path, strerror(errno));
  if (len == 0 || (size_t)len % pair_len != 0)
    return xbz_fail(error, "%s: not pairs of pages of %d bytes", path,
                    XBZ_RECORDED_PAGE);
  sample->count = (size_t)len / pair_len;
  sample->bytes = malloc((size_t)len);
  if (sample->bytes == NULL)
    return xbz_fail(error, "%s: no memory for it", path);
  return fread(sample->bytes, pair_len, sample->count, file) == sample->count ||
         xbz_fail(error, "%s: cannot read it", path);
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

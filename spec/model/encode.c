/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Section 3 of the format: the runs of a pair of pages, then their bytes. */
#include "runs.h"

#include <stdlib.h>
#include <string.h>

/* [F-21], [F-23]: each unequal byte grows the last nzrun or starts a pair. */
static xbz_model_runs xbz_model_compare(const uint8_t *old_page,
                                        const uint8_t *new_page,
                                        size_t page_len) {
  xbz_model_runs runs = {NULL, 0, 0};
  for (size_t i = 0; i < page_len; i++) {
    if (old_page[i] == new_page[i])
      continue;
    size_t end = xbz_model_runs_end(&runs);
    if (runs.count > 0 && end == i)
      runs.pair[runs.count - 1].nzrun++;
    else
      xbz_model_runs_add(
          &runs, (xbz_model_pair){.zrun = i - end, .nzrun = 1, .position = i});
  }
  return runs;
}

/* The canonical encoding of runs, at bytes: 10 more than each nzrun will do. */
static size_t xbz_model_emit(uint8_t *bytes, const xbz_model_runs *runs,
                             const uint8_t *new_page) {
  size_t len = 0;
  for (size_t r = 0; r < runs->count; r++) {
    const xbz_model_pair *pair = &runs->pair[r];
    len += xbz_model_number_write(bytes + len, (uint32_t)pair->zrun);
    len += xbz_model_number_write(bytes + len, (uint32_t)pair->nzrun);
    memcpy(bytes + len, new_page + pair->position, pair->nzrun);
    len += pair->nzrun;
  }
  return len;
}

/* The canonical encoding in a block to free(), its length in *len [F-24]. */
static uint8_t *xbz_model_canonical_bytes(size_t *len, const uint8_t *old_page,
                                          const uint8_t *new_page,
                                          size_t page_len) {
  xbz_model_runs runs = xbz_model_compare(old_page, new_page, page_len);
  uint8_t *bytes = xbz_model_grow(NULL, 10 * runs.count + page_len);
  *len = xbz_model_emit(bytes, &runs, new_page);
  xbz_model_runs_free(&runs);
  return bytes;
}

/* Whether [F-40] and [F-41] allow these arguments. */
static bool xbz_model_encode_allowed(const uint8_t *dst, size_t cap,
                                     const size_t *dst_len,
                                     const uint8_t *old_page,
                                     const uint8_t *new_page, size_t page_len) {
  return page_len >= 1 && page_len <= 0x7fffffffu &&
         (dst != NULL || cap == 0) && dst_len != NULL && old_page != NULL &&
         new_page != NULL;
}

xbz_status xbz_model_encode(uint8_t *dst, size_t cap, size_t *dst_len,
                            const uint8_t *old_page, const uint8_t *new_page,
                            size_t page_len) {
  if (!xbz_model_encode_allowed(dst, cap, dst_len, old_page, new_page,
                                page_len))
    return XBZ_E_ARGUMENT;
  size_t len;
  uint8_t *bytes =
      xbz_model_canonical_bytes(&len, old_page, new_page, page_len);
  xbz_status status = XBZ_OK;
  if (len == 0)
    status = XBZ_UNCHANGED; /* [F-24] */
  else if (len > cap)
    status = XBZ_NO_FIT; /* [F-27] */
  else {
    memcpy(dst, bytes, len);
    *dst_len = len;
  }
  free(bytes);
  return status;
}

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Section 2 of the format: an input is read into a list of pairs. */
#include "runs.h"

#include <stdlib.h>

void *xbz_model_grow(void *block, size_t size) {
  void *grown = realloc(block, size);
  if (grown == NULL)
    abort();
  return grown;
}

void xbz_model_runs_add(xbz_model_runs *runs, xbz_model_pair pair) {
  if (runs->count == runs->room) {
    runs->room = 2 * runs->room + 8;
    runs->pair = xbz_model_grow(runs->pair, runs->room * sizeof *runs->pair);
  }
  runs->pair[runs->count++] = pair;
}

void xbz_model_runs_free(xbz_model_runs *runs) {
  free(runs->pair);
  *runs = (xbz_model_runs){NULL, 0, 0};
}

size_t xbz_model_runs_end(const xbz_model_runs *runs) {
  if (runs->count == 0)
    return 0;
  const xbz_model_pair *last = &runs->pair[runs->count - 1];
  return last->position + last->nzrun;
}

/* Steps 1 and 4: the number at *offset, which moves past it. */
static xbz_status xbz_model_take(size_t *run, size_t *offset, bool *shortest,
                                 const uint8_t *src, size_t src_len) {
  uint32_t value;
  size_t size;
  xbz_status status =
      xbz_model_number_read(&value, &size, src + *offset, src_len - *offset);
  if (status != XBZ_OK)
    return status;
  *run = value;
  *offset += size;
  *shortest = *shortest && (size == 1 || src[*offset - 1] != 0x00);
  return XBZ_OK;
}

/* One round of [F-11]; pair->offset is where the pair starts. */
static xbz_status xbz_model_pair_read(xbz_model_pair *pair, bool first,
                                      size_t position, const uint8_t *src,
                                      size_t src_len, size_t page_len) {
  pair->shortest = true;
  xbz_status status =
      xbz_model_take(&pair->zrun, &pair->offset, &pair->shortest, src, src_len);
  if (status != XBZ_OK)
    return status; /* [F-12], [F-13] */
  if (pair->zrun == 0 && !first)
    return XBZ_E_ZERO_RUN; /* [F-14] */
  if (pair->zrun > page_len - position)
    return XBZ_E_PAGE_END; /* [F-15] */
  pair->position = position + pair->zrun;
  status = xbz_model_take(&pair->nzrun, &pair->offset, &pair->shortest, src,
                          src_len);
  if (status != XBZ_OK)
    return status; /* [F-12], [F-13] */
  if (pair->nzrun == 0)
    return XBZ_E_ZERO_RUN; /* [F-16] */
  if (pair->nzrun > page_len - pair->position)
    return XBZ_E_PAGE_END; /* [F-17] */
  if (pair->nzrun > src_len - pair->offset)
    return XBZ_E_INPUT_END; /* [F-18] */
  return XBZ_OK;
}

xbz_status xbz_model_runs_read(xbz_model_runs *runs, const uint8_t *src,
                               size_t src_len, size_t page_len) {
  *runs = (xbz_model_runs){NULL, 0, 0};
  size_t offset = 0;
  while (offset < src_len) {
    xbz_model_pair pair = {.offset = offset};
    xbz_status status =
        xbz_model_pair_read(&pair, runs->count == 0, xbz_model_runs_end(runs),
                            src, src_len, page_len);
    if (status != XBZ_OK)
      return status;
    xbz_model_runs_add(runs, pair);
    offset = pair.offset + pair.nzrun;
  }
  return XBZ_OK;
}

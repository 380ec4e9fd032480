/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Section 4 of the format: what an input means. */
#include "runs.h"

/* [F-30]: overwrite what the nzruns cover. */
static void xbz_model_apply(uint8_t *page, const xbz_model_runs *runs,
                            const uint8_t *src) {
  for (size_t r = 0; r < runs->count; r++) {
    const xbz_model_pair *pair = &runs->pair[r];
    for (size_t i = 0; i < pair->nzrun; i++)
      page[pair->position + i] = src[pair->offset + i];
  }
}

xbz_status xbz_model_decode(uint8_t *page, size_t page_len, size_t *end,
                            const uint8_t *src, size_t src_len) {
  if (page_len == 0 || page_len > 0x7fffffffu)
    return XBZ_E_ARGUMENT; /* [F-40] */
  if (page == NULL || end == NULL || (src == NULL && src_len > 0))
    return XBZ_E_ARGUMENT; /* [F-41] */
  if (src_len == 0) {
    *end = 0; /* [F-11]: no pair */
    return XBZ_OK;
  }
  xbz_model_runs runs;
  xbz_status status = xbz_model_runs_read(&runs, src, src_len, page_len);
  if (status == XBZ_OK) {
    xbz_model_apply(page, &runs, src);
    *end = xbz_model_runs_end(&runs);
  }
  xbz_model_runs_free(&runs);
  return status;
}

bool xbz_model_well_formed(const uint8_t *src, size_t src_len,
                           size_t page_len) {
  xbz_model_runs runs;
  xbz_status status = xbz_model_runs_read(&runs, src, src_len, page_len);
  xbz_model_runs_free(&runs);
  return status == XBZ_OK;
}

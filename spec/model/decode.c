/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Section 4 of the format: what an input means. */
#include "runs.h"

xbz_status xbz_model_decode(uint8_t *page, size_t page_len, size_t *end,
                            const uint8_t *src, size_t src_len) {
  if (page_len == 0 || page_len > 0x7fffffffu)
    return XBZ_E_ARGUMENT; /* [F-40] */
  if (page == NULL || end == NULL || (src == NULL && src_len > 0))
    return XBZ_E_ARGUMENT; /* [F-41] */
  xbz_model_runs runs;
  xbz_status status = xbz_model_runs_read(&runs, src, src_len, page_len);
  if (status == XBZ_OK) {
    for (size_t r = 0; r < runs.count; r++)
      for (size_t i = 0; i < runs.pair[r].nzrun; i++)
        page[runs.pair[r].position + i] = src[runs.pair[r].offset + i];
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

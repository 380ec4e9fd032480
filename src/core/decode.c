/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "bytes.h"
#include "uleb128.h"

/* One pair of runs, as read from the wire. */
struct xbz_run {
  uint32_t zrun;  /* unchanged bytes */
  uint32_t nzrun; /* changed bytes */
  size_t data;    /* where the changed bytes start in the input */
};

/* Read the pair of runs at src[at..len); room is what is left of the page. */
static xbz_status xbz_run_get(struct xbz_run *run, const uint8_t *src, size_t len, size_t at, size_t room) {
  uint32_t zrun = 0, nzrun = 0;
  size_t mid = 0, data = 0;
  xbz_status status = xbz_uleb128_get(&zrun, &mid, src, len, at);
  if (status != XBZ_OK) return status;
  if (zrun == 0 && at > 0) return XBZ_E_ZERO_RUN;
  if (zrun > room) return XBZ_E_PAGE_END;
  status = xbz_uleb128_get(&nzrun, &data, src, len, mid);
  if (status != XBZ_OK) return status;
  if (nzrun == 0) return XBZ_E_ZERO_RUN;
  if (nzrun > room - zrun) return XBZ_E_PAGE_END;
  if (nzrun > len - data) return XBZ_E_INPUT_END;
  run->zrun = zrun;
  run->nzrun = nzrun;
  run->data = data;
  return XBZ_OK;
}

xbz_status xbz_page_decode_ref(uint8_t *page, size_t page_len, size_t *end,
                               const uint8_t *src, size_t src_len) {
  struct xbz_run run = {0, 0, 0};
  size_t i = 0, k = 0;
  if (page == NULL || end == NULL || (src == NULL && src_len > 0)) return XBZ_E_ARGUMENT;
  if (page_len < 1 || page_len > XBZ_PAGE_LEN_MAX) return XBZ_E_ARGUMENT;
  while (k < src_len) {
    xbz_status status = xbz_run_get(&run, src, src_len, k, page_len - i);
    if (status != XBZ_OK) return status;
    i += (size_t)run.zrun + run.nzrun;
    k = run.data + run.nzrun;
  }
  *end = i;
  i = 0;
  k = 0;
  while (k < src_len) {
    (void)xbz_run_get(&run, src, src_len, k, page_len - i);
    xbz_bytes_copy(page, i + run.zrun, src, run.data, run.nzrun);
    i += (size_t)run.zrun + run.nzrun;
    k = run.data + run.nzrun;
  }
  return XBZ_OK;
}

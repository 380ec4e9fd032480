/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "runs.h"

#include "../core/uleb128.h"

bool xbz_runs_next(xbz_page_run *run, xbz_runs *runs) {
  uint32_t zrun = 0, nzrun = 0;
  size_t at = runs->at;
  if (at >= runs->len ||
      xbz_uleb128_get(&zrun, &at, runs->delta, runs->len, at) != XBZ_OK ||
      xbz_uleb128_get(&nzrun, &at, runs->delta, runs->len, at) != XBZ_OK)
    return false;
  *run = (xbz_page_run){runs->page_at + zrun, zrun, nzrun, runs->delta + at};
  runs->at = at + nzrun;
  runs->page_at = run->at + nzrun;
  return true;
}

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Encoding while the page becomes a copy of live memory: each byte of that is
 * read once, compared, and stored; the runs are then written from the copy. So
 * a guest that writes meanwhile cannot make page and encoding differ. */
#ifndef XBZ_FAST_UPDATE_H
#define XBZ_FAST_UPDATE_H

#include "encode.h"

/* Copy live[at..at+64), as far as there is so much; returns where it was the
 * same as page. */
static uint64_t xbz_same_update(uint8_t *page, const uint8_t *live, size_t len,
                                size_t at) {
  uint64_t same = 0xffffffffffffffffu;
  if (at + XBZ_SCAN_WORD <= len)
    return ~xbz_leaf_update(page, live, at);
  for (size_t i = at; i < len; i++) {
    const uint8_t now = live[i];
    if (page[i] != now) {
      page[i] = now;
      same = xbz_bits_without(same, i - at);
    }
  }
  return same;
}

/* xbz_block_scan, with the copy. */
static inline void xbz_block_update(struct xbz_block *block, uint8_t *page,
                                    const uint8_t *live, size_t len,
                                    size_t start) {
  uint64_t last = block->last, dirty = 0;
  for (size_t g = 0; g < XBZ_SCAN_GROUPS; g++) {
    size_t at = start + g * XBZ_SCAN_GROUP;
    uint64_t *words = block->words + 4 * g;
    if (at >= len)
      break;
    last = xbz_group_put(
        block->words, 4 * g, xbz_same_update(page, live, len, at),
        xbz_same_update(page, live, len, at + XBZ_SCAN_WORD),
        xbz_same_update(page, live, len, at + 2 * XBZ_SCAN_WORD),
        xbz_same_update(page, live, len, at + 3 * XBZ_SCAN_WORD), last);
    if ((words[0] | words[1] | words[2] | words[3]) != 0)
      dirty = xbz_bits_with(dirty, g);
  }
  block->last = last;
  block->dirty = dirty;
}

/* Encode, and update all of page even where that does not fit. */
static inline xbz_status xbz_update(uint8_t *dst, size_t cap, size_t *dst_len,
                                    uint8_t *page, const uint8_t *live,
                                    size_t page_len) {
  const struct xbz_job job = xbz_job_of(dst, cap, page, page, page_len);
  struct xbz_runs runs = {0, 0, 0, 0};
  struct xbz_block block;
  int fits = 1;
  block.last = 0xffffffffffffffffu;
  for (size_t start = 0; start < page_len; start += XBZ_SCAN_BLOCK) {
    xbz_block_update(&block, page, live, page_len, start);
    fits = fits && xbz_block_emit(&job, &runs, &block, start);
  }
  if (fits && runs.open)
    fits = xbz_run_put(&job, &runs, page_len);
  return xbz_runs_status(&runs, fits, dst_len);
}

#endif

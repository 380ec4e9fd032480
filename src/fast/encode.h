/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* The encoder over the leaves: scan a block, write its runs, go on. */
#ifndef XBZ_FAST_ENCODE_H
#define XBZ_FAST_ENCODE_H

#include "../core/arguments.h"
#include "bound.h"
#include "emit.h"

/* Write the runs that end in a block; returns 0 if there is no room. */
static inline int xbz_block_emit(const struct xbz_job *job,
                                 struct xbz_runs *runs,
                                 const struct xbz_block *block, size_t start) {
  uint64_t dirty = block->dirty;
  while (dirty != 0) {
    size_t g = xbz_leaf_first(dirty);
    dirty = xbz_leaf_rest(dirty, g);
    for (size_t w = 4 * g; w < 4 * g + 4; w++)
      if (!xbz_word_emit(job, runs, block->words[w], start + w * XBZ_SCAN_WORD))
        return 0;
  }
  return 1;
}

/* Write all runs; returns 0 if there is no room. */
static inline int xbz_page_emit(const struct xbz_job *job,
                                struct xbz_runs *runs) {
  struct xbz_block block;
  block.last = 0xffffffffffffffffu;
  for (size_t start = 0; start < job->len; start += XBZ_SCAN_BLOCK) {
    xbz_block_scan(&block, job->old_page, job->new_page, job->len, start);
    if (!xbz_block_emit(job, runs, &block, start))
      return 0;
  }
  return !runs->open || xbz_run_put(job, runs, job->len);
}

static inline struct xbz_job xbz_job_of(uint8_t *dst, size_t cap,
                                        const uint8_t *old_page,
                                        const uint8_t *new_page, size_t len) {
  struct xbz_job job;
  job.old_page = old_page;
  job.new_page = new_page;
  job.len = len;
  job.dst = dst;
  job.cap = cap;
  job.wide_z = len < 16 ? 0 : len - 15;
  job.wide_at = cap < 18 ? 0 : cap - 17;
  return job;
}

/* What an encoder answers when all runs are written, or one does not fit. */
static inline xbz_status xbz_runs_status(const struct xbz_runs *runs, int fits,
                                         size_t *dst_len) {
  if (!fits)
    return XBZ_NO_FIT;
  if (runs->at == 0)
    return XBZ_UNCHANGED;
  *dst_len = runs->at;
  return XBZ_OK;
}

static inline xbz_status xbz_encode(uint8_t *dst, size_t cap, size_t *dst_len,
                                    const uint8_t *old_page,
                                    const uint8_t *new_page, size_t page_len) {
  const struct xbz_job job = xbz_job_of(dst, cap, old_page, new_page, page_len);
  struct xbz_runs runs = {0, 0, 0, 0};
  if (xbz_seems_dense(old_page, new_page, page_len) &&
      xbz_least_len(old_page, new_page, page_len, cap) > cap)
    return XBZ_NO_FIT;
  return xbz_runs_status(&runs, xbz_page_emit(&job, &runs), dst_len);
}

#endif

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Writing the runs whose edges a scan has found. */
#ifndef XBZ_FAST_EMIT_H
#define XBZ_FAST_EMIT_H

#include "../core/pair.h"
#include "../core/uleb128.h"
#include "bits.h"
#include "copy.h"
#include "scan.h"

/* What is encoded, and where to. */
struct xbz_job {
  const uint8_t *old_page;
  const uint8_t *new_page;
  size_t len;
  uint8_t *dst;
  size_t cap;
  size_t wide_z;  /* new_page has 16 bytes at any position below this one */
  size_t wide_at; /* dst has room for 18 bytes at any position below this one */
};

/* How far it is. */
struct xbz_runs {
  size_t at; /* wire bytes written */
  size_t i;  /* page position up to which they say all */
  size_t z;  /* if open: where the non-zero run starts that comes next */
  int open;  /* the end of that run is not known yet */
};

/* Write the pair of runs [i..z), [z..x) at dst[at..cap); returns the position
 * after it, or 0 if there is no room. */
static size_t xbz_pair_fit(uint8_t *dst, size_t cap, size_t at,
                           const uint8_t *new_page, size_t i, size_t z,
                           size_t x) {
  size_t mid, data;
  if (xbz_pair_len(i, z, x) > cap - at)
    return 0;
  mid = xbz_uleb128_put(dst, at, (uint32_t)(z - i));
  data = xbz_uleb128_put(dst, mid, (uint32_t)(x - z));
  xbz_copy(dst, data, new_page, z, x - z);
  return data + (x - z);
}

/* The same for two lengths of one byte each and at most 16 changed bytes, where
 * to copy 16 does no harm; there is room for them. */
static inline size_t xbz_pair_near(uint8_t *dst, size_t at,
                                   const uint8_t *new_page, size_t z,
                                   size_t zrun, size_t nzrun) {
  dst[at] = (uint8_t)zrun;
  dst[at + 1] = (uint8_t)nzrun;
  xbz_leaf_copy16(dst, at + 2, new_page, z);
  return at + 2 + nzrun;
}

/* Write the pair of runs up to x; returns 0 if there is no room. Most runs are
 * short, and far from the ends of page and dst: then each length takes one
 * byte, and to copy too much does no harm. */
static inline int xbz_run_put(const struct xbz_job *job, struct xbz_runs *runs,
                              size_t x) {
  size_t zrun = runs->z - runs->i, nzrun = x - runs->z, at = runs->at;
  if (zrun < 128 && nzrun <= 16 && runs->z < job->wide_z && at < job->wide_at) {
    runs->at = xbz_pair_near(job->dst, at, job->new_page, runs->z, zrun, nzrun);
  } else {
    at = xbz_pair_fit(job->dst, job->cap, at, job->new_page, runs->i, runs->z,
                      x);
    if (at == 0)
      return 0;
    runs->at = at;
  }
  runs->i = x;
  return 1;
}

/* Write the runs that end in the 64 bytes at base; returns 0 if there is no
 * room. */
static inline int xbz_word_emit(const struct xbz_job *job,
                                struct xbz_runs *runs, uint64_t edges,
                                size_t base) {
  if (runs->open && edges != 0) {
    size_t k = xbz_leaf_first(edges);
    edges = xbz_leaf_rest(edges, k);
    runs->open = 0;
    if (!xbz_run_put(job, runs, base + k))
      return 0;
  }
  while (edges != 0) {
    size_t k = xbz_leaf_first(edges);
    edges = xbz_leaf_rest(edges, k);
    runs->z = base + k;
    if (edges == 0) {
      runs->open = 1;
      return 1;
    }
    k = xbz_leaf_first(edges);
    edges = xbz_leaf_rest(edges, k);
    if (!xbz_run_put(job, runs, base + k))
      return 0;
  }
  return 1;
}

#endif

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Writing the runs whose edges a scan has found. */
#ifndef XBZ_FAST_EMIT_H
#define XBZ_FAST_EMIT_H

#include "../core/pair.h"
#include "../core/uleb128.h"
#include "copy.h"

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

#ifdef __FRAMAC__
#include "../../proofs/lemmas/edges.acsl"
#include "../../spec/logic/emit.acsl"
#endif

/* Write the pair of runs [i..z), [z..x) at dst[at..cap); returns the position
 * after it, or 0 if there is no room. */
/*@ requires range:    i <= z < x <= XBZ_PAGE_LEN_MAX && at <= cap;
    requires writable: \valid(dst + (0 .. cap - 1));
    requires readable: \valid_read(new_page + (z .. x - 1));
    requires disjoint: \separated(dst + (0 .. cap - 1),
                                  new_page + (z .. x - 1));
    assigns  dst[0 .. cap - 1];
    ensures  room:     \result == 0 <==> at + PairLen(i, z, x) > cap;
    ensures  position: \result != 0 ==> \result == at + PairLen(i, z, x);
    ensures  pair:     \result != 0 ==>
                       PairAt{Pre,Post}(new_page, i, z, x, dst, at);
    ensures  before:   Unchanged{Pre,Post}(dst, 0, at);
*/
static size_t xbz_pair_fit(uint8_t *dst, size_t cap, size_t at,
                           const uint8_t *new_page, size_t i, size_t z,
                           size_t x) {
  size_t mid, data, zrun = z - i, nzrun = x - z;
  if (zrun >= 128 && zrun < 16384 && nzrun < 128 && cap - at >= 3 + nzrun) {
    dst[at] = (uint8_t)(zrun % 128 + 128);
    dst[at + 1] = (uint8_t)(zrun / 128);
    dst[at + 2] = (uint8_t)nzrun;
    xbz_copy(dst, at + 3, new_page, z, nzrun);
    return at + 3 + nzrun;
  }
  if (xbz_pair_len(i, z, x) > cap - at)
    return 0;
  mid = xbz_uleb128_put(dst, at, (uint32_t)(z - i));
  data = xbz_uleb128_put(dst, mid, (uint32_t)(x - z));
  xbz_copy(dst, data, new_page, z, x - z);
  return data + (x - z);
}

/* The same for lengths of one byte each and at most 16 changed bytes, where to
 * copy 16 does no harm: there is room for them. */
/*@ requires range:    z >= zrun && zrun < 128 && 0 < nzrun <= 16 &&
                       z <= SIZE_MAX - 16;
    requires room:     at + 18 <= cap;
    requires writable: \valid(dst + (0 .. cap - 1));
    requires readable: \valid_read(new_page + (z .. z + 15));
    requires disjoint: \separated(dst + (0 .. cap - 1),
                                  new_page + (z .. z + 15));
    assigns  dst[at .. at + 17];
    ensures  position: \result == at + PairLen(z - zrun, z, z + nzrun);
    ensures  pair:     PairAt{Pre,Post}(new_page, z - zrun, z, z + nzrun, dst,
                                        at);
    ensures  before:   Unchanged{Pre,Post}(dst, 0, at);
*/
static inline size_t xbz_pair_near(uint8_t *dst, size_t cap, size_t at,
                                   const uint8_t *new_page, size_t z,
                                   size_t zrun, size_t nzrun) {
  (void)cap;
  dst[at] = (uint8_t)zrun;
  dst[at + 1] = (uint8_t)nzrun;
  xbz_leaf_copy16(dst, at + 2, new_page, z);
  return at + 2 + nzrun;
}

/* Write the pair of runs up to x; returns 0 if there is no room. Most runs are
 * short, and far from the ends of page and dst. */
/*@ requires job:     JobOk(job) && RunsApart(job, runs);
    requires emitted: RunsEmitted(job, runs);
    requires range:   runs->i <= runs->z < x <= job->len;
    requires run:     RunIs(job->old_page, job->new_page, job->len, runs->i,
                            runs->z, x);
    assigns  runs->at, runs->i, job->dst[0 .. job->cap - 1];
    ensures  room:    \result == 0 ==> NoRoom{Pre}(job);
    ensures  emitted: \result != 0 ==> RunsEmitted(job, runs) &&
                      runs->i == x && runs->at > 0;
    ensures  old:     Unchanged{Pre,Post}(job->old_page, 0, job->len);
    ensures  new:     Unchanged{Pre,Post}(job->new_page, 0, job->len);
*/
static inline int xbz_run_put(const struct xbz_job *job, struct xbz_runs *runs,
                              size_t x) {
  size_t zrun = runs->z - runs->i, nzrun = x - runs->z, at = runs->at;
  if (zrun < 128 && nzrun <= 16 && runs->z < job->wide_z && at < job->wide_at)
    runs->at = xbz_pair_near(job->dst, job->cap, at, job->new_page, runs->z,
                             zrun, nzrun);
  else {
    at = xbz_pair_fit(job->dst, job->cap, at, job->new_page, runs->i, runs->z,
                      x);
    if (at == 0)
      return 0;
    runs->at = at;
  }
  runs->i = x;
  return 1;
}

/* Write the runs that end in the 64 bytes at base, whose edges are the bits of
 * word; returns 0 if there is no room. */
/*@ requires job:     JobOk(job) && RunsApart(job, runs);
    requires runs:    RunsUpTo(job, runs, base);
    requires range:   RunsLast(runs) < base <= XBZ_PAGE_LEN_MAX;
    requires edges:   EdgeMask(word, job->old_page, job->new_page, job->len,
                               base);
    assigns  *runs, job->dst[0 .. job->cap - 1];
    ensures  room:    \result == 0 ==> NoRoom{Pre}(job);
    ensures  runs:    \result != 0 ==> RunsUpTo(job, runs, base + 64) &&
                      RunsLast(runs) < base + 64;
    ensures  old:     Unchanged{Pre,Post}(job->old_page, 0, job->len);
    ensures  new:     Unchanged{Pre,Post}(job->new_page, 0, job->len);
*/
static inline int xbz_word_emit(const struct xbz_job *job,
                                struct xbz_runs *runs, uint64_t word,
                                size_t base) {
  uint64_t edges = word;
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

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Writing the runs whose edges a scan has found. */
#ifndef XBZ_FAST_EMIT_H
#define XBZ_FAST_EMIT_H

#include "pair.h"

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
#include "../../proofs/lemmas/emit.acsl"
#include "../../proofs/lemmas/words.acsl"
#include "../../spec/logic/emit.acsl"
#endif

/* Write the pair of runs [i..z), [z..x) at position at; returns the position
 * after it, or 0 if there is no room. */
/*@ requires job:      JobOk(job);
    requires range:    i <= z < x <= job->len && at <= job->cap;
    assigns  job->dst[0 .. job->cap - 1];
    ensures  room:     \result == 0 <==> at + PairLen(i, z, x) > job->cap;
    ensures  position: \result != 0 ==> \result == at + PairLen(i, z, x);
    ensures  pair:     \result != 0 ==> PairAt{Pre,Post}(job->new_page, i, z, x,
                                                        job->dst, at);
    ensures  before:   Unchanged{Pre,Post}(job->dst, 0, at);
    ensures  old:      Unchanged{Pre,Post}(job->old_page, 0, job->len);
    ensures  new:      Unchanged{Pre,Post}(job->new_page, 0, job->len);
*/
static inline size_t xbz_job_fit(const struct xbz_job *job, size_t at, size_t i,
                                 size_t z, size_t x) {
  return xbz_pair_fit(job->dst, job->cap, at, job->new_page, i, z, x);
}

/* The same for short runs, far from the ends of page and dst. */
/*@ requires job:      JobOk(job);
    requires range:    i <= z < x <= job->len && at <= job->cap;
    requires short:    z - i < 128 && x - z <= 16;
    requires wide:     z < job->wide_z && at < job->wide_at;
    assigns  job->dst[0 .. job->cap - 1];
    ensures  room:     at < \result <= job->cap;
    ensures  position: \result == at + PairLen(i, z, x);
    ensures  pair:     PairAt{Pre,Post}(job->new_page, i, z, x, job->dst, at);
    ensures  before:   Unchanged{Pre,Post}(job->dst, 0, at);
    ensures  old:      Unchanged{Pre,Post}(job->old_page, 0, job->len);
    ensures  new:      Unchanged{Pre,Post}(job->new_page, 0, job->len);
*/
static inline size_t xbz_job_near(const struct xbz_job *job, size_t at,
                                  size_t i, size_t z, size_t x) {
  return xbz_pair_near(job->dst, job->cap, at, job->new_page, z, z - i, x - z);
}

/* Write the pair of runs up to x; returns 0 if there is no room. */
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
static inline int xbz_run_fit(const struct xbz_job *job, struct xbz_runs *runs,
                              size_t x) {
  size_t at = xbz_job_fit(job, runs->at, runs->i, runs->z, x);
  if (at == 0)
    return 0;
  runs->at = at;
  runs->i = x;
  return 1;
}

/* The same for short runs, far from the ends of page and dst. */
/*@ requires job:     JobOk(job) && RunsApart(job, runs);
    requires emitted: RunsEmitted(job, runs);
    requires range:   runs->i <= runs->z < x <= job->len;
    requires run:     RunIs(job->old_page, job->new_page, job->len, runs->i,
                            runs->z, x);
    requires short:   runs->z - runs->i < 128 && x - runs->z <= 16;
    requires wide:    runs->z < job->wide_z && runs->at < job->wide_at;
    assigns  runs->at, runs->i, job->dst[0 .. job->cap - 1];
    ensures  emitted: RunsEmitted(job, runs) && runs->i == x && runs->at > 0;
    ensures  old:     Unchanged{Pre,Post}(job->old_page, 0, job->len);
    ensures  new:     Unchanged{Pre,Post}(job->new_page, 0, job->len);
*/
static inline void xbz_run_near(const struct xbz_job *job,
                                struct xbz_runs *runs, size_t x) {
  runs->at = xbz_job_near(job, runs->at, runs->i, runs->z, x);
  runs->i = x;
}

/* The same. Most runs are short, and far from the ends of page and dst. */
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
  size_t zrun = runs->z - runs->i, nzrun = x - runs->z;
  if (zrun < 128 && nzrun <= 16 && runs->z < job->wide_z &&
      runs->at < job->wide_at) {
    xbz_run_near(job, runs, x);
    return 1;
  }
  return xbz_run_fit(job, runs, x);
}

/* The edge z is where a non-zero run starts. */
/*@ requires job:     JobOk(job) && RunsApart(job, runs);
    requires emitted: RunsEmitted(job, runs);
    requires state:   runs->open == 0 && RunsState(job, runs);
    requires next:    RunsLast(runs) < z <= SIZE_MAX &&
                      Edge(job->old_page, job->new_page, job->len, z) &&
                      Scanned(job->old_page, job->new_page, job->len,
                              RunsLast(runs), z);
    assigns  runs->z;
    ensures  emitted: RunsEmitted(job, runs);
    ensures  pending: RunPending(job, runs) && runs->z == z;
*/
static inline void xbz_run_begin(const struct xbz_job *job,
                                 struct xbz_runs *runs, size_t z) {
  (void)job;
  runs->z = z;
}

/* The edge x is where it ends: write it; returns 0 if there is no room. */
/*@ requires job:     JobOk(job) && RunsApart(job, runs);
    requires emitted: RunsEmitted(job, runs);
    requires pending: RunPending(job, runs);
    requires next:    runs->z < x <= SIZE_MAX &&
                      Edge(job->old_page, job->new_page, job->len, x) &&
                      Scanned(job->old_page, job->new_page, job->len, runs->z,
                              x);
    assigns  runs->at, runs->i, job->dst[0 .. job->cap - 1];
    ensures  room:    \result == 0 ==> NoRoom{Pre}(job);
    ensures  emitted: \result != 0 ==> RunsEmitted(job, runs) &&
                      runs->i == x && runs->at > 0;
    ensures  ended:   !Differ(job->old_page, job->new_page, job->len, x);
    ensures  old:     Unchanged{Pre,Post}(job->old_page, 0, job->len);
    ensures  new:     Unchanged{Pre,Post}(job->new_page, 0, job->len);
*/
static inline int xbz_run_end(const struct xbz_job *job, struct xbz_runs *runs,
                              size_t x) {
  return xbz_run_put(job, runs, x);
}

/* Write the runs that end in the 64 bytes at base, whose edges are the bits of
 * edges; returns 0 if there is no room. */
/*@ requires job:     JobOk(job) && RunsApart(job, runs);
    requires emitted: RunsEmitted(job, runs);
    requires state:   (runs->open == 0 || edges == 0) && RunsState(job, runs);
    requires left:    WordLeft(edges, job->old_page, job->new_page, job->len,
                               base, RunsLast(runs));
    requires range:   base <= 2 * XBZ_PAGE_LEN_MAX;
    assigns  *runs, job->dst[0 .. job->cap - 1];
    ensures  room:    \result == 0 ==> NoRoom{Pre}(job);
    ensures  runs:    \result != 0 ==> RunsUpTo(job, runs, base + 64) &&
                      RunsLast(runs) < base + 64;
    ensures  kept:    \result != 0 ==> DstKept{Pre,Post}(job, runs);
    ensures  old:     Unchanged{Pre,Post}(job->old_page, 0, job->len);
    ensures  new:     Unchanged{Pre,Post}(job->new_page, 0, job->len);
*/
static inline int xbz_word_rest(const struct xbz_job *job,
                                struct xbz_runs *runs, uint64_t edges,
                                size_t base) {
  /*@ loop invariant emitted: RunsEmitted(job, runs);
      loop invariant state:   (runs->open == 0 || edges == 0) &&
                              RunsState(job, runs);
      loop invariant left:    WordLeft(edges, job->old_page, job->new_page,
                                       job->len, base, RunsLast(runs));
      loop invariant old:     Unchanged{Pre,Here}(job->old_page, 0, job->len);
      loop invariant new:     Unchanged{Pre,Here}(job->new_page, 0, job->len);
      loop invariant kept:    DstKept{Pre,Here}(job, runs);
      loop assigns edges, runs->at, runs->i, runs->z,
                   job->dst[0 .. job->cap - 1];
      loop variant base + 64 - runs->i;
  */
  while (edges != 0) {
    size_t k = xbz_leaf_first(edges);
    edges = xbz_leaf_rest(edges, k);
    xbz_run_begin(job, runs, base + k);
    /*@ assert after_z: WordLeft(edges, job->old_page, job->new_page, job->len,
                                 base, runs->z); */
    if (edges == 0) {
      runs->open = 1;
      return 1;
    }
    k = xbz_leaf_first(edges);
    edges = xbz_leaf_rest(edges, k);
    /*@ assert after_x: WordLeft(edges, job->old_page, job->new_page, job->len,
                                 base, base + k); */
    if (!xbz_run_end(job, runs, base + k))
      return 0;
  }
  return 1;
}

/* Write the runs that end in the 64 bytes at base, whose edges are the bits of
 * word; returns 0 if there is no room. */
/*@ requires job:     JobOk(job) && RunsApart(job, runs);
    requires runs:    RunsUpTo(job, runs, base);
    requires range:   RunsLast(runs) < base <= 2 * XBZ_PAGE_LEN_MAX;
    requires edges:   EdgeMask(word, job->old_page, job->new_page, job->len,
                               base);
    assigns  *runs, job->dst[0 .. job->cap - 1];
    ensures  room:    \result == 0 ==> NoRoom{Pre}(job);
    ensures  runs:    \result != 0 ==> RunsUpTo(job, runs, base + 64) &&
                      RunsLast(runs) < base + 64;
    ensures  kept:    \result != 0 ==> DstKept{Pre,Post}(job, runs);
    ensures  old:     Unchanged{Pre,Post}(job->old_page, 0, job->len);
    ensures  new:     Unchanged{Pre,Post}(job->new_page, 0, job->len);
*/
static inline int xbz_word_emit(const struct xbz_job *job,
                                struct xbz_runs *runs, uint64_t word,
                                size_t base) {
  uint64_t edges = word;
  /*@ assert before: WordLeft(edges, job->old_page, job->new_page, job->len,
                              base, RunsLast(runs)); */
  if (runs->open && edges != 0) {
    size_t k = xbz_leaf_first(edges);
    edges = xbz_leaf_rest(edges, k);
    /*@ assert after_x: WordLeft(edges, job->old_page, job->new_page, job->len,
                                 base, base + k); */
    runs->open = 0;
    if (!xbz_run_end(job, runs, base + k))
      return 0;
  }
  //@ assert kept: DstKept{Pre,Here}(job, runs);
  //@ assert old: Unchanged{Pre,Here}(job->old_page, 0, job->len);
  //@ assert new: Unchanged{Pre,Here}(job->new_page, 0, job->len);
  return xbz_word_rest(job, runs, edges, base);
}

#endif

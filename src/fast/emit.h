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
#include "../../proofs/lemmas/taken.acsl"
#include "../../proofs/lemmas/words.acsl"
#include "../../spec/logic/emit.acsl"
#endif

/* The job of encoding these. */
/*@ assigns  \nothing;
    ensures  pages:    \result.old_page == old_page &&
                       \result.new_page == new_page && \result.len == len;
    ensures  dst:      \result.dst == dst && \result.cap == cap;
    ensures  wide:     (\result.wide_z == 0 || \result.wide_z + 15 <= len) &&
                       (\result.wide_at == 0 || \result.wide_at + 17 <= cap);
*/
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

/* In the proofs, what is encoded is was -> now: the old page may be gone, and
 * the job's new page need not be the new one yet beyond what is written from
 * it. */

/* Write the pair of runs [i..z), [z..x) at position at; returns the position
 * after it, or 0 if there is no room. */
/*@ requires job:      JobOk(job);
    requires pages:    PagesOk(job, was, now, x);
    requires range:    i <= z < x <= job->len && at <= job->cap;
    assigns  job->dst[0 .. job->cap - 1];
    ensures  room:     \result == 0 <==> at + PairLen(i, z, x) > job->cap;
    ensures  position: \result != 0 ==> \result == at + PairLen(i, z, x);
    ensures  pair:     \result != 0 ==>
                       PairAt{Pre,Post}(now, i, z, x, job->dst, at);
    ensures  before:   Unchanged{Pre,Post}(job->dst, 0, at);
    ensures  was:      Unchanged{Pre,Post}(was, 0, job->len);
    ensures  now:      Unchanged{Pre,Post}(now, 0, job->len);
    ensures  page:     Unchanged{Pre,Post}(job->new_page, 0, job->len);
*/
static inline size_t xbz_job_fit(const struct xbz_job *job, size_t at, size_t i,
                                 size_t z, size_t x)
/*@ ghost (const uint8_t \ghost *was, const uint8_t *now) */
{
  return xbz_pair_fit(job->dst, job->cap, at, job->new_page, i, z, x);
}

/* The same for short runs, far from the ends of page and dst. */
/*@ requires job:      JobOk(job);
    requires pages:    PagesOk(job, was, now, x);
    requires range:    i <= z < x <= job->len && at <= job->cap;
    requires short:    z - i < 128 && x - z <= 16;
    requires wide:     z < job->wide_z && at < job->wide_at;
    assigns  job->dst[0 .. job->cap - 1];
    ensures  room:     at < \result <= job->cap;
    ensures  position: \result == at + PairLen(i, z, x);
    ensures  pair:     PairAt{Pre,Post}(now, i, z, x, job->dst, at);
    ensures  before:   Unchanged{Pre,Post}(job->dst, 0, at);
    ensures  was:      Unchanged{Pre,Post}(was, 0, job->len);
    ensures  now:      Unchanged{Pre,Post}(now, 0, job->len);
    ensures  page:     Unchanged{Pre,Post}(job->new_page, 0, job->len);
*/
static inline size_t xbz_job_near(const struct xbz_job *job, size_t at,
                                  size_t i, size_t z, size_t x)
/*@ ghost (const uint8_t \ghost *was, const uint8_t *now) */
{
  return xbz_pair_near(job->dst, job->cap, at, job->new_page, z, z - i, x - z);
}

/* Write the pair of runs up to x; returns 0 if there is no room. */
/*@ requires job:     JobOk(job) && RunsApart(job, runs);
    requires pages:   PagesOk(job, was, now, x);
    requires emitted: RunsEmitted(job, runs, was, now);
    requires range:   runs->i <= runs->z < x <= job->len;
    requires run:     RunIs(was, now, job->len, runs->i, runs->z, x);
    assigns  runs->at, runs->i, job->dst[0 .. job->cap - 1];
    ensures  room:    \result == 0 ==> NoRoom{Pre}(job, was, now);
    ensures  emitted: \result != 0 ==> RunsEmitted(job, runs, was, now) &&
                      runs->i == x && runs->at > 0;
    ensures  was:     Unchanged{Pre,Post}(was, 0, job->len);
    ensures  now:     Unchanged{Pre,Post}(now, 0, job->len);
    ensures  page:    Unchanged{Pre,Post}(job->new_page, 0, job->len);
*/
static inline int xbz_run_fit(const struct xbz_job *job, struct xbz_runs *runs,
                              size_t x)
/*@ ghost (const uint8_t \ghost *was, const uint8_t *now) */
{
  size_t at = xbz_job_fit(job, runs->at, runs->i, runs->z, x)
      /*@ ghost (was, now) */;
  if (at == 0)
    return 0;
  runs->at = at;
  runs->i = x;
  return 1;
}

/* The same for short runs, far from the ends of page and dst. */
/*@ requires job:     JobOk(job) && RunsApart(job, runs);
    requires pages:   PagesOk(job, was, now, x);
    requires emitted: RunsEmitted(job, runs, was, now);
    requires range:   runs->i <= runs->z < x <= job->len;
    requires run:     RunIs(was, now, job->len, runs->i, runs->z, x);
    requires short:   runs->z - runs->i < 128 && x - runs->z <= 16;
    requires wide:    runs->z < job->wide_z && runs->at < job->wide_at;
    assigns  runs->at, runs->i, job->dst[0 .. job->cap - 1];
    ensures  emitted: RunsEmitted(job, runs, was, now) && runs->i == x &&
                      runs->at > 0;
    ensures  room:    runs->at <= \old(runs->at) + 18;
    ensures  was:     Unchanged{Pre,Post}(was, 0, job->len);
    ensures  now:     Unchanged{Pre,Post}(now, 0, job->len);
    ensures  page:    Unchanged{Pre,Post}(job->new_page, 0, job->len);
*/
static inline void xbz_run_near(const struct xbz_job *job,
                                struct xbz_runs *runs, size_t x)
/*@ ghost (const uint8_t \ghost *was, const uint8_t *now) */
{
  runs->at = xbz_job_near(job, runs->at, runs->i, runs->z, x)
      /*@ ghost (was, now) */;
  runs->i = x;
}

/* The same. Most runs are short, and far from the ends of page and dst. */
/*@ requires job:     JobOk(job) && RunsApart(job, runs);
    requires pages:   PagesOk(job, was, now, x);
    requires emitted: RunsEmitted(job, runs, was, now);
    requires range:   runs->i <= runs->z < x <= job->len;
    requires run:     RunIs(was, now, job->len, runs->i, runs->z, x);
    assigns  runs->at, runs->i, job->dst[0 .. job->cap - 1];
    ensures  room:    \result == 0 ==> NoRoom{Pre}(job, was, now);
    ensures  emitted: \result != 0 ==> RunsEmitted(job, runs, was, now) &&
                      runs->i == x && runs->at > 0;
    ensures  was:     Unchanged{Pre,Post}(was, 0, job->len);
    ensures  now:     Unchanged{Pre,Post}(now, 0, job->len);
    ensures  page:    Unchanged{Pre,Post}(job->new_page, 0, job->len);
*/
static inline int xbz_run_put(const struct xbz_job *job, struct xbz_runs *runs,
                              size_t x)
/*@ ghost (const uint8_t \ghost *was, const uint8_t *now) */
{
  size_t zrun = runs->z - runs->i, nzrun = x - runs->z;
  if (zrun < 128 && nzrun <= 16 && runs->z < job->wide_z &&
      runs->at < job->wide_at) {
    xbz_run_near(job, runs, x) /*@ ghost (was, now) */;
    return 1;
  }
  return xbz_run_fit(job, runs, x) /*@ ghost (was, now) */;
}

/* The edge z is where a non-zero run starts. */
/*@ requires job:     JobOk(job) && RunsApart(job, runs);
    requires emitted: RunsEmitted(job, runs, was, now);
    requires state:   runs->open == 0 && RunsState(job, runs, was, now);
    requires next:    RunsLast(runs) < z <= SIZE_MAX &&
                      Edge(was, now, job->len, z) &&
                      Scanned(was, now, job->len, RunsLast(runs), z);
    assigns  runs->z;
    ensures  emitted: RunsEmitted(job, runs, was, now);
    ensures  pending: RunPending(job, runs, was, now) && runs->z == z;
*/
static inline void xbz_run_begin(const struct xbz_job *job,
                                 struct xbz_runs *runs, size_t z)
/*@ ghost (const uint8_t \ghost *was, const uint8_t *now) */
{
  (void)job;
  runs->z = z;
}

/* The edge x is where it ends: write it; returns 0 if there is no room. */
/*@ requires job:     JobOk(job) && RunsApart(job, runs);
    requires pages:   PagesOk(job, was, now, x);
    requires emitted: RunsEmitted(job, runs, was, now);
    requires pending: RunPending(job, runs, was, now);
    requires next:    runs->z < x <= SIZE_MAX &&
                      Edge(was, now, job->len, x) &&
                      Scanned(was, now, job->len, runs->z, x);
    assigns  runs->at, runs->i, job->dst[0 .. job->cap - 1];
    ensures  room:    \result == 0 ==> NoRoom{Pre}(job, was, now);
    ensures  emitted: \result != 0 ==> RunsEmitted(job, runs, was, now) &&
                      runs->i == x && runs->at > 0;
    ensures  ended:   !Differ(was, now, job->len, x);
    ensures  was:     Unchanged{Pre,Post}(was, 0, job->len);
    ensures  now:     Unchanged{Pre,Post}(now, 0, job->len);
    ensures  page:    Unchanged{Pre,Post}(job->new_page, 0, job->len);
*/
static inline int xbz_run_end(const struct xbz_job *job, struct xbz_runs *runs,
                              size_t x)
/*@ ghost (const uint8_t \ghost *was, const uint8_t *now) */
{
  return xbz_run_put(job, runs, x) /*@ ghost (was, now) */;
}

/* Write the runs that end in the 64 bytes at base, whose edges are the bits of
 * edges; returns 0 if there is no room. */
/*@ requires job:     JobOk(job) && RunsApart(job, runs);
    requires pages:   PagesOk(job, was, now, base + 64);
    requires emitted: RunsEmitted(job, runs, was, now);
    requires state:   (runs->open == 0 || edges == 0) &&
                      RunsState(job, runs, was, now);
    requires left:    WordLeft(edges, was, now, job->len, base,
                               RunsLast(runs));
    requires range:   base <= 2 * XBZ_PAGE_LEN_MAX;
    assigns  *runs, job->dst[0 .. job->cap - 1];
    ensures  room:    \result == 0 ==> NoRoom{Pre}(job, was, now);
    ensures  runs:    \result != 0 ==>
                      RunsUpTo(job, runs, was, now, base + 64) &&
                      RunsLast(runs) < base + 64;
    ensures  kept:    \result != 0 ==> DstKept{Pre,Post}(job, runs);
    ensures  was:     Unchanged{Pre,Post}(was, 0, job->len);
    ensures  now:     Unchanged{Pre,Post}(now, 0, job->len);
    ensures  page:    Unchanged{Pre,Post}(job->new_page, 0, job->len);
*/
static inline int xbz_word_rest(const struct xbz_job *job,
                                struct xbz_runs *runs, uint64_t edges,
                                size_t base)
/*@ ghost (const uint8_t \ghost *was, const uint8_t *now) */
{
  /*@ loop invariant emitted: RunsEmitted(job, runs, was, now);
      loop invariant state:   (runs->open == 0 || edges == 0) &&
                              RunsState(job, runs, was, now);
      loop invariant left:    WordLeft(edges, was, now, job->len, base,
                                       RunsLast(runs));
      loop invariant was:     Unchanged{Pre,Here}(was, 0, job->len);
      loop invariant now:     Unchanged{Pre,Here}(now, 0, job->len);
      loop invariant page:    Unchanged{Pre,Here}(job->new_page, 0, job->len);
      loop invariant pages:   PagesOk(job, was, now, base + 64);
      loop invariant kept:    DstKept{Pre,Here}(job, runs);
      loop assigns edges, runs->at, runs->i, runs->z,
                   job->dst[0 .. job->cap - 1];
      loop variant base + 64 - runs->i;
  */
  while (edges != 0) {
    size_t k = xbz_leaf_first(edges);
    edges = xbz_leaf_rest(edges, k);
    xbz_run_begin(job, runs, base + k) /*@ ghost (was, now) */;
    //@ assert after_z: WordLeft(edges, was, now, job->len, base, runs->z);
    if (edges == 0) {
      runs->open = 1;
      return 1;
    }
    k = xbz_leaf_first(edges);
    edges = xbz_leaf_rest(edges, k);
    //@ assert after_x: WordLeft(edges, was, now, job->len, base, base + k);
    if (!xbz_run_end(job, runs, base + k) /*@ ghost (was, now) */)
      return 0;
  }
  return 1;
}

/* Write the runs that end in the 64 bytes at base, whose edges are the bits of
 * word; returns 0 if there is no room. */
/*@ requires job:     JobOk(job) && RunsApart(job, runs);
    requires pages:   PagesOk(job, was, now, base + 64);
    requires runs:    RunsUpTo(job, runs, was, now, base);
    requires range:   RunsLast(runs) < base <= 2 * XBZ_PAGE_LEN_MAX;
    requires edges:   EdgeMask(word, was, now, job->len, base);
    assigns  *runs, job->dst[0 .. job->cap - 1];
    ensures  room:    \result == 0 ==> NoRoom{Pre}(job, was, now);
    ensures  runs:    \result != 0 ==>
                      RunsUpTo(job, runs, was, now, base + 64) &&
                      RunsLast(runs) < base + 64;
    ensures  kept:    \result != 0 ==> DstKept{Pre,Post}(job, runs);
    ensures  was:     Unchanged{Pre,Post}(was, 0, job->len);
    ensures  now:     Unchanged{Pre,Post}(now, 0, job->len);
    ensures  page:    Unchanged{Pre,Post}(job->new_page, 0, job->len);
*/
static inline int xbz_word_emit(const struct xbz_job *job,
                                struct xbz_runs *runs, uint64_t word,
                                size_t base)
/*@ ghost (const uint8_t \ghost *was, const uint8_t *now) */
{
  uint64_t edges = word;
  /*@ assert before: WordLeft(edges, was, now, job->len, base,
                              RunsLast(runs)); */
  if (runs->open && edges != 0) {
    size_t k = xbz_leaf_first(edges);
    edges = xbz_leaf_rest(edges, k);
    //@ assert after_x: WordLeft(edges, was, now, job->len, base, base + k);
    runs->open = 0;
    if (!xbz_run_end(job, runs, base + k) /*@ ghost (was, now) */)
      return 0;
  }
  //@ assert kept: DstKept{Pre,Here}(job, runs);
  //@ assert was: Unchanged{Pre,Here}(was, 0, job->len);
  //@ assert now: Unchanged{Pre,Here}(now, 0, job->len);
  //@ assert page: Unchanged{Pre,Here}(job->new_page, 0, job->len);
  //@ assert pages: PagesOk(job, was, now, base + 64);
  return xbz_word_rest(job, runs, edges, base) /*@ ghost (was, now) */;
}

#endif

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Blocks with many runs: their edges are listed first, then written. */
#ifndef XBZ_FAST_DENSE_H
#define XBZ_FAST_DENSE_H

#include "near.h"

#ifdef __FRAMAC__
#include "../../spec/logic/dense.acsl"
#endif
#ifdef XBZ_PROVES_DENSE
#include "../../proofs/lemmas/dense.acsl"
#endif

/* What xbz_run_end does, of any runs. */
/*@ requires job:     JobOk(job) && RunsApart(job, runs);
    requires pages:   PagesOk(job, was, now, x);
    requires emitted: RunsEmitted(job, runs, was, now);
    requires pending: RunPending(job, runs, was, now) && runs->open == 0;
    requires next:    NextEdge(was, now, job->len, runs->z, x) &&
                      x <= SIZE_MAX;
    assigns  runs->at, runs->i, job->dst[0 .. job->cap - 1];
    ensures  room:    \result == 0 ==> NoRoom{Pre}(job, was, now);
    ensures  emitted: \result != 0 ==> RunsEmitted(job, runs, was, now) &&
                      runs->at > 0;
    ensures  state:   \result != 0 ==> RunsState(job, runs, was, now) &&
                      RunsLast(runs) == x;
    ensures  was:     Unchanged{Pre,Post}(was, 0, job->len);
    ensures  now:     Unchanged{Pre,Post}(now, 0, job->len);
    ensures  page:    Unchanged{Pre,Post}(job->new_page, 0, job->len);
*/
static inline int xbz_runs_fit(const struct xbz_job *job, struct xbz_runs *runs,
                               size_t x)
/*@ ghost (const uint8_t \ghost *was, const uint8_t *now) */
{
  //@ assert ended: !Differ(was, now, job->len, x);
  return xbz_run_fit(job, runs, x) /*@ ghost (was, now) */;
}

/* Write the pair of runs whose edges are list[k] and the one after; returns 0
 * if there is no room. */
/*@ requires job:      JobOk(job) && RunsApart(job, runs) && start < job->len;
    requires pages:    PagesOk(job, was, now, start + XBZ_SCAN_BLOCK);
    requires list:     ListOk(job, runs, was, now, list, count, start, last);
    requires range:    k + 1 < count;
    requires at:       runs->open == 0 &&
                       ListAt(job, runs, was, now, list, start, last, k);
    assigns  runs->at, runs->i, runs->z, job->dst[0 .. job->cap - 1];
    ensures  room:     \result == 0 ==> NoRoom{Pre}(job, was, now);
    ensures  at:       \result != 0 ==>
                       ListAt(job, runs, was, now, list, start, last, k + 2);
    ensures  kept:     \result != 0 ==> DstKept{Pre,Post}(job, runs);
    ensures  list:     ListOk(job, runs, was, now, list, count, start, last);
    ensures  was:      Unchanged{Pre,Post}(was, 0, job->len);
    ensures  now:      Unchanged{Pre,Post}(now, 0, job->len);
    ensures  page:     Unchanged{Pre,Post}(job->new_page, 0, job->len);
*/
static inline int xbz_list_pair(const struct xbz_job *job,
                                struct xbz_runs *runs, const uint16_t *list,
                                size_t k, size_t start)
/*@ ghost (const uint8_t \ghost *was, const uint8_t *now, size_t count,
           int64_t last) */
{
  const size_t z = start + list[k], x = start + list[k + 1];
  //@ assert z_at: z == EdgeAt(list, start, last, k + 1);
  //@ assert x_at: x == EdgeAt(list, start, last, k + 2);
  /*@ assert next: EdgeNext{Here,Here}(list, k, was, now, job->len, start,
                                        last); */
  /*@ assert then: EdgeNext{Here,Here}(list, k + 1, was, now, job->len, start,
                                        last); */
  //@ assert z: NextEdge(was, now, job->len, RunsLast(runs), z);
  //@ assert x: NextEdge(was, now, job->len, z, x);
  xbz_run_begin(job, runs, z) /*@ ghost (was, now) */;
  return xbz_runs_fit(job, runs, x) /*@ ghost (was, now) */;
}

/* Take the last edge of a block, list[k], if it is left: a run that starts
 * there is open. */
/*@ requires job:      JobOk(job) && RunsApart(job, runs) && start < job->len;
    requires pages:    PagesOk(job, was, now, start + XBZ_SCAN_BLOCK);
    requires list:     ListOk(job, runs, was, now, list, count, start, last);
    requires range:    k <= count <= k + 1;
    requires at:       (runs->open == 0 || k == count) &&
                       ListAt(job, runs, was, now, list, start, last, k);
    assigns  runs->z, runs->open;
    ensures  runs:     RunsUpTo(job, runs, was, now, start + XBZ_SCAN_BLOCK) &&
                       RunsLast(runs) < start + XBZ_SCAN_BLOCK;
*/
static inline void xbz_list_last(const struct xbz_job *job,
                                 struct xbz_runs *runs, const uint16_t *list,
                                 size_t count, size_t k, size_t start)
/*@ ghost (const uint8_t \ghost *was, const uint8_t *now, int64_t last) */
{
  if (k == count)
    return;
  const size_t z = start + list[k];
  //@ assert z_at: z == EdgeAt(list, start, last, k + 1);
  /*@ assert next: EdgeNext{Here,Here}(list, k, was, now, job->len, start,
                                        last); */
  //@ assert z: NextEdge(was, now, job->len, RunsLast(runs), z);
  xbz_run_begin(job, runs, z) /*@ ghost (was, now) */;
  runs->open = 1;
}

/* Write the runs whose edges are list[k..count); returns 0 if there is no
 * room. */
/*@ requires job:      JobOk(job) && RunsApart(job, runs) && start < job->len;
    requires pages:    PagesOk(job, was, now, start + XBZ_SCAN_BLOCK);
    requires list:     ListOk(job, runs, was, now, list, count, start, last);
    requires range:    k <= count;
    requires at:       (runs->open == 0 || k == count) &&
                       ListAt(job, runs, was, now, list, start, last, k);
    assigns  *runs, job->dst[0 .. job->cap - 1];
    ensures  room:     \result == 0 ==> NoRoom{Pre}(job, was, now);
    ensures  runs:     \result != 0 ==>
                       RunsUpTo(job, runs, was, now, start + XBZ_SCAN_BLOCK) &&
                       RunsLast(runs) < start + XBZ_SCAN_BLOCK;
    ensures  kept:     \result != 0 ==> DstKept{Pre,Post}(job, runs);
    ensures  was:      Unchanged{Pre,Post}(was, 0, job->len);
    ensures  now:      Unchanged{Pre,Post}(now, 0, job->len);
    ensures  page:     Unchanged{Pre,Post}(job->new_page, 0, job->len);
*/
static inline int xbz_list_rest(const struct xbz_job *job,
                                struct xbz_runs *runs, const uint16_t *list,
                                size_t count, size_t k, size_t start)
/*@ ghost (const uint8_t \ghost *was, const uint8_t *now, int64_t last) */
{
  const size_t end = xbz_list_far(job, list, count, start);
  /*@ loop invariant range: \at(k,Pre) <= k <= count;
      loop invariant pages: PagesOk(job, was, now, start + XBZ_SCAN_BLOCK);
      loop invariant list:  ListOk(job, runs, was, now, list, count, start,
                                   last);
      loop invariant at:    (runs->open == 0 || k == count) &&
                            ListAt(job, runs, was, now, list, start, last, k);
      loop invariant kept:  DstKept{Pre,Here}(job, runs);
      loop invariant was:   Unchanged{Pre,Here}(was, 0, job->len);
      loop invariant now:   Unchanged{Pre,Here}(now, 0, job->len);
      loop invariant page:  Unchanged{Pre,Here}(job->new_page, 0, job->len);
      loop assigns k, runs->at, runs->i, runs->z,
                   job->dst[0 .. job->cap - 1];
      loop variant count - k;
  */
  while (k + 1 < count) {
    k = xbz_list_near(job, runs, list, k, end, start)
        /*@ ghost (was, now, count, last) */;
    if (k + 1 >= count)
      break;
    const int fits = xbz_list_pair(job, runs, list, k, start)
        /*@ ghost (was, now, count, last) */;
    //@ assert was: Unchanged{Pre,Here}(was, 0, job->len);
    //@ assert now: Unchanged{Pre,Here}(now, 0, job->len);
    //@ assert page: Unchanged{Pre,Here}(job->new_page, 0, job->len);
    if (!fits)
      return 0;
    k += 2;
  }
  xbz_list_last(job, runs, list, count, k, start)
      /*@ ghost (was, now, last) */;
  return 1;
}

/* Write the runs that end in a block, from the list of its edges; returns 0 if
 * there is no room. */
/*@ requires job:      JobOk(job) && RunsApart(job, runs) && start < job->len;
    requires pages:    PagesOk(job, was, now, start + XBZ_SCAN_BLOCK);
    requires list:     ListOk(job, runs, was, now, list, count, start, last);
    requires at:       ListAt(job, runs, was, now, list, start, last, 0);
    assigns  *runs, job->dst[0 .. job->cap - 1];
    ensures  room:     \result == 0 ==> NoRoom{Pre}(job, was, now);
    ensures  runs:     \result != 0 ==>
                       RunsUpTo(job, runs, was, now, start + XBZ_SCAN_BLOCK) &&
                       RunsLast(runs) < start + XBZ_SCAN_BLOCK;
    ensures  kept:     \result != 0 ==> DstKept{Pre,Post}(job, runs);
    ensures  was:      Unchanged{Pre,Post}(was, 0, job->len);
    ensures  now:      Unchanged{Pre,Post}(now, 0, job->len);
    ensures  page:     Unchanged{Pre,Post}(job->new_page, 0, job->len);
*/
static inline int xbz_list_emit(const struct xbz_job *job,
                                struct xbz_runs *runs, const uint16_t *list,
                                size_t count, size_t start)
/*@ ghost (const uint8_t \ghost *was, const uint8_t *now, int64_t last) */
{
  const size_t edges = runs->open ? count : 0;
  size_t k = 0;
  if (edges > 0) {
    const size_t x = start + list[0];
    //@ assert x_at: x == EdgeAt(list, start, last, 1);
    /*@ assert next: EdgeNext{Here,Here}(list, 0, was, now, job->len, start,
                                          last); */
    //@ assert x: NextEdge(was, now, job->len, RunsLast(runs), x);
    runs->open = 0;
    if (!xbz_runs_fit(job, runs, x) /*@ ghost (was, now) */)
      return 0;
    k = 1;
  }
  return xbz_list_rest(job, runs, list, count, k, start)
      /*@ ghost (was, now, last) */;
}

/* How many edges words[w] and words[w + 32] have. */
/*@ requires readable: \valid_read(words + (0 .. 63)) && w < 32;
    assigns  \nothing;
    ensures  range:    \result <= 128;
*/
static inline size_t xbz_words_count(const uint64_t *words, size_t w) {
  return xbz_leaf_count(words[w]) + xbz_leaf_count(words[w + 32]);
}

/* Whether a block seems to have so many runs that a list of their edges is
 * worth it: all groups have edges, and four words have 18 each. */
/*@ requires readable: \valid_read(block) &&
                       \valid_read(&block->words[0] + (0 .. 63));
    assigns  \nothing;
    ensures  dirty:    \result != 0 ==> block->dirty == 0xffff;
*/
static inline int xbz_block_dense(const struct xbz_block *block) {
  return block->dirty == 0xffff &&
         xbz_words_count(block->words, 8) + xbz_words_count(block->words, 24) >=
             72;
}

/* Write the runs that end in a block, all of whose groups have edges; returns 0
 * if there is no room. list is for those. */
/*@ requires job:      JobOk(job) && RunsApart(job, runs);
    requires pages:    PagesOk(job, was, now, start + XBZ_SCAN_BLOCK);
    requires readable: \valid_read(words + (0 .. 63));
    requires list:     \valid(list + (0 .. XBZ_LISTING_MAX - 1)) &&
                       \separated(list + (0 .. XBZ_LISTING_MAX - 1), job) &&
                       \separated(list + (0 .. XBZ_LISTING_MAX - 1), runs) &&
                       \separated(list + (0 .. XBZ_LISTING_MAX - 1),
                                  job->dst + (0 .. job->cap - 1));
    requires runs:     RunsUpTo(job, runs, was, now, start);
    requires range:    RunsLast(runs) < start < job->len;
    requires words:    AllGroups(words, was, now, job->len, start);
    assigns  *runs, job->dst[0 .. job->cap - 1],
             list[0 .. XBZ_LISTING_MAX - 1];
    ensures  room:     \result == 0 ==> NoRoom{Pre}(job, was, now);
    ensures  runs:     \result != 0 ==>
                       RunsUpTo(job, runs, was, now, start + XBZ_SCAN_BLOCK) &&
                       RunsLast(runs) < start + XBZ_SCAN_BLOCK;
    ensures  kept:     \result != 0 ==> DstKept{Pre,Post}(job, runs);
    ensures  was:      Unchanged{Pre,Post}(was, 0, job->len);
    ensures  now:      Unchanged{Pre,Post}(now, 0, job->len);
    ensures  page:     Unchanged{Pre,Post}(job->new_page, 0, job->len);
*/
static inline int xbz_words_emit(const struct xbz_job *job,
                                 struct xbz_runs *runs, uint16_t *list,
                                 const uint64_t *words, size_t start)
/*@ ghost (const uint8_t \ghost *was, const uint8_t *now) */
{
  //@ assert runs: RunsEmitted(job, runs, was, now);
  //@ assert state: RunsState(job, runs, was, now);
  //@ assert least: -1 <= RunsLast(runs);
  /*@ ghost const int64_t last = runs->open ? (int64_t)runs->z :
                                 runs->i > 0 ? (int64_t)runs->i : -1;
  */
  //@ assert last: last == RunsLast(runs);
  const size_t count = xbz_block_list(list, words)
      /*@ ghost (was, now, job->len, start, last) */;
  //@ assert first: last == EdgeAt(list, start, last, 0);
  return xbz_list_emit(job, runs, list, count, start)
      /*@ ghost (was, now, last) */;
}

/* The same, of copies that nobody else knows of, so that they can stay in
 * registers. */
/*@ requires job:      JobOk(job) && RunsApart(job, runs);
    requires pages:    PagesOk(job, was, now, start + XBZ_SCAN_BLOCK);
    requires readable: \valid_read(words + (0 .. 63));
    requires runs:     RunsUpTo(job, runs, was, now, start);
    requires range:    RunsLast(runs) < start < job->len;
    requires words:    AllGroups(words, was, now, job->len, start);
    assigns  *runs, job->dst[0 .. job->cap - 1];
    ensures  room:     \result == 0 ==> NoRoom{Pre}(job, was, now);
    ensures  runs:     \result != 0 ==>
                       RunsUpTo(job, runs, was, now, start + XBZ_SCAN_BLOCK) &&
                       RunsLast(runs) < start + XBZ_SCAN_BLOCK;
    ensures  kept:     \result != 0 ==> DstKept{Pre,Post}(job, runs);
    ensures  was:      Unchanged{Pre,Post}(was, 0, job->len);
    ensures  now:      Unchanged{Pre,Post}(now, 0, job->len);
    ensures  page:     Unchanged{Pre,Post}(job->new_page, 0, job->len);
*/
static XBZ_APART int xbz_dense_emit(const struct xbz_job *job,
                                    struct xbz_runs *runs,
                                    const uint64_t *words, size_t start)
/*@ ghost (const uint8_t \ghost *was, const uint8_t *now) */
{
  uint16_t list[XBZ_LISTING_MAX];
  const struct xbz_job here =
      xbz_job_of(job->dst, job->cap, job->old_page, job->new_page, job->len);
  struct xbz_runs there = {runs->at, runs->i, runs->z, runs->open};
  //@ assert job: JobOk(&here) && RunsApart(&here, &there);
  //@ assert pages: PagesOk(&here, was, now, start + XBZ_SCAN_BLOCK);
  //@ assert last: RunsLast(&there) == RunsLast(runs);
  //@ assert fields: job->len == here.len && job->cap == here.cap;
  //@ assert apart: \separated(runs, job);
  //@ assert emitted: RunsEmitted(&here, &there, was, now);
  //@ assert state: RunsState(&here, &there, was, now);
  const int fits = xbz_words_emit(&here, &there, list, words, start)
      /*@ ghost (was, now) */;
  //@ assert open: fits && there.open ==> RunPending(&here, &there, was, now);
  /*@ assert closed: fits != 0 && there.open == 0 ==>
                     !Differ(was, now, here.len, RunsLast(&there)); */
  //@ assert fields_too: job->len == here.len && job->cap == here.cap;
  runs->at = there.at;
  runs->i = there.i;
  runs->z = there.z;
  runs->open = there.open;
  /*@ assert runs_too: runs->at == there.at && runs->i == there.i &&
                       runs->z == there.z && runs->open == there.open; */
  //@ assert job_too: job->len == here.len && job->cap == here.cap;
  //@ assert dst_too: job->dst == here.dst;
  //@ assert last_too: RunsLast(runs) == RunsLast(&there);
  //@ assert emitted_too: fits != 0 ==> RunsEmitted(job, runs, was, now);
  /*@ assert pending_too: fits != 0 && runs->open != 0 ==>
                          RunPending(job, runs, was, now); */
  /*@ assert closed_too: fits != 0 && runs->open == 0 ==>
                         !Differ(was, now, job->len, RunsLast(runs)); */
  //@ assert state_too: fits != 0 ==> RunsState(job, runs, was, now);
  return fits;
}

#endif

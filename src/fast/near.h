/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Pairs of short runs, far from the ends of page and dst, whose edges are in a
 * list. Most of those are that. */
#ifndef XBZ_FAST_NEAR_H
#define XBZ_FAST_NEAR_H

#include "emit.h"
#include "listing.h"

#ifdef __FRAMAC__
#include "../../spec/logic/dense.acsl"
#endif
#ifdef XBZ_PROVES_NEAR
#include "../../proofs/lemmas/dense.acsl"
#endif

/* What xbz_run_end does, of short runs far from the ends of page and dst. */
/*@ requires job:     JobOk(job) && RunsApart(job, runs);
    requires pages:   PagesOk(job, was, now, x);
    requires emitted: RunsEmitted(job, runs, was, now);
    requires pending: RunPending(job, runs, was, now) && runs->open == 0;
    requires next:    NextEdge(was, now, job->len, runs->z, x) &&
                      x <= SIZE_MAX;
    requires short:   runs->z - runs->i < 128 && x - runs->z <= 16;
    requires wide:    runs->z < job->wide_z && runs->at < job->wide_at;
    assigns  runs->at, runs->i, job->dst[0 .. job->cap - 1];
    ensures  emitted: RunsEmitted(job, runs, was, now) && runs->at > 0;
    ensures  room:    runs->at <= \old(runs->at) + 18;
    ensures  state:   RunsState(job, runs, was, now) && RunsLast(runs) == x;
    ensures  was:     Unchanged{Pre,Post}(was, 0, job->len);
    ensures  now:     Unchanged{Pre,Post}(now, 0, job->len);
    ensures  page:    Unchanged{Pre,Post}(job->new_page, 0, job->len);
*/
static inline void xbz_runs_near(const struct xbz_job *job,
                                 struct xbz_runs *runs, size_t x)
/*@ ghost (const uint8_t \ghost *was, const uint8_t *now) */
{
  //@ assert ended: !Differ(was, now, job->len, x);
  xbz_run_near(job, runs, x) /*@ ghost (was, now) */;
}

/* Write the pair of runs whose edges are list[k] and the one after, if they are
 * short; returns 0 if not. They are not near the end of page or dst. */
/*@ requires job:      JobOk(job) && RunsApart(job, runs) && start < job->len;
    requires pages:    PagesOk(job, was, now, start + XBZ_SCAN_BLOCK);
    requires list:     ListOk(job, runs, was, now, list, count, start, last);
    requires range:    k + 1 < count && start + list[k] < job->wide_z;
    requires room:     runs->at < job->wide_at;
    requires at:       runs->open == 0 &&
                       ListAt(job, runs, was, now, list, start, last, k);
    assigns  runs->at, runs->i, runs->z, job->dst[0 .. job->cap - 1];
    ensures  room:     runs->at <= \old(runs->at) + 18;
    ensures  at:       ListAt(job, runs, was, now, list, start, last,
                              \result != 0 ? k + 2 : k);
    ensures  list:     ListOk(job, runs, was, now, list, count, start, last);
    ensures  kept:     DstKept{Pre,Post}(job, runs);
    ensures  was:      Unchanged{Pre,Post}(was, 0, job->len);
    ensures  now:      Unchanged{Pre,Post}(now, 0, job->len);
    ensures  page:     Unchanged{Pre,Post}(job->new_page, 0, job->len);
*/
static inline int xbz_list_try(const struct xbz_job *job, struct xbz_runs *runs,
                               const uint16_t *list, size_t k, size_t start)
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
  if (z - runs->i >= 128 || x - z > 16)
    return 0;
  xbz_runs_near(job, runs, x) /*@ ghost (was, now) */;
  return 1;
}

/* For how many pairs there surely is room, at least one: a short pair takes at
 * most 18 bytes, and may begin at any of the next `room` positions. No more
 * than edges begin, of which each pair has two. */
/*@ requires some:     0 < room <= SIZE_MAX - 17 && 0 < edges < SIZE_MAX;
    assigns  \nothing;
    ensures  some:     0 < \result;
    ensures  room:     18 * \result <= room + 17;
    ensures  edges:    2 * \result <= edges + 1;
*/
static inline size_t xbz_pairs_near(size_t room, size_t edges) {
  const size_t fit = (room - 1) / 18 + 1, all = (edges + 1) / 2;
  return fit < all ? fit : all;
}

/* Write such pairs from list[k] on until k is stop, or as long as they are
 * short; returns the k of the first that is left. Up to list[end] they are far
 * from the end of the page, and there is room for all. */
/*@ requires job:      JobOk(job) && RunsApart(job, runs) && start < job->len;
    requires pages:    PagesOk(job, was, now, start + XBZ_SCAN_BLOCK);
    requires list:     ListOk(job, runs, was, now, list, count, start, last);
    requires range:    k <= stop <= end + 1 <= count <= XBZ_SCAN_BLOCK;
    requires pairs:    (stop - k) % 2 == 0;
    requires far:      start + list[end] < job->wide_z;
    requires room:     runs->at + 9 * (stop - k) <= job->wide_at + 17;
    requires at:       runs->open == 0 &&
                       ListAt(job, runs, was, now, list, start, last, k);
    assigns  runs->at, runs->i, runs->z, job->dst[0 .. job->cap - 1];
    ensures  range:    k <= \result <= stop;
    ensures  at:       ListAt(job, runs, was, now, list, start, last, \result);
    ensures  list:     ListOk(job, runs, was, now, list, count, start, last);
    ensures  kept:     DstKept{Pre,Post}(job, runs);
    ensures  was:      Unchanged{Pre,Post}(was, 0, job->len);
    ensures  now:      Unchanged{Pre,Post}(now, 0, job->len);
    ensures  page:     Unchanged{Pre,Post}(job->new_page, 0, job->len);
*/
static inline size_t xbz_list_short(const struct xbz_job *job,
                                    struct xbz_runs *runs, const uint16_t *list,
                                    size_t k, size_t stop, size_t start)
/*@ ghost (const uint8_t \ghost *was, const uint8_t *now, size_t count,
           int64_t last, size_t end) */
{
  /*@ loop invariant range: \at(k,Pre) <= k <= stop;
      loop invariant pairs: (stop - k) % 2 == 0;
      loop invariant room:  runs->at + 9 * (stop - k) <= job->wide_at + 17;
      loop invariant pages: PagesOk(job, was, now, start + XBZ_SCAN_BLOCK);
      loop invariant list:  ListOk(job, runs, was, now, list, count, start,
                                   last);
      loop invariant at:    runs->open == 0 &&
                            ListAt(job, runs, was, now, list, start, last, k);
      loop invariant kept:  DstKept{Pre,Here}(job, runs);
      loop invariant was:   Unchanged{Pre,Here}(was, 0, job->len);
      loop invariant now:   Unchanged{Pre,Here}(now, 0, job->len);
      loop invariant page:  Unchanged{Pre,Here}(job->new_page, 0, job->len);
      loop assigns k, runs->at, runs->i, runs->z,
                   job->dst[0 .. job->cap - 1];
      loop variant stop - k;
  */
  XBZ_EIGHTFOLD
  while (k < stop) {
    //@ assert below: list[k] <= list[end];
    const int more = xbz_list_try(job, runs, list, k, start)
        /*@ ghost (was, now, count, last) */;
    if (XBZ_SELDOM(!more))
      break;
    k += 2;
  }
  return k;
}

/* Write short pairs from list[k] on, as long as there surely is room; returns
 * the k of the first that is left. No edge up to list[end] is near the end of
 * the page, unless end is 0. */
/*@ requires job:      JobOk(job) && RunsApart(job, runs) && start < job->len;
    requires pages:    PagesOk(job, was, now, start + XBZ_SCAN_BLOCK);
    requires list:     ListOk(job, runs, was, now, list, count, start, last);
    requires range:    k <= count <= XBZ_SCAN_BLOCK;
    requires far:      end == 0 ||
                       (end < count && start + list[end] < job->wide_z);
    requires at:       runs->open == 0 &&
                       ListAt(job, runs, was, now, list, start, last, k);
    assigns  runs->at, runs->i, runs->z, job->dst[0 .. job->cap - 1];
    ensures  range:    k <= \result <= count;
    ensures  at:       ListAt(job, runs, was, now, list, start, last, \result);
    ensures  list:     ListOk(job, runs, was, now, list, count, start, last);
    ensures  kept:     DstKept{Pre,Post}(job, runs);
    ensures  was:      Unchanged{Pre,Post}(was, 0, job->len);
    ensures  now:      Unchanged{Pre,Post}(now, 0, job->len);
    ensures  page:     Unchanged{Pre,Post}(job->new_page, 0, job->len);
*/
static inline size_t xbz_list_near(const struct xbz_job *job,
                                   struct xbz_runs *runs, const uint16_t *list,
                                   size_t k, size_t end, size_t start)
/*@ ghost (const uint8_t \ghost *was, const uint8_t *now, size_t count,
           int64_t last) */
{
  /*@ loop invariant range: \at(k,Pre) <= k <= count;
      loop invariant pages: PagesOk(job, was, now, start + XBZ_SCAN_BLOCK);
      loop invariant list:  ListOk(job, runs, was, now, list, count, start,
                                   last);
      loop invariant at:    runs->open == 0 &&
                            ListAt(job, runs, was, now, list, start, last, k);
      loop invariant kept:  DstKept{Pre,Here}(job, runs);
      loop invariant was:   Unchanged{Pre,Here}(was, 0, job->len);
      loop invariant now:   Unchanged{Pre,Here}(now, 0, job->len);
      loop invariant page:  Unchanged{Pre,Here}(job->new_page, 0, job->len);
      loop assigns k, runs->at, runs->i, runs->z,
                   job->dst[0 .. job->cap - 1];
      loop variant count - k;
  */
  while (k < end && runs->at < job->wide_at) {
    const size_t pairs = xbz_pairs_near(job->wide_at - runs->at, end - k);
    const size_t stop = k + 2 * pairs;
    k = xbz_list_short(job, runs, list, k, stop, start)
        /*@ ghost (was, now, count, last, end) */;
    if (k < stop)
      break;
  }
  return k;
}

/* The last edge of list[0..count) that is far from the end of the page; 0 where
 * there is none. (What cannot be told apart by any page is no branch.) */
/*@ requires readable: \valid_read(list + (0 .. XBZ_LISTING_MAX - 1));
    requires range:    count <= XBZ_SCAN_BLOCK;
    requires job:      \valid_read(job) && start <= XBZ_PAGE_LEN_MAX;
    assigns  \nothing;
    ensures  far:      \result == 0 ||
                       (\result < count &&
                        start + list[\result] < job->wide_z);
*/
static inline size_t xbz_list_far(const struct xbz_job *job,
                                  const uint16_t *list, size_t count,
                                  size_t start) {
  size_t end = count - (count > 0);
  /*@ loop invariant range: 0 <= end <= count && (end > 0 ==> end < count);
      loop assigns end;
      loop variant end;
  */
  while (end * (start + list[end] >= job->wide_z) > 0)
    end--;
  return end;
}

#endif

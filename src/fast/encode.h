/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* The encoder over the leaves: scan a block, write its runs, go on. */
#ifndef XBZ_FAST_ENCODE_H
#define XBZ_FAST_ENCODE_H

#include "../core/arguments.h"
#include "bound.h"
#include "dense.h"

#ifdef __FRAMAC__
#include "../../proofs/lemmas/alike.acsl"
#include "../../proofs/lemmas/blocks.acsl"
#include "../../proofs/lemmas/edges_taken.acsl"
#include "../../proofs/lemmas/encoded.acsl"
#include "../../proofs/lemmas/groups.acsl"
#endif
#ifdef XBZ_PROVES_ENCODE
#include "../../proofs/lemmas/listing_all.acsl"
#endif

/* Write the runs that end in a group, whose words are words[w..w+4); returns 0
 * if there is no room. */
/*@ requires job:      JobOk(job) && RunsApart(job, runs);
    requires pages:    PagesOk(job, was, now, at + 256);
    requires readable: \valid_read(words + (0 .. 63));
    requires apart:    \separated(words + (0 .. 63), runs) &&
                       \separated(words + (0 .. 63),
                                  job->dst + (0 .. job->cap - 1));
    requires runs:     RunsUpTo(job, runs, was, now, at) && RunsLast(runs) < at;
    requires range:    w <= 60 && at <= XBZ_PAGE_LEN_MAX + 4096;
    requires words:    GroupWords(words, w, was, now, job->len, at);
    assigns  *runs, job->dst[0 .. job->cap - 1];
    ensures  room:     \result == 0 ==> NoRoom{Pre}(job, was, now);
    ensures  runs:     \result != 0 ==>
                       RunsUpTo(job, runs, was, now, at + 256) &&
                       RunsLast(runs) < at + 256;
    ensures  kept:     \result != 0 ==> DstKept{Pre,Post}(job, runs);
    ensures  source:   SourceKept{Pre,Post}(was, now, job->len);
    ensures  page:     Unchanged{Pre,Post}(job->new_page, 0, job->len);
    ensures  words:    \result != 0 ==> WordsKept{Pre,Post}(words);
*/
static inline int xbz_group_emit(const struct xbz_job *job,
                                 struct xbz_runs *runs, const uint64_t *words,
                                 size_t w, size_t at)
/*@ ghost (const uint8_t \ghost *was, const uint8_t *now) */
{
  /*@ loop invariant range:  0 <= k <= 4;
      loop invariant job:    JobOk(job) && RunsApart(job, runs);
      loop invariant pages:  PagesOk(job, was, now, at + 256);
      loop invariant runs:   RunsUpTo(job, runs, was, now, at + 64 * k) &&
                             RunsLast(runs) < at + 64 * k;
      loop invariant kept:   DstKept{Pre,Here}(job, runs);
      loop invariant source: SourceKept{Pre,Here}(was, now, job->len);
      loop invariant page:   Unchanged{Pre,Here}(job->new_page, 0, job->len);
      loop assigns k, *runs, job->dst[0 .. job->cap - 1];
      loop variant 4 - k;
  */
  for (size_t k = 0; k < 4; k++) {
    /*@ assert kept: \forall integer j; 0 <= j < 64 ==>
                       words[j] == \at(words[j],Pre); */
    //@ assert words: WordsKept{Pre,Here}(words);
    //@ assert group: GroupWords(words, w, was, now, job->len, at);
    //@ assert edges: GroupWord(words, w, k, was, now, job->len, at);
    if (!xbz_word_emit(job, runs, words[w + k], at + k * XBZ_SCAN_WORD)
        /*@ ghost (was, now) */)
      return 0;
  }
  /*@ assert kept: \forall integer j; 0 <= j < 64 ==>
                     words[j] == \at(words[j],Pre); */
  return 1;
}

/* Write the runs that end in a block, group by group; returns 0 if there is no
 * room. */
/*@ requires job:      JobOk(job) && RunsApart(job, runs);
    requires pages:    PagesOk(job, was, now, start + 4096);
    requires readable: \valid_read(block) &&
                       \valid_read(&block->words[0] + (0 .. 63));
    requires apart:    \separated(block, runs) &&
                       \separated(block, job->dst + (0 .. job->cap - 1)) &&
                       \separated(&block->words[0] + (0 .. 63), runs) &&
                       \separated(&block->words[0] + (0 .. 63),
                                  job->dst + (0 .. job->cap - 1));
    requires runs:     RunsUpTo(job, runs, was, now, start);
    requires range:    RunsLast(runs) < start < job->len;
    requires words:    BlockWords(&block->words[0], block->dirty, was, now,
                                  job->len, start);
    requires clean:    BlockClean(block->dirty, was, now, job->len, start,
                                  start + 4096);
    requires groups:   BitsBelow(block->dirty, 16);
    assigns  *runs, job->dst[0 .. job->cap - 1];
    ensures  room:     \result == 0 ==> NoRoom{Pre}(job, was, now);
    ensures  runs:     \result != 0 ==>
                       RunsUpTo(job, runs, was, now, start + 4096) &&
                       RunsLast(runs) < start + 4096;
    ensures  kept:     \result != 0 ==> DstKept{Pre,Post}(job, runs);
    ensures  was:      Unchanged{Pre,Post}(was, 0, job->len);
    ensures  now:      Unchanged{Pre,Post}(now, 0, job->len);
    ensures  page:     Unchanged{Pre,Post}(job->new_page, 0, job->len);
*/
static inline int xbz_groups_emit(const struct xbz_job *job,
                                  struct xbz_runs *runs,
                                  const struct xbz_block *block, size_t start)
/*@ ghost (const uint8_t \ghost *was, const uint8_t *now) */
{
  uint64_t dirty = block->dirty;
  //@ ghost uint64_t all = dirty; size_t next = 0, done = start;
  /*@ loop invariant next:   0 <= next <= 16 && GroupAt(done, start, next);
      loop invariant words:  WordsKept{Pre,Here}(&block->words[0]);
      loop invariant left:   BitsFrom(dirty, all, next);
      loop invariant clean:  BlockClean(all, was, now, job->len, start,
                                        start + 4096);
      loop invariant runs:   RunsUpTo(job, runs, was, now, done) &&
                             RunsLast(runs) < done;
      loop invariant kept:   DstKept{Pre,Here}(job, runs);
      loop invariant source: SourceKept{Pre,Here}(was, now, job->len);
      loop invariant page:   Unchanged{Pre,Here}(job->new_page, 0, job->len);
      loop invariant pages:  PagesOk(job, was, now, start + 4096);
      loop assigns dirty, next, done, *runs, job->dst[0 .. job->cap - 1];
      loop variant 16 - next;
  */
  while (dirty != 0) {
    size_t g = xbz_leaf_first(dirty);
    const size_t at = start + g * XBZ_SCAN_GROUP;
    //@ assert dirty: next <= g < 16 && Bit(all, g) && NoBits(all, next, g);
    //@ assert at: GroupAt(at, start, g);
    /*@ assert first: done <= at && Scanned(was, now, job->len,
                                            RunsLast(runs), at); */
    /*@ assert group: GroupWords(&block->words[0], 4 * g, was, now, job->len,
                                 at); */
    dirty = xbz_leaf_rest(dirty, g);
    if (!xbz_group_emit(job, runs, block->words, 4 * g, at)
        /*@ ghost (was, now) */)
      return 0;
    //@ ghost next = g + 1; done = at + 256;
  }
  //@ assert end: NoBits(all, next, 16) && GroupAt(start + 4096, start, 16);
  return 1;
}

/* The same, where dense is set in the way that is better for many runs. (That
 * is a constant where this is compiled: it costs those nothing that do not
 * ask.) */
/*@ requires job:      JobOk(job) && RunsApart(job, runs);
    requires pages:    PagesOk(job, was, now, start + 4096);
    requires readable: \valid_read(block) &&
                       \valid_read(&block->words[0] + (0 .. 63));
    requires apart:    \separated(block, runs) &&
                       \separated(block, job->dst + (0 .. job->cap - 1)) &&
                       \separated(&block->words[0] + (0 .. 63), runs) &&
                       \separated(&block->words[0] + (0 .. 63),
                                  job->dst + (0 .. job->cap - 1));
    requires runs:     RunsUpTo(job, runs, was, now, start);
    requires range:    RunsLast(runs) < start < job->len;
    requires words:    BlockWords(&block->words[0], block->dirty, was, now,
                                  job->len, start);
    requires clean:    BlockClean(block->dirty, was, now, job->len, start,
                                  start + 4096);
    requires groups:   BitsBelow(block->dirty, 16);
    assigns  *runs, job->dst[0 .. job->cap - 1];
    ensures  room:     \result == 0 ==> NoRoom{Pre}(job, was, now);
    ensures  runs:     \result != 0 ==>
                       RunsUpTo(job, runs, was, now, start + 4096) &&
                       RunsLast(runs) < start + 4096;
    ensures  kept:     \result != 0 ==> DstKept{Pre,Post}(job, runs);
    ensures  was:      Unchanged{Pre,Post}(was, 0, job->len);
    ensures  now:      Unchanged{Pre,Post}(now, 0, job->len);
    ensures  page:     Unchanged{Pre,Post}(job->new_page, 0, job->len);
*/
static inline int
xbz_block_emit(const struct xbz_job *job, struct xbz_runs *runs,
               const struct xbz_block *block, size_t start, int dense)
/*@ ghost (const uint8_t \ghost *was, const uint8_t *now) */
{
  if (!dense || !xbz_block_dense(block))
    return xbz_groups_emit(job, runs, block, start) /*@ ghost (was, now) */;
  //@ assert words: AllGroups(&block->words[0], was, now, job->len, start);
  return xbz_dense_emit(job, runs, block->words, start)
      /*@ ghost (was, now) */;
}

/* Scan the block at start, and write the runs that end there; returns 0 if
 * there is no room. block is that of the one before; was is a copy of the old
 * page. */
/*@ requires job:      JobOk(job) && RunsApart(job, runs);
    requires pages:    PagesOk(job, was, job->new_page, job->len);
    requires copy:     TakenTo(job->old_page, was, job->len, job->len);
    requires writable: \valid(block) && \valid(&block->words[0] + (0 .. 63));
    requires apart:    \separated(block, job) && \separated(block, runs) &&
                       \separated(&block->words[0] + (0 .. 63), runs) &&
                       \separated(&block->words[0] + (0 .. 63),
                                  job->dst + (0 .. job->cap - 1)) &&
                       \separated(block, job->dst + (0 .. job->cap - 1));
    requires runs:     RunsUpTo(job, runs, was, job->new_page, start);
    requires range:    RunsLast(runs) < start < job->len;
    requires before:   SameBefore(block->last, job->old_page, job->new_page,
                                  job->len, start);
    assigns  *block, *runs, job->dst[0 .. job->cap - 1];
    ensures  room:     \result == 0 ==> NoRoom{Pre}(job, was, job->new_page);
    ensures  runs:     \result != 0 ==>
                       RunsUpTo(job, runs, was, job->new_page, start + 4096) &&
                       RunsLast(runs) < start + 4096;
    ensures  last:     start + 4096 < job->len ==>
                       SameBefore(block->last, job->old_page, job->new_page,
                                  job->len, start + 4096);
    ensures  kept:     \result != 0 ==> DstKept{Pre,Post}(job, runs);
    ensures  was:      Unchanged{Pre,Post}(was, 0, job->len);
    ensures  old:      Unchanged{Pre,Post}(job->old_page, 0, job->len);
    ensures  page:     Unchanged{Pre,Post}(job->new_page, 0, job->len);
*/
static inline int
xbz_block_encode(const struct xbz_job *job, struct xbz_runs *runs,
                 struct xbz_block *block, size_t start, int dense)
/*@ ghost (const uint8_t \ghost *was) */
{
  xbz_block_scan(block, job->old_page, job->new_page, job->len, start);
  /*@ assert fields: job->len == \at(job->len,Pre) &&
                     job->cap == \at(job->cap,Pre) &&
                     job->wide_z == \at(job->wide_z,Pre) &&
                     job->wide_at == \at(job->wide_at,Pre) &&
                     runs->at == \at(runs->at,Pre) &&
                     runs->i == \at(runs->i,Pre) &&
                     runs->z == \at(runs->z,Pre); */
  //@ assert job: JobOk(job) && RunsApart(job, runs);
  //@ assert pages: PagesOk(job, was, job->new_page, start + 4096);
  //@ assert last: RunsLast(runs) == RunsLast{Pre}(runs);
  //@ assert emitted: RunsEmitted(job, runs, was, job->new_page);
  //@ assert state: RunsState(job, runs, was, job->new_page);
  /*@ assert words: BlockWords(&block->words[0], block->dirty, was,
                               job->new_page, job->len, start); */
  /*@ assert clean: BlockClean(block->dirty, was, job->new_page, job->len,
                               start, start + 4096); */
  /*@ assert apart: \separated(job->dst + (0 .. job->cap - 1),
                               job->old_page + (0 .. job->len - 1)); */
  //@ ghost const uint64_t then = block->last;
  const int fits = xbz_block_emit(job, runs, block, start, dense)
      /*@ ghost (was, job->new_page) */;
  //@ assert then: block->last == then;
  //@ assert old: Unchanged{Pre,Here}(job->old_page, 0, job->len);
  /*@ assert before: start + 4096 < job->len ==>
                     SameBefore(then, job->old_page, job->new_page, job->len,
                                start + 4096); */
  return fits;
}

/* Write the last run, if it is open; returns 0 if there is no room. */
/*@ requires job:      JobOk(job) && RunsApart(job, runs);
    requires pages:    PagesOk(job, was, now, job->len);
    requires runs:     RunsEmitted(job, runs, was, now) &&
                       RunsState(job, runs, was, now);
    requires scanned:  NoEdge(was, now, job->len, RunsLast(runs), job->len);
    assigns  *runs, job->dst[0 .. job->cap - 1];
    ensures  room:     \result == 0 ==> NoRoom{Pre}(job, was, now);
    ensures  done:     \result != 0 ==> runs->at <= job->cap &&
                       Canonical{Post,Post}(was, now, job->len, 0, job->dst, 0,
                                            runs->at);
    ensures  kept:     \result != 0 ==> DstKept{Pre,Post}(job, runs);
    ensures  was:      Unchanged{Pre,Post}(was, 0, job->len);
    ensures  now:      Unchanged{Pre,Post}(now, 0, job->len);
    ensures  page:     Unchanged{Pre,Post}(job->new_page, 0, job->len);
*/
static inline int xbz_page_end(const struct xbz_job *job, struct xbz_runs *runs)
/*@ ghost (const uint8_t \ghost *was, const uint8_t *now) */
{
  if (!runs->open) {
    //@ assert last: ZrunEnd(was, now, job->len, runs->i) == job->len;
    return 1;
  }
  //@ assert run: RunIs(was, now, job->len, runs->i, runs->z, job->len);
  return xbz_run_put(job, runs, job->len) /*@ ghost (was, now) */;
}

/* Write the runs of all blocks; returns 0 if there is no room. was is a copy of
 * the old page. */
/*@ requires job:      JobOk(job) && RunsApart(job, runs);
    requires pages:    PagesOk(job, was, job->new_page, job->len);
    requires copy:     TakenTo(job->old_page, was, job->len, job->len);
    requires runs:     runs->at == 0 && runs->i == 0 && runs->open == 0;
    assigns  *runs, job->dst[0 .. job->cap - 1];
    ensures  room:     \result == 0 ==>
                       NoRoom{Pre}(job, job->old_page, job->new_page);
    ensures  done:     \result != 0 ==> runs->at <= job->cap &&
                       Canonical{Pre,Post}(job->old_page, job->new_page,
                                           job->len, 0, job->dst, 0, runs->at);
    ensures  kept:     \result != 0 ==> DstKept{Pre,Post}(job, runs);
*/
static inline int xbz_blocks_encode(const struct xbz_job *job,
                                    struct xbz_runs *runs, int dense)
/*@ ghost (const uint8_t \ghost *was) */
{
  struct xbz_block block;
  /*@ assert alike: PagesAlike{Pre,Pre}(was, job->new_page, job->old_page,
                                        job->new_page, job->len); */
  /*@ assert canon: CanonLen{Pre}(was, job->new_page, job->len, 0) ==
        CanonLen{Pre}(job->old_page, job->new_page, job->len, 0); */
  block.last = xbz_bits_all();
  /*@ loop invariant range:  0 <= start < job->len + 4096;
      loop invariant job:    JobOk(job) && RunsApart(job, runs);
      loop invariant pages:  PagesOk(job, was, job->new_page, job->len);
      loop invariant copy:   TakenTo(job->old_page, was, job->len, job->len);
      loop invariant runs:   RunsUpTo(job, runs, was, job->new_page, start) &&
                             RunsLast(runs) < start;
      loop invariant last:   start < job->len ==>
                             SameBefore(block.last, job->old_page,
                                        job->new_page, job->len, start);
      loop invariant kept:   DstKept{Pre,Here}(job, runs);
      loop invariant source: SourceKept{Pre,Here}(was, job->new_page, job->len);
      loop invariant old:    Unchanged{Pre,Here}(job->old_page, 0, job->len);
      loop assigns start, block, *runs, job->dst[0 .. job->cap - 1];
      loop variant job->len + 4096 - start;
  */
  for (size_t start = 0; start < job->len; start += XBZ_SCAN_BLOCK)
    if (!xbz_block_encode(job, runs, &block, start, dense)
        /*@ ghost (was) */)
      return 0;
  const int fits = xbz_page_end(job, runs) /*@ ghost (was, job->new_page) */;
  /*@ assert done: fits != 0 ==>
                   Canonical{Pre,Here}(was, job->new_page, job->len, 0,
                                       job->dst, 0, runs->at); */
  /*@ assert too: fits != 0 ==>
                  CanonicalToo{Pre,Pre,Here}(was, job->new_page, job->old_page,
                                             job->new_page, job->len, job->dst,
                                             runs->at); */
  return fits;
}

/* Write all runs; returns 0 if there is no room. */
/*@ requires job:      JobOk(job) && RunsApart(job, runs);
    requires runs:     runs->at == 0 && runs->i == 0 && runs->open == 0;
    assigns  *runs, job->dst[0 .. job->cap - 1];
    ensures  room:     \result == 0 ==>
                       NoRoom{Pre}(job, job->old_page, job->new_page);
    ensures  done:     \result != 0 ==> runs->at <= job->cap &&
                       Canonical{Pre,Post}(job->old_page, job->new_page,
                                           job->len, 0, job->dst, 0, runs->at);
    ensures  kept:     \result != 0 ==> DstKept{Pre,Post}(job, runs);
*/
static inline int xbz_page_emit(const struct xbz_job *job,
                                struct xbz_runs *runs, int dense) {
  /*@ ghost uint8_t was[XBZ_PAGE_LEN_MAX];
      /@ loop invariant range: 0 <= k <= job->len;
         loop invariant copy:  TakenTo(job->old_page, &was[0], job->len, k);
         loop assigns k, was[0 .. job->len - 1];
         loop variant job->len - k;
      @/
      for (size_t k = 0; k < job->len; k++)
        was[k] = job->old_page[k];
  */
  //@ assert dst: Unchanged{Pre,Here}(job->dst, 0, job->cap);
  //@ assert old: Unchanged{Pre,Here}(job->old_page, 0, job->len);
  //@ assert new: Unchanged{Pre,Here}(job->new_page, 0, job->len);
  return xbz_blocks_encode(job, runs, dense) /*@ ghost (was) */;
}

/* What an encoder answers when all runs are written, or one does not fit. */
/*@ requires readable: \valid_read(runs) && \valid(dst_len);
    requires apart:    \separated(runs, dst_len);
    assigns  *dst_len;
    ensures  status:   \result == (fits == 0 ? XBZ_NO_FIT :
                                   runs->at == 0 ? XBZ_UNCHANGED : XBZ_OK);
    ensures  len:      \result == XBZ_OK ==> *dst_len == runs->at;
    ensures  len_kept: \result != XBZ_OK ==> *dst_len == \old(*dst_len);
*/
static inline xbz_status xbz_runs_status(const struct xbz_runs *runs, int fits,
                                         size_t *dst_len) {
  if (!fits)
    return XBZ_NO_FIT;
  if (runs->at == 0)
    return XBZ_UNCHANGED;
  *dst_len = runs->at;
  return XBZ_OK;
}

/* Encode, with arguments that are in order; dense as above. */
#ifdef __FRAMAC__
#include "../../spec/logic/contract_runs.acsl"
#endif
static inline xbz_status xbz_page_write(uint8_t *dst, size_t cap,
                                        size_t *dst_len,
                                        const uint8_t *old_page,
                                        const uint8_t *new_page,
                                        size_t page_len, int dense) {
  const struct xbz_job job = xbz_job_of(dst, cap, old_page, new_page, page_len);
  struct xbz_runs runs = {0, 0, 0, 0};
  //@ assert job: JobOk(&job) && RunsApart(&job, &runs);
  return xbz_runs_status(&runs, xbz_page_emit(&job, &runs, dense), dst_len);
}

/* The same of pages that seem to have many runs. (All that this calls is put
 * into it, so that the others' loops are compiled as if it were not there.) */
#ifdef __FRAMAC__
#include "../../spec/logic/contract_runs.acsl"
#endif
static XBZ_APART_FLAT xbz_status xbz_dense_encode(uint8_t *dst, size_t cap,
                                                  size_t *dst_len,
                                                  const uint8_t *old_page,
                                                  const uint8_t *new_page,
                                                  size_t page_len) {
  return xbz_page_write(dst, cap, dst_len, old_page, new_page, page_len, 1);
}

/* The same, in the way that seems best for the page. */
#ifdef __FRAMAC__
#include "../../spec/logic/contract_runs.acsl"
#endif
static inline xbz_status xbz_runs_encode(uint8_t *dst, size_t cap,
                                         size_t *dst_len,
                                         const uint8_t *old_page,
                                         const uint8_t *new_page,
                                         size_t page_len) {
  const uint64_t diff = xbz_early_diff(old_page, new_page, page_len);
  if (diff != 0 && xbz_seems_long(diff) &&
      xbz_least_len(old_page, new_page, page_len, cap) > cap)
    return XBZ_NO_FIT;
  if (diff != 0 && xbz_seems_split(old_page, new_page, page_len, diff))
    return xbz_dense_encode(dst, cap, dst_len, old_page, new_page, page_len);
  return xbz_page_write(dst, cap, dst_len, old_page, new_page, page_len, 0);
}

/* The encoder of every backend: its contract is that of the reference. */
#ifdef __FRAMAC__
#include "../../spec/logic/contract_encode.acsl"
#endif
static inline xbz_status xbz_encode(uint8_t *dst, size_t cap, size_t *dst_len,
                                    const uint8_t *old_page,
                                    const uint8_t *new_page, size_t page_len) {
  if (!xbz_encode_ready(dst, cap, dst_len, old_page, new_page, page_len))
    return XBZ_E_ARGUMENT;
  return xbz_runs_encode(dst, cap, dst_len, old_page, new_page, page_len);
}

#endif

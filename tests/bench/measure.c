/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "measure.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Nanoseconds: long against reading the clock, short against disturbances. */
#define XBZ_SLICE 50000.0

/* One contender's slices of one operation. */
typedef struct xbz_run {
  const xbz_contender *contender;
  const uint8_t *bytes; /* packed, as in xbz_packed */
  const size_t *lens;
  xbz_op op;
} xbz_run;

/* Of the processor, so that the turns of other programs do not count. */
static double xbz_clock(void) {
  struct timespec now = {0, 0};
  (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

/* Work through the next pages of the arena; nanoseconds a page, or -1. */
static double xbz_slice(const xbz_run *run, xbz_arena *arena, size_t pages) {
  xbz_work *work = run->contender->work[run->op];
  size_t page_len = arena->sample->page_len;
  bool failed = false;
  double start = xbz_clock();
  for (size_t i = 0; i < pages; i++) {
    xbz_task task;
    size_t pair = xbz_arena_next(arena, &task, run->op);
    task.packed = run->bytes + pair * page_len;
    task.packed_len = run->lens[pair];
    failed |= work(run->contender, &task) == XBZ_WORK_FAILED;
  }
  double stop = xbz_clock();
  return failed ? -1 : (stop - start) / (double)pages;
}

static int xbz_by_value(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* The pages of a slice: the whole sample, often enough for XBZ_SLICE. */
static size_t xbz_slice_pages(const xbz_run *run, xbz_arena *arena) {
  double one = xbz_slice(run, arena, arena->classes);
  double passes = XBZ_SLICE / (one * (double)arena->classes);
  return arena->classes * (passes > 1 ? (size_t)passes : 1);
}

/* All slices: samples[i * slices] and on for contender i. */
static bool xbz_slices(double *samples, const xbz_run *runs, size_t count,
                       xbz_arena *arena, size_t slices, bool warm) {
  size_t pages[XBZ_CONTENDER_MAX] = {0};
  for (size_t i = 0; i < count; i++)
    if (runs[i].contender->work[runs[i].op] != NULL)
      pages[i] = xbz_slice_pages(&runs[i], arena);
  for (size_t slice = 0; slice < slices; slice++)
    for (size_t i = 0; i < count; i++) {
      if (pages[i] == 0)
        continue;
      if (warm)
        (void)xbz_slice(&runs[i], arena, arena->slots);
      double ns = xbz_slice(&runs[i], arena, pages[i]);
      if (ns < 0)
        return false;
      samples[i * slices + slice] = ns;
    }
  return true;
}

bool xbz_measure(double ns[XBZ_CONTENDER_MAX], const xbz_contenders *all,
                 xbz_op op, xbz_arena *arena, const xbz_packed *packed,
                 size_t slices, bool warm, xbz_error *error) {
  xbz_run runs[XBZ_CONTENDER_MAX];
  double *samples = calloc(all->count * slices, sizeof *samples);
  if (samples == NULL)
    return xbz_fail(error, "no memory for %zu slices", slices);
  for (size_t i = 0; i < all->count; i++)
    runs[i] = (xbz_run){&all->list[i], packed->bytes[i], packed->lens[i], op};
  bool good = xbz_slices(samples, runs, all->count, arena, slices, warm);
  for (size_t i = 0; good && i < all->count; i++) {
    qsort(samples + i * slices, slices, sizeof *samples, xbz_by_value);
    ns[i] = samples[i * slices + slices / 10];
  }
  free(samples);
  return good || xbz_fail(error, "%s: a contender failed at '%s'",
                          xbz_op_names[op], arena->sample->name);
}

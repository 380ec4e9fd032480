/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* What was measured, and how it is told. */
#ifndef XBZ_BENCH_RESULTS_H
#define XBZ_BENCH_RESULTS_H

#include <stdio.h>

#include "measure.h"

enum { XBZ_CPU_NAME = 80, XBZ_SAMPLE_MAX = 64 };

/* All contenders at one operation, on one sample, at one level. */
typedef struct xbz_cell {
  size_t sample; /* index into samples */
  xbz_level level;
  xbz_op op;
  double ns[XBZ_CONTENDER_MAX]; /* a page; 0: not measured */
} xbz_cell;

typedef struct xbz_results {
  char cpu[XBZ_CPU_NAME];
  size_t level_sizes[XBZ_LEVEL_COUNT]; /* bytes of pairs */
  size_t slices;
  xbz_contenders all;
  xbz_sample samples[XBZ_SAMPLE_MAX]; /* their bytes only while measured */
  double sizes[XBZ_SAMPLE_MAX][XBZ_CONTENDER_MAX]; /* bytes a page, mean */
  size_t sample_count;
  xbz_cell cells[XBZ_SAMPLE_MAX * XBZ_LEVEL_COUNT * XBZ_OP_COUNT];
  size_t cell_count;
} xbz_results;

/* Tables of all cells, then the bars, for people. */
void xbz_results_print(const xbz_results *results, FILE *out);

/* Everything, for programs, or as a page for a browser that needs nothing else;
 * path takes its name when it is complete. */
bool xbz_results_json(const xbz_results *results, const char *path,
                      xbz_error *error);
bool xbz_results_html(const xbz_results *results, const char *path,
                      xbz_error *error);

/* What the project asks of the contender that xbz would choose. */
typedef struct xbz_bar {
  const char *text;
  double value, limit;
  bool known;    /* it was measured */
  bool at_least; /* the limit is the least value, else the greatest */
} xbz_bar;

enum { XBZ_BAR_COUNT = 6 };

/* The contender that the bars are about: the best backend. */
size_t xbz_results_chosen(const xbz_results *results);

void xbz_results_bars(xbz_bar bars[XBZ_BAR_COUNT], const xbz_results *results);
bool xbz_bar_met(const xbz_bar *bar);

/* The contender of that name, or the number of contenders. */
size_t xbz_results_find(const xbz_results *results, const char *name);

#endif

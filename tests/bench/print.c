/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* The results as text. */
#include <string.h>

#include "results.h"

enum { XBZ_NAME_WIDTH = 17, XBZ_COLUMN_WIDTH = 10 };

static const char *const xbz_op_texts[XBZ_OP_COUNT] = {
    "Encode: old and new page -> delta",
    "Send: live page -> cached page, and the delta",
    "Decode: delta onto the old page",
};

static void xbz_print_head(const xbz_results *results, xbz_op op, FILE *out) {
  (void)fprintf(out,
                "\n%s\nnanoseconds a page of the reference; the others: times "
                "its speed\n\n%-*s %-4s",
                xbz_op_texts[op], XBZ_NAME_WIDTH, "pages", "in");
  for (size_t i = 0; i < results->all.count; i++)
    if (results->all.list[i].work[op] != NULL)
      (void)fprintf(out, " %*s", XBZ_COLUMN_WIDTH + 2 * (i == 0),
                    results->all.list[i].name);
  (void)fputc('\n', out);
}

static void xbz_print_cell(const xbz_results *results, const xbz_cell *cell,
                           FILE *out) {
  (void)fprintf(out, "%-*s %-4s %*.0f", XBZ_NAME_WIDTH,
                results->samples[cell->sample].name,
                xbz_level_names[cell->level], XBZ_COLUMN_WIDTH + 2,
                cell->ns[0]);
  for (size_t i = 1; i < results->all.count; i++)
    if (results->all.list[i].work[cell->op] != NULL)
      (void)fprintf(out, " %*.3g", XBZ_COLUMN_WIDTH, cell->ns[0] / cell->ns[i]);
  (void)fputc('\n', out);
}

static bool xbz_packs(const xbz_contender *contender) {
  return contender->kind == XBZ_CONTENDER_REFERENCE ||
         contender->kind == XBZ_CONTENDER_COMPRESSOR;
}

static void xbz_print_sizes(const xbz_results *results, FILE *out) {
  (void)fprintf(out, "\nSizes: bytes that a page becomes, the mean\n\n%-*s",
                XBZ_NAME_WIDTH, "pages");
  for (size_t i = 0; i < results->all.count; i++)
    if (xbz_packs(&results->all.list[i]))
      (void)fprintf(out, " %*s", XBZ_COLUMN_WIDTH + 2,
                    i == 0 ? "xbz" : results->all.list[i].name);
  for (size_t sample = 0; sample < results->sample_count; sample++) {
    (void)fprintf(out, "\n%-*s", XBZ_NAME_WIDTH, results->samples[sample].name);
    for (size_t i = 0; i < results->all.count; i++)
      if (xbz_packs(&results->all.list[i]))
        (void)fprintf(out, " %*.1f", XBZ_COLUMN_WIDTH + 2,
                      results->sizes[sample][i]);
  }
  (void)fputc('\n', out);
}

static void xbz_print_bars(const xbz_results *results, FILE *out) {
  xbz_bar bars[XBZ_BAR_COUNT];
  xbz_results_bars(bars, results);
  (void)fprintf(out, "\nBars, for %s, pages of 4096 bytes\n\n",
                results->all.list[xbz_results_chosen(results)].name);
  for (size_t i = 0; i < XBZ_BAR_COUNT; i++) {
    if (!bars[i].known) {
      (void)fprintf(out, "%-62s not measured\n", bars[i].text);
      continue;
    }
    (void)fprintf(out, "%-62s %7.3f  (%s %.2f: %s)\n", bars[i].text,
                  bars[i].value, bars[i].at_least ? ">=" : "<=", bars[i].limit,
                  xbz_bar_met(&bars[i]) ? "met" : "MISSED");
  }
}

static bool xbz_has_op(const xbz_results *results, xbz_op op) {
  for (size_t i = 0; i < results->cell_count; i++)
    if (results->cells[i].op == op)
      return true;
  return false;
}

void xbz_results_print(const xbz_results *results, FILE *out) {
  (void)fprintf(out, "%s\ntenth percentile of %zu slices; pairs of pages:",
                results->cpu, results->slices);
  for (size_t level = 0; level < XBZ_LEVEL_COUNT; level++)
    (void)fprintf(out, " %s %zu KiB", xbz_level_names[level],
                  results->level_sizes[level] >> 10);
  (void)fputc('\n', out);
  for (xbz_op op = 0; op < XBZ_OP_COUNT; op++) {
    if (!xbz_has_op(results, op))
      continue;
    xbz_print_head(results, op, out);
    for (size_t i = 0; i < results->cell_count; i++)
      if (results->cells[i].op == op)
        xbz_print_cell(results, &results->cells[i], out);
  }
  xbz_print_sizes(results, out);
  xbz_print_bars(results, out);
}

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <string.h>

#include "results.h"

/* Which cells a bar is about, and which contender is the measure. */
typedef struct xbz_bar_rule {
  const char *text;
  xbz_op op;
  const char *measure; /* null: the time itself, in microseconds */
  bool sparse;         /* sparse samples alone, else all */
  bool one_level;      /* level alone, else all */
  xbz_level level;
  double limit;
} xbz_bar_rule;

static const xbz_bar_rule xbz_bar_rules[XBZ_BAR_COUNT] = {
    {"encode: times the reference's speed, least", XBZ_OP_ENCODE, "reference",
     false, false, XBZ_LEVEL_L1, 1.0},
    {"decode: times the reference's speed, least", XBZ_OP_DECODE, "reference",
     false, false, XBZ_LEVEL_L1, 1.0},
    {"encode: part of memcmp's speed, sparse pages in L2, least", XBZ_OP_ENCODE,
     "memcmp", true, true, XBZ_LEVEL_L2, 0.85},
    {"encode: part of memcmp's speed, sparse pages in DRAM, least",
     XBZ_OP_ENCODE, "memcmp", true, true, XBZ_LEVEL_DRAM, 0.9},
    {"send: part of memcpy's speed, sparse pages in DRAM, least", XBZ_OP_SEND,
     "memcpy", true, true, XBZ_LEVEL_DRAM, 0.95},
    {"encode: the slowest page, microseconds", XBZ_OP_ENCODE, NULL, false,
     false, XBZ_LEVEL_L1, 2.0},
};

size_t xbz_results_find(const xbz_results *results, const char *name) {
  size_t i = 0;
  while (i < results->all.count && strcmp(results->all.list[i].name, name) != 0)
    i++;
  return i;
}

size_t xbz_results_chosen(const xbz_results *results) {
  size_t chosen = 0;
  while (chosen + 1 < results->all.count &&
         results->all.list[chosen + 1].kind == XBZ_CONTENDER_BACKEND)
    chosen++;
  return chosen;
}

static bool xbz_rule_covers(const xbz_bar_rule *rule, const xbz_cell *cell,
                            const xbz_results *results) {
  const xbz_sample *sample = &results->samples[cell->sample];
  return cell->op == rule->op && sample->page_len == 4096 &&
         (!rule->sparse || sample->sparse) &&
         (!rule->one_level || cell->level == rule->level);
}

static xbz_bar xbz_bar_take(const xbz_bar_rule *rule,
                            const xbz_results *results) {
  size_t chosen = xbz_results_chosen(results);
  bool ratio = rule->measure != NULL;
  size_t measure = ratio ? xbz_results_find(results, rule->measure) : 0;
  xbz_bar bar = {rule->text, 0, rule->limit, false, ratio};
  for (size_t i = 0; i < results->cell_count; i++) {
    const xbz_cell *cell = &results->cells[i];
    if (!xbz_rule_covers(rule, cell, results))
      continue;
    double value =
        ratio ? cell->ns[measure] / cell->ns[chosen] : cell->ns[chosen] / 1000;
    if (!bar.known || (ratio ? value < bar.value : value > bar.value))
      bar.value = value;
    bar.known = true;
  }
  return bar;
}

void xbz_results_bars(xbz_bar bars[XBZ_BAR_COUNT], const xbz_results *results) {
  for (size_t i = 0; i < XBZ_BAR_COUNT; i++)
    bars[i] = xbz_bar_take(&xbz_bar_rules[i], results);
}

bool xbz_bar_met(const xbz_bar *bar) {
  return bar->known &&
         (bar->at_least ? bar->value >= bar->limit : bar->value <= bar->limit);
}

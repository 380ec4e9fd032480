/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * Work for callgrind to count: each contender of xbz at each operation on each
 * sample of pages of 4096 bytes, every pair of it once. After each of these it
 * asks for the counts under the label "OPERATION/CONTENDER/PAIRS/SAMPLE".
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <valgrind/callgrind.h>

#include "contender.h"
#include "sample.h"

enum { XBZ_COUNTED_PAGE = 4096 };

/* One pair, by way of a contender: packed becomes what the reference sends. */
typedef struct xbz_pair {
  uint8_t cached[XBZ_COUNTED_PAGE];
  uint8_t packed[XBZ_COUNTED_PAGE];
  uint8_t dst[2 * XBZ_COUNTED_PAGE];
} xbz_pair;

static xbz_task xbz_pair_task(xbz_pair *pair, const xbz_contender *reference,
                              const xbz_sample *sample, size_t number) {
  xbz_task task = {.old_page = xbz_sample_old(sample, number),
                   .new_page = xbz_sample_new(sample, number),
                   .live = xbz_sample_new(sample, number),
                   .cached = pair->cached,
                   .packed = pair->packed,
                   .page_len = XBZ_COUNTED_PAGE,
                   .dst = pair->packed,
                   .cap = XBZ_COUNTED_PAGE};
  task.packed_len = reference->work[XBZ_OP_ENCODE](reference, &task);
  task.dst = pair->dst;
  memcpy(pair->cached, task.old_page, XBZ_COUNTED_PAGE);
  return task;
}

/* Whether there is a delta to decode, of any pair. */
static bool xbz_counts(const xbz_contenders *all, xbz_op op,
                       const xbz_sample *sample) {
  xbz_pair pair;
  for (size_t i = 0; op == XBZ_OP_DECODE && i < sample->count; i++) {
    xbz_task task = xbz_pair_task(&pair, &all->list[0], sample, i);
    if (task.packed_len > 0 && task.packed_len < XBZ_COUNTED_PAGE)
      return true;
  }
  return op != XBZ_OP_DECODE;
}

static bool xbz_count(const xbz_contenders *all, size_t index, xbz_op op,
                      const xbz_sample *sample) {
  const xbz_contender *contender = &all->list[index];
  xbz_pair pair;
  char label[128];
  (void)snprintf(label, sizeof label, "%s/%s/%zu/%s", xbz_op_names[op],
                 contender->name, sample->count, sample->name);
  CALLGRIND_ZERO_STATS;
  for (size_t i = 0; i < sample->count; i++) {
    xbz_task task = xbz_pair_task(&pair, &all->list[0], sample, i);
    CALLGRIND_TOGGLE_COLLECT;
    size_t sent = contender->work[op](contender, &task);
    CALLGRIND_TOGGLE_COLLECT;
    if (sent != task.packed_len ||
        (op != XBZ_OP_ENCODE &&
         memcmp(pair.cached, task.new_page, XBZ_COUNTED_PAGE) != 0)) {
      (void)fprintf(stderr, "count: %s: wrong result\n", label);
      return false;
    }
  }
  CALLGRIND_DUMP_STATS_AT(label);
  return true;
}

static bool xbz_count_sample(const xbz_contenders *all,
                             const xbz_sample *sample) {
  for (xbz_op op = 0; op < XBZ_OP_COUNT; op++)
    for (size_t i = 0; xbz_counts(all, op, sample) && i < all->count; i++)
      if (!xbz_count(all, i, op, sample))
        return false;
  return true;
}

int main(void) {
  xbz_contenders all = {.count = 0};
  bool good = true;
  if (RUNNING_ON_VALGRIND == 0) {
    (void)fputs("count: run this under valgrind --tool=callgrind\n", stderr);
    return EXIT_FAILURE;
  }
  xbz_contenders_add_xbz(&all);
  for (size_t rule = 0; good && rule < xbz_sample_rules(); rule++) {
    xbz_sample sample;
    xbz_error error;
    if (!xbz_sample_make(&sample, rule, &error)) {
      (void)fprintf(stderr, "count: %s\n", error.text);
      return EXIT_FAILURE;
    }
    if (sample.page_len == XBZ_COUNTED_PAGE)
      good = xbz_count_sample(&all, &sample);
    xbz_sample_free(&sample);
  }
  return good ? EXIT_SUCCESS : EXIT_FAILURE;
}

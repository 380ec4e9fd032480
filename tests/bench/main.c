/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* How fast xbz is, against what else could be done with a page. */
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "options.h"
#include "results.h"

enum { XBZ_SLICES = 41, XBZ_SLICES_QUICK = 11 };

static bool xbz_pin(long cpu, xbz_error *error) {
  cpu_set_t set;
  CPU_ZERO(&set);
  if (cpu >= CPU_SETSIZE)
    return xbz_fail(error, "no CPU %ld", cpu);
  CPU_SET((size_t)cpu, &set);
  return sched_setaffinity(0, sizeof set, &set) == 0 ||
         xbz_fail(error, "cannot run on CPU %ld", cpu);
}

static void xbz_cpu_name(char name[XBZ_CPU_NAME]) {
  char line[256];
  FILE *file = fopen("/proc/cpuinfo", "r");
  (void)snprintf(name, XBZ_CPU_NAME, "unknown processor");
  while (file != NULL && fgets(line, sizeof line, file) != NULL)
    if (strncmp(line, "model name", 10) == 0) {
      const char *colon = strchr(line, ':');
      size_t len = colon == NULL ? 0 : strcspn(colon + 2, "\n");
      if (len > 0)
        (void)snprintf(name, XBZ_CPU_NAME, "%.*s", (int)len, colon + 2);
      break;
    }
  if (file != NULL)
    (void)fclose(file);
}

/* One line on a terminal, which the next one replaces; null removes it. */
static void xbz_progress_line(const char *sample, const char *level,
                              size_t done, size_t total) {
  if (isatty(STDERR_FILENO) != 1)
    return;
  (void)fprintf(stderr, "\r\x1b[K");
  if (sample != NULL)
    (void)fprintf(stderr, "%zu/%zu %s, %s", done + 1, total, sample, level);
}

static bool xbz_bench_level(xbz_results *results, const xbz_packed *packed,
                            xbz_level level, size_t slots, xbz_error *error) {
  const xbz_sample *sample = &results->samples[results->sample_count];
  xbz_arena arena;
  bool good = xbz_arena_open(&arena, sample, slots, error);
  for (xbz_op op = 0; good && op < XBZ_OP_COUNT; op++) {
    xbz_cell *cell = &results->cells[results->cell_count];
    if (op == XBZ_OP_DECODE && !xbz_packed_decodes(packed, sample))
      continue;
    *cell = (xbz_cell){results->sample_count, level, op, {0}};
    good = xbz_measure(cell->ns, &results->all, op, &arena, packed,
                       results->slices, level <= XBZ_LEVEL_L2, error);
    results->cell_count++;
  }
  xbz_arena_close(&arena);
  return good;
}

/* Measure the sample after the last one, which is made already. */
static bool xbz_bench_sample(xbz_results *results, const xbz_options *options,
                             size_t total, xbz_error *error) {
  size_t index = results->sample_count;
  xbz_sample *sample = &results->samples[index];
  xbz_packed packed = {{NULL}, {NULL}};
  bool good = xbz_packed_make(&packed, &results->all, sample, error);
  for (size_t i = 0; good && i < results->all.count; i++)
    results->sizes[index][i] = xbz_packed_mean(&packed, i, sample);
  for (xbz_level level = 0; good && level < XBZ_LEVEL_COUNT; level++) {
    size_t slots = xbz_level_slots(sample, level, results->level_sizes[level]);
    bool wanted =
        !options->quick || level == XBZ_LEVEL_L2 || level == XBZ_LEVEL_DRAM;
    if (slots == 0 || !wanted)
      continue;
    xbz_progress_line(sample->name, xbz_level_names[level], index, total);
    good = xbz_bench_level(results, &packed, level, slots, error);
  }
  xbz_packed_free(&packed, &results->all);
  xbz_sample_free(sample);
  results->sample_count++;
  return good;
}

static bool xbz_bench_all(xbz_results *results, const xbz_options *options,
                          xbz_error *error) {
  size_t rules = xbz_sample_rules(), total = rules + options->file_count;
  for (size_t i = 0; i < total; i++) {
    xbz_sample *sample = &results->samples[results->sample_count];
    if (results->sample_count == XBZ_SAMPLE_MAX)
      return xbz_fail(error, "more than %d samples", XBZ_SAMPLE_MAX);
    if (!(i < rules
              ? xbz_sample_make(sample, i, error)
              : xbz_sample_load(sample, options->files[i - rules], error)))
      return false;
    if (options->only != NULL && strstr(sample->name, options->only) == NULL)
      xbz_sample_free(sample);
    else if (!xbz_bench_sample(results, options, total, error))
      return false;
  }
  xbz_progress_line(NULL, NULL, 0, 0);
  return results->sample_count > 0 ||
         xbz_fail(error, "no sample's name has '%s' in it", options->only);
}

/* A file that cannot be read is an error now, not after all other samples. */
static bool xbz_bench_ready(const xbz_options *options, xbz_error *error) {
  for (size_t i = 0; i < options->file_count; i++) {
    xbz_sample sample;
    if (!xbz_sample_load(&sample, options->files[i], error))
      return false;
    xbz_sample_free(&sample);
  }
  return true;
}

static bool xbz_bench(xbz_results *results, const xbz_options *options,
                      xbz_error *error) {
  results->slices = options->quick ? XBZ_SLICES_QUICK : XBZ_SLICES;
  xbz_cpu_name(results->cpu);
  xbz_level_sizes(results->level_sizes);
  xbz_contenders_add_xbz(&results->all);
  xbz_contenders_add_memory(&results->all);
  return xbz_bench_ready(options, error) &&
         (options->pin < 0 || xbz_pin(options->pin, error)) &&
         xbz_contenders_add_compressors(&results->all, error) &&
         xbz_bench_all(results, options, error);
}

static bool xbz_tell(const xbz_results *results, const xbz_options *options,
                     xbz_error *error) {
  xbz_results_print(results, stdout);
  return xbz_options_enter(error) &&
         (options->json == NULL ||
          xbz_results_json(results, options->json, error)) &&
         (options->html == NULL ||
          xbz_results_html(results, options->html, error));
}

int main(int argc, char **argv) {
  xbz_options options;
  xbz_error error;
  int done = xbz_options_parse(&options, argc, argv);
  if (done >= 0)
    return done;
  xbz_results *results = calloc(1, sizeof *results);
  bool good = results != NULL ? xbz_bench(results, &options, &error) &&
                                    xbz_tell(results, &options, &error)
                              : xbz_fail(&error, "no memory");
  if (!good)
    (void)fprintf(stderr, "bench: %s\n", error.text);
  if (results != NULL)
    xbz_contenders_free(&results->all);
  free(results);
  return good && fflush(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* The results as JSON, and as a page that draws that JSON. */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "page.h"
#include "results.h"
#include "src/host/output.h"

static const char *const xbz_contender_kinds[] = {"reference", "backend",
                                                  "memory", "compressor"};

static json_t *xbz_json_contenders(const xbz_results *results) {
  json_t *list = json_array();
  for (size_t i = 0; i < results->all.count; i++)
    (void)json_array_append_new(
        list, json_pack("{s:s, s:s, s:b}", "name", results->all.list[i].name,
                        "kind", xbz_contender_kinds[results->all.list[i].kind],
                        "chosen", i == xbz_results_chosen(results)));
  return list;
}

/* An object of the values that there are, by contender. */
static json_t *xbz_json_values(const xbz_results *results,
                               const double values[XBZ_CONTENDER_MAX]) {
  json_t *object = json_object();
  for (size_t i = 0; i < results->all.count; i++)
    if (values[i] > 0)
      (void)json_object_set_new(object, results->all.list[i].name,
                                json_real(values[i]));
  return object;
}

static json_t *xbz_json_samples(const xbz_results *results) {
  json_t *list = json_array();
  for (size_t i = 0; i < results->sample_count; i++) {
    const xbz_sample *sample = &results->samples[i];
    (void)json_array_append_new(
        list, json_pack("{s:s, s:b, s:b, s:I, s:I, s:o}", "name", sample->name,
                        "recorded", sample->recorded, "sparse", sample->sparse,
                        "page_bytes", (json_int_t)sample->page_len, "pairs",
                        (json_int_t)sample->count, "bytes",
                        xbz_json_values(results, results->sizes[i])));
  }
  return list;
}

static json_t *xbz_json_cells(const xbz_results *results) {
  json_t *list = json_array();
  for (size_t i = 0; i < results->cell_count; i++) {
    const xbz_cell *cell = &results->cells[i];
    (void)json_array_append_new(
        list, json_pack("{s:s, s:s, s:s, s:o}", "op", xbz_op_names[cell->op],
                        "sample", results->samples[cell->sample].name, "level",
                        xbz_level_names[cell->level], "ns",
                        xbz_json_values(results, cell->ns)));
  }
  return list;
}

static json_t *xbz_json_bars(const xbz_results *results) {
  xbz_bar bars[XBZ_BAR_COUNT];
  json_t *list = json_array();
  xbz_results_bars(bars, results);
  for (size_t i = 0; i < XBZ_BAR_COUNT; i++)
    if (bars[i].known)
      (void)json_array_append_new(
          list,
          json_pack("{s:s, s:f, s:f, s:b, s:b}", "text", bars[i].text, "value",
                    bars[i].value, "limit", bars[i].limit, "at_least",
                    bars[i].at_least, "met", xbz_bar_met(&bars[i])));
  return list;
}

/* As text, to be freed; null when memory runs out. */
static char *xbz_json_text(const xbz_results *results, size_t flags) {
  json_t *levels = json_object();
  for (size_t i = 0; i < XBZ_LEVEL_COUNT; i++)
    (void)json_object_set_new(
        levels, xbz_level_names[i],
        json_integer((json_int_t)results->level_sizes[i]));
  json_t *root = json_pack(
      "{s:i, s:s, s:I, s:i, s:o, s:o, s:o, s:o, s:o}", "version", 1, "cpu",
      results->cpu, "slices", (json_int_t)results->slices, "percentile", 10,
      "level_bytes", levels, "contenders", xbz_json_contenders(results),
      "samples", xbz_json_samples(results), "cells", xbz_json_cells(results),
      "bars", xbz_json_bars(results));
  char *text = root == NULL ? NULL : json_dumps(root, flags);
  json_decref(root);
  return text;
}

static bool xbz_put_text(xbz_output *output, const char *text,
                         xbz_error *error) {
  return xbz_sink_put(&output->file.sink, (const uint8_t *)text, strlen(text),
                      error);
}

static bool xbz_put_page(xbz_output *output, const char *json,
                         xbz_error *error) {
  for (size_t i = 0; i < xbz_page_line_count; i++) {
    const char *line = xbz_page_lines[i];
    bool here = strstr(line, "RESULTS_GO_HERE") != NULL;
    if (!xbz_put_text(output, here ? json : line, error))
      return false;
  }
  return true;
}

static bool xbz_publish(const char *json, bool page, const char *path,
                        xbz_error *error) {
  xbz_output output;
  if (json == NULL)
    return xbz_fail(error, "%s: no memory for the results", path);
  if (!xbz_output_open(&output, path, error))
    return false;
  bool good = page ? xbz_put_page(&output, json, error)
                   : xbz_put_text(&output, json, error) &&
                         xbz_put_text(&output, "\n", error);
  if (good)
    return xbz_output_commit(&output, error);
  xbz_output_abort(&output);
  return false;
}

bool xbz_results_json(const xbz_results *results, const char *path,
                      xbz_error *error) {
  char *json = xbz_json_text(results, JSON_INDENT(1) | JSON_REAL_PRECISION(6));
  bool good = xbz_publish(json, false, path, error);
  free(json);
  return good;
}

bool xbz_results_html(const xbz_results *results, const char *path,
                      xbz_error *error) {
  /* No slash can end the script that the page has it in. */
  char *json = xbz_json_text(results, JSON_COMPACT | JSON_ESCAPE_SLASH |
                                          JSON_REAL_PRECISION(6));
  bool good = xbz_publish(json, true, path, error);
  free(json);
  return good;
}

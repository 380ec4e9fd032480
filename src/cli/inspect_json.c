/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <stdio.h>

#include "../host/runs.h"
#include "inspect.h"
#include "report.h"

static json_t *xbz_json_page(const xbz_page_view *page) {
  return json_pack(
      "{s:I, s:s, s:I, s:I, s:I}", "page", (json_int_t)page->number, "kind",
      xbz_kind_names[page->kind], "bytes", (json_int_t)page->data_len, "runs",
      (json_int_t)page->runs, "changed", (json_int_t)page->changed);
}

static json_t *xbz_json_runs(const xbz_page_view *page) {
  xbz_runs runs = {.delta = page->data, .len = page->data_len};
  xbz_page_run run;
  json_t *list = json_array();
  while (page->kind == XBZ_RECORD_DELTA && xbz_runs_next(&run, &runs))
    (void)json_array_append_new(list, json_pack("{s:I, s:I, s:I}", "offset",
                                                (json_int_t)run.at, "equal",
                                                (json_int_t)run.zrun, "changed",
                                                (json_int_t)run.nzrun));
  return list;
}

static json_t *xbz_json_histogram(const uint64_t *buckets) {
  json_t *list = json_array();
  for (size_t i = 0; i < XBZ_BUCKETS; i++) {
    json_int_t from = (json_int_t)1 << i;
    if (buckets[i] > 0)
      (void)json_array_append_new(
          list, json_pack("{s:I, s:I, s:I}", "from", from, "to", 2 * from - 1,
                          "pages", (json_int_t)buckets[i]));
  }
  return list;
}

static json_t *xbz_json_survey(const xbz_findings *findings) {
  const xbz_survey *survey = &findings->survey;
  const xbz_trailer *trailer = &survey->trailer;
  json_t *object =
      xbz_json_common(survey->page_size, &trailer->old_id, &trailer->new_id,
                      survey->delta_len, &survey->tally);
  (void)json_object_set_new(object, "runs",
                            json_integer((json_int_t)survey->runs));
  (void)json_object_set_new(object, "changed",
                            json_integer((json_int_t)survey->changed));
  (void)json_object_set_new(object, "delta_sizes",
                            xbz_json_histogram(survey->delta_sizes));
  (void)json_object_set_new(object, "run_counts",
                            xbz_json_histogram(survey->run_counts));
  if (findings->page != NULL) {
    json_t *page = xbz_json_page(findings->page);
    (void)json_object_set_new(page, "run_list", xbz_json_runs(findings->page));
    (void)json_object_set_new(object, "page", page);
  }
  return object;
}

/* The list opens the one object that the report then goes on with. */
static void xbz_json_list(void) { (void)fputs("{\"list\": [", stdout); }

static void xbz_json_list_page(const xbz_page_view *page, bool first) {
  json_t *object = xbz_json_page(page);
  (void)fputs(first ? "\n  " : ",\n  ", stdout);
  (void)json_dumpf(object, stdout, JSON_COMPACT);
  json_decref(object);
}

static void xbz_json_report(const xbz_findings *findings, bool listed) {
  json_t *object = xbz_json_survey(findings);
  (void)fputs(listed ? "],\n" : "{", stdout);
  (void)json_dumpf(object, stdout, JSON_INDENT(2) | JSON_EMBED);
  (void)puts("}");
  json_decref(object);
}

const xbz_face xbz_json_face = {xbz_json_list, xbz_json_list_page,
                                xbz_json_report};

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "survey.h"

#include <stdlib.h>

#include "../xbz.h"
#include "reader.h"
#include "runs.h"

typedef struct xbz_surveyor {
  xbz_survey *survey;
  const xbz_visitor *visitor;
  xbz_reader reader;
  uint8_t *page; /* scratch, to have deltas checked */
  uint64_t number;
} xbz_surveyor;

static size_t xbz_bucket(size_t value) {
  size_t bucket = 0;
  while (value > 1 && bucket + 1 < XBZ_BUCKETS) {
    value /= 2;
    bucket++;
  }
  return bucket;
}

static bool xbz_survey_delta(xbz_page_view *view, const xbz_record *record,
                             xbz_surveyor *surveyor, xbz_error *error) {
  xbz_survey *survey = surveyor->survey;
  xbz_runs runs = {.delta = record->data, .len = record->data_len};
  xbz_page_run run;
  size_t end = 0;
  if (xbz_page_decode(surveyor->page, record->image_len, &end, record->data,
                      record->data_len) != XBZ_OK)
    return xbz_reject(
        error, (xbz_place){surveyor->reader.source->name, record->offset},
        "malformed page delta", "D-40");
  while (xbz_runs_next(&run, &runs)) {
    view->runs++;
    view->changed += run.nzrun;
  }
  survey->runs += view->runs;
  survey->changed += view->changed;
  survey->delta_sizes[xbz_bucket(record->data_len)]++;
  survey->run_counts[xbz_bucket(view->runs)]++;
  return true;
}

/* Show the visitor every page of a record. */
static void xbz_survey_visit(xbz_page_view *view, const xbz_record *record,
                             xbz_surveyor *surveyor) {
  size_t page_size = surveyor->reader.page_size;
  for (size_t at = 0; at < record->image_len; at += page_size) {
    size_t left = record->image_len - at;
    view->number = surveyor->number++;
    view->page_len = left < page_size ? left : page_size;
    if (record->kind == XBZ_RECORD_RAW) {
      view->data = record->data + at;
      view->data_len = view->page_len;
    }
    surveyor->visitor->page(view, surveyor->visitor->context);
  }
}

static bool xbz_survey_block(xbz_surveyor *surveyor, const xbz_block *block,
                             xbz_error *error) {
  xbz_records records;
  xbz_record record;
  xbz_step step;
  xbz_records_open(&records, block);
  while ((step = xbz_records_next(&record, &records, error)) == XBZ_STEP_ITEM) {
    xbz_page_view view = {
        .kind = record.kind, .data = record.data, .data_len = record.data_len};
    if (record.kind == XBZ_RECORD_DELTA &&
        !xbz_survey_delta(&view, &record, surveyor, error))
      return false;
    xbz_tally_add(&surveyor->survey->tally, &record);
    xbz_survey_visit(&view, &record, surveyor);
  }
  return step == XBZ_STEP_END;
}

static bool xbz_survey_blocks(xbz_surveyor *surveyor, xbz_progress *progress,
                              xbz_error *error) {
  xbz_step step;
  xbz_block block;
  surveyor->page = calloc(1, surveyor->reader.page_size);
  if (surveyor->page == NULL)
    return xbz_fail(error, "out of memory");
  while ((step = xbz_reader_next(&block, &surveyor->survey->trailer,
                                 &surveyor->reader, error)) == XBZ_STEP_ITEM) {
    if (!xbz_survey_block(surveyor, &block, error))
      return false;
    xbz_progress_show(progress, surveyor->reader.source->offset);
  }
  return step == XBZ_STEP_END;
}

bool xbz_survey_take(xbz_survey *survey, xbz_source *delta,
                     const xbz_visitor *visitor, xbz_progress *progress,
                     xbz_error *error) {
  xbz_surveyor surveyor = {.survey = survey, .visitor = visitor};
  *survey = (xbz_survey){.page_size = 0};
  bool done = xbz_reader_open(&surveyor.reader, delta, error) &&
              xbz_survey_blocks(&surveyor, progress, error);
  survey->page_size = surveyor.reader.page_size;
  survey->delta_len = delta->offset;
  free(surveyor.page);
  xbz_reader_close(&surveyor.reader);
  return done;
}

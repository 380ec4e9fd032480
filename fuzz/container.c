/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * Any bytes as a delta container (spec/CONTAINER.md): the reader and the survey
 * agree on whether it is one, in whatever pieces it is read; records stand for
 * each span exactly; a rejection says where and why.
 *
 * data: see containers.h.
 */
#include <stdbool.h>

#include "containers.h"
#include "spec/model/model.h"
#include "src/host/reader.h"
#include "src/host/survey.h"

static xbz_fuzz_container xbz_it;

/* Accepted, or the error names an offset within the container and a rule. */
static void xbz_check_said(bool accepted, const xbz_error *error) {
  static const char start[] = "delta: at offset ";
  if (accepted)
    return;
  XBZ_CHECK(strncmp(error->text, start, strlen(start)) == 0);
  XBZ_CHECK(strtoul(error->text + strlen(start), NULL, 10) <= xbz_it.len);
  XBZ_CHECK(strstr(error->text, " [D-") != NULL);
}

/* A record starts with the tag that a writer would put. */
static void xbz_check_tag(const xbz_record *record, const xbz_block *block) {
  uint8_t tag[XBZ_TAG_LEN_MAX + 1];
  size_t count =
      record->kind == XBZ_RECORD_DELTA ? record->data_len : record->pages;
  size_t at = (size_t)(record->offset - block->place.offset);
  size_t len = xbz_record_tag_put(tag, 0, record->kind, count);
  XBZ_CHECK_EQ(xbz_record_tag_size(count), len);
  XBZ_CHECK_EQ(record->len, len + record->data_len);
  XBZ_CHECK_BYTES(block->payload + at - XBZ_BLOCK_HEADER_LEN, tag, len);
}

/* The records of a block, one after the other; a delta must be well-formed. */
static bool xbz_read_block(uint64_t *pages, const xbz_block *block,
                           xbz_error *error) {
  xbz_records records;
  xbz_record record;
  xbz_step step;
  size_t at = 0;
  bool sound = true;
  XBZ_CHECK(block->header.span <= XBZ_BLOCK_SPAN);
  XBZ_CHECK(xbz_page_size_valid(block->page_size));
  xbz_records_open(&records, block);
  while ((step = xbz_records_next(&record, &records, error)) == XBZ_STEP_ITEM) {
    XBZ_CHECK(record.image_at == at && record.image_len > 0);
    XBZ_CHECK(record.data_len <= block->header.payload_len);
    xbz_check_tag(&record, block);
    at += record.image_len;
    *pages += record.pages;
    if (record.kind == XBZ_RECORD_DELTA)
      sound = sound && xbz_model_well_formed(record.data, record.data_len,
                                             record.image_len);
  }
  xbz_check_said(step != XBZ_STEP_FAILED, error);
  XBZ_CHECK(step != XBZ_STEP_END || at == block->header.span);
  return step == XBZ_STEP_END && sound;
}

/* Whether it is a container [D-10] to [D-44]. */
static bool xbz_read_all(uint64_t *pages) {
  xbz_source source = xbz_fuzz_container_source(&xbz_it);
  xbz_reader reader;
  xbz_block block;
  xbz_trailer trailer;
  xbz_error error;
  xbz_step step = XBZ_STEP_FAILED;
  bool sound = true;
  *pages = 0;
  if (xbz_reader_open(&reader, &source, &error))
    while (sound && (step = xbz_reader_next(&block, &trailer, &reader,
                                            &error)) == XBZ_STEP_ITEM)
      sound = xbz_read_block(pages, &block, &error);
  xbz_check_said(!sound || step == XBZ_STEP_END, &error);
  xbz_reader_close(&reader);
  return sound && step == XBZ_STEP_END;
}

static void xbz_visit(const xbz_page_view *page, void *context) {
  uint64_t *seen = context;
  XBZ_CHECK(page->number == *seen);
  (*seen)++;
}

static void xbz_try_survey(bool want, uint64_t pages) {
  xbz_source source = xbz_fuzz_container_source(&xbz_it);
  xbz_progress progress = {.enabled = false};
  xbz_survey survey;
  xbz_error error;
  uint64_t seen = 0;
  xbz_visitor visitor = {xbz_visit, &seen};
  bool got = xbz_survey_take(&survey, &source, &visitor, &progress, &error);
  XBZ_CHECK_EQ(got, want);
  xbz_check_said(got, &error);
  XBZ_CHECK(!got || (seen == pages && xbz_tally_pages(&survey.tally) == pages &&
                     survey.delta_len == xbz_it.len));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  xbz_fuzz_input input = {data, size};
  uint64_t pages = 0;
  xbz_it = xbz_fuzz_container_take(&input);
  bool accepted = xbz_read_all(&pages);
  xbz_try_survey(accepted, pages);
  return 0;
}

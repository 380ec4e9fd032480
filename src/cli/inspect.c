/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "inspect.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "../host/file_io.h"

typedef struct xbz_inspection {
  const xbz_options *options;
  const xbz_face *face;
  xbz_page_view page; /* the one asked for, with a copy of its data */
  uint8_t *data;
  bool found;
  bool listing; /* the list has begun */
  uint64_t listed;
} xbz_inspection;

/* Keep a page until it is known that the whole delta is sound. */
static void xbz_inspect_keep(xbz_inspection *inspection,
                             const xbz_page_view *page) {
  inspection->data = malloc(page->data_len + 1);
  if (inspection->data == NULL)
    return;
  memcpy(inspection->data, page->data, page->data_len);
  inspection->page = *page;
  inspection->page.data = inspection->data;
  inspection->found = true;
}

/* Begin the list late: not before the delta has proved to be one. */
static void xbz_inspect_list(xbz_inspection *inspection) {
  if (inspection->options->list && !inspection->listing)
    inspection->face->list();
  inspection->listing = inspection->options->list;
}

static void xbz_inspect_page(const xbz_page_view *page, void *context) {
  xbz_inspection *inspection = context;
  const xbz_options *options = inspection->options;
  if (xbz_option_given(options, 'p') && page->number == options->page)
    xbz_inspect_keep(inspection, page);
  if (options->list && page->kind != XBZ_RECORD_UNCHANGED) {
    xbz_inspect_list(inspection);
    inspection->face->page(page, inspection->listed++ == 0);
  }
}

static bool xbz_inspect_delta(xbz_findings *findings,
                              xbz_inspection *inspection, xbz_input *delta,
                              xbz_error *error) {
  const xbz_options *options = inspection->options;
  xbz_visitor visitor = {xbz_inspect_page, inspection};
  xbz_progress progress;
  xbz_progress_open(&progress, !options->quiet, delta->size);
  bool done = xbz_survey_take(&findings->survey, &delta->source, &visitor,
                              &progress, error);
  (void)xbz_progress_close(&progress);
  if (!done || !xbz_option_given(options, 'p'))
    return done;
  findings->page = &inspection->page;
  return inspection->found ||
         xbz_fail(error, "%s: there is no page %" PRIu64 " among %" PRIu64,
                  delta->source.name, options->page,
                  xbz_tally_pages(&findings->survey.tally));
}

static xbz_exit xbz_inspect(const xbz_options *options) {
  const xbz_face *face = options->json ? &xbz_json_face : &xbz_text_face;
  xbz_inspection inspection = {.options = options, .face = face};
  xbz_findings findings = {.page = NULL};
  xbz_input delta;
  xbz_error error;
  if (!xbz_input_open(&delta, options->operands[0], &error))
    return xbz_data_error(error.text);
  findings.name = delta.source.name;
  bool done = xbz_inspect_delta(&findings, &inspection, &delta, &error);
  xbz_input_close(&delta);
  if (done) {
    xbz_inspect_list(&inspection);
    face->report(&findings, options->list);
  }
  free(inspection.data);
  return done ? XBZ_EXIT_OK : xbz_data_error(error.text);
}

const xbz_command xbz_inspect_command = {
    .name = "inspect",
    .operands = "DELTA",
    .operand_count = 1,
    .options = (const int[]){'p', 'l', 'j', 'q', 'h', 0},
    .summary = "Show what is in DELTA, which may be '-'",
    .detail = "No image is needed. The whole delta is checked on the way.\n",
    .examples = "  xbz inspect change.xbz\n"
                "  xbz inspect --list change.xbz | sort -k4 -n\n"
                "  xbz inspect --page=17 change.xbz\n"
                "  xbz inspect --json change.xbz | jq .ratio\n",
    .run = xbz_inspect};

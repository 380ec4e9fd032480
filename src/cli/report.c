/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "report.h"

#include <inttypes.h>
#include <stdio.h>

#include "../host/size.h"

double xbz_ratio(uint64_t image_len, uint64_t delta_len) {
  return (double)image_len / (double)delta_len;
}

void xbz_sha256_format(char *text, const xbz_image_id *id) {
  for (size_t i = 0; i < XBZ_SHA256_LEN; i++)
    (void)snprintf(text + 2 * i, 3, "%02x", id->sha256[i]);
}

static json_t *xbz_json_image(const xbz_image_id *id) {
  char sha256[XBZ_SHA256_TEXT];
  xbz_sha256_format(sha256, id);
  return json_pack("{s:I, s:s}", "bytes", (json_int_t)id->len, "sha256",
                   sha256);
}

static json_t *xbz_json_tally(const xbz_tally *tally) {
  json_t *object =
      json_pack("{s:I}", "total", (json_int_t)xbz_tally_pages(tally));
  for (size_t kind = 0; kind < XBZ_KINDS; kind++)
    (void)json_object_set_new(object, xbz_kind_names[kind],
                              json_pack("{s:I, s:I}", "pages",
                                        (json_int_t)tally->pages[kind], "bytes",
                                        (json_int_t)tally->bytes[kind]));
  return object;
}

json_t *xbz_json_common(size_t page_size, const xbz_image_id *old_id,
                        const xbz_image_id *new_id, uint64_t delta_len,
                        const xbz_tally *tally) {
  return json_pack(
      "{s:I, s:o, s:o, s:{s:I}, s:f, s:o}", "page_size", (json_int_t)page_size,
      "old", xbz_json_image(old_id), "new", xbz_json_image(new_id), "delta",
      "bytes", (json_int_t)delta_len, "ratio",
      xbz_ratio(new_id->len, delta_len), "pages", xbz_json_tally(tally));
}

bool xbz_json_print(json_t *report) {
  bool printed = report != NULL &&
                 json_dumpf(report, stdout, JSON_INDENT(2)) == 0 &&
                 putchar('\n') == '\n';
  json_decref(report);
  return printed;
}

static void xbz_report_text(const xbz_outcome *outcome, double speed) {
  const uint64_t *pages = outcome->tally.pages;
  char new_text[XBZ_SIZE_TEXT], delta_text[XBZ_SIZE_TEXT],
      speed_text[XBZ_SIZE_TEXT];
  xbz_size_format(new_text, (double)outcome->new_id.len);
  xbz_size_format(delta_text, (double)outcome->delta_len);
  xbz_size_format(speed_text, speed);
  (void)fprintf(
      stderr,
      "image %s, delta %s, ratio %.2f; pages: %" PRIu64 " unchanged, %" PRIu64
      " zero, %" PRIu64 " delta, %" PRIu64 " raw; %s/s\n",
      new_text, delta_text, xbz_ratio(outcome->new_id.len, outcome->delta_len),
      pages[XBZ_RECORD_UNCHANGED], pages[XBZ_RECORD_ZERO],
      pages[XBZ_RECORD_DELTA], pages[XBZ_RECORD_RAW], speed_text);
}

xbz_exit xbz_report(const xbz_options *options, const xbz_outcome *outcome) {
  double seconds = outcome->seconds;
  double speed = seconds > 0 ? (double)outcome->new_id.len / seconds : 0;
  if (!options->quiet && !options->json)
    xbz_report_text(outcome, speed);
  if (!options->json)
    return XBZ_EXIT_OK;
  json_t *report =
      xbz_json_common(outcome->page_size, &outcome->old_id, &outcome->new_id,
                      outcome->delta_len, &outcome->tally);
  (void)json_object_set_new(report, "backend",
                            json_string(xbz_backend_name(outcome->backend)));
  (void)json_object_set_new(report, "seconds", json_real(seconds));
  (void)json_object_set_new(report, "bytes_per_second", json_real(speed));
  return xbz_json_print(report) ? XBZ_EXIT_OK
                                : xbz_data_error("cannot write the report");
}

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <inttypes.h>
#include <stdio.h>

#include "../host/size.h"
#include "draw.h"
#include "inspect.h"
#include "report.h"

#define XBZ_BAR_WIDTH 40u

static double xbz_percent(uint64_t part, uint64_t whole) {
  return whole == 0 ? 0 : 100.0 * (double)part / (double)whole;
}

static void xbz_text_image(const char *label, const xbz_image_id *id) {
  char size[XBZ_SIZE_TEXT], sha256[XBZ_SHA256_TEXT];
  xbz_size_format(size, (double)id->len);
  xbz_sha256_format(sha256, id);
  (void)printf("%-10s %s (%" PRIu64 " bytes), sha256 %s\n", label, size,
               id->len, sha256);
}

static void xbz_text_head(const xbz_findings *findings) {
  const xbz_survey *survey = &findings->survey;
  const xbz_trailer *trailer = &survey->trailer;
  char delta[XBZ_SIZE_TEXT], page[XBZ_SIZE_TEXT];
  xbz_size_format(delta, (double)survey->delta_len);
  xbz_size_format(page, (double)survey->page_size);
  (void)printf("delta      %s (%" PRIu64 " bytes), %s\n", delta,
               survey->delta_len, findings->name);
  xbz_text_image("old image", &trailer->old_id);
  xbz_text_image("new image", &trailer->new_id);
  (void)printf("page size  %s\nratio      %.2f (new image to delta)\n", page,
               xbz_ratio(trailer->new_id.len, survey->delta_len));
}

static void xbz_text_row(const char *label, uint64_t pages, uint64_t all_pages,
                         uint64_t bytes, uint64_t all_bytes) {
  (void)printf("%-10s %12" PRIu64 " %6.1f %14" PRIu64 " %6.1f\n", label, pages,
               xbz_percent(pages, all_pages), bytes,
               xbz_percent(bytes, all_bytes));
}

static void xbz_text_tally(const xbz_survey *survey) {
  const xbz_tally *tally = &survey->tally;
  uint64_t pages = xbz_tally_pages(tally), rest = survey->delta_len;
  (void)printf("\n%-10s %12s %6s %14s %6s\n", "kind", "pages", "%", "bytes",
               "%");
  for (size_t kind = 0; kind < XBZ_KINDS; kind++) {
    xbz_text_row(xbz_kind_names[kind], tally->pages[kind], pages,
                 tally->bytes[kind], survey->delta_len);
    rest -= tally->bytes[kind];
  }
  xbz_text_row("framing", 0, pages, rest, survey->delta_len);
  xbz_text_row("total", pages, pages, survey->delta_len, survey->delta_len);
}

static void xbz_text_histogram(const char *title, const uint64_t *buckets) {
  static const char bar[] = "########################################";
  uint64_t most = 0, all = 0;
  for (size_t i = 0; i < XBZ_BUCKETS; i++) {
    most = buckets[i] > most ? buckets[i] : most;
    all += buckets[i];
  }
  (void)printf("\n%s\n", title);
  for (size_t i = 0; i < XBZ_BUCKETS; i++) {
    uint64_t width = buckets[i] * XBZ_BAR_WIDTH;
    if (buckets[i] == 0)
      continue;
    (void)printf("%8zu ..%8zu %10" PRIu64 " %6.1f %% %.*s\n", (size_t)1 << i,
                 ((size_t)2 << i) - 1, buckets[i], xbz_percent(buckets[i], all),
                 (int)((width + most - 1) / most), bar);
  }
}

static void xbz_text_report(const xbz_findings *findings, bool listed) {
  const xbz_survey *survey = &findings->survey;
  uint64_t deltas = survey->tally.pages[XBZ_RECORD_DELTA];
  if (findings->page != NULL) {
    xbz_draw_page(findings->page, survey->page_size);
    return;
  }
  if (listed)
    (void)putchar('\n');
  xbz_text_head(findings);
  xbz_text_tally(survey);
  if (deltas == 0)
    return;
  (void)printf("\nA delta page has %.1f runs of %.1f changed bytes (mean).\n",
               (double)survey->runs / (double)deltas,
               (double)survey->changed / (double)survey->runs);
  xbz_text_histogram("Delta pages by encoded bytes", survey->delta_sizes);
  xbz_text_histogram("Delta pages by number of runs", survey->run_counts);
}

static void xbz_text_list(void) {
  (void)printf("%12s %-9s %8s %8s %8s\n", "page", "kind", "bytes", "runs",
               "changed");
}

static void xbz_text_page(const xbz_page_view *page, bool first) {
  (void)first;
  (void)printf("%12" PRIu64 " %-9s %8zu", page->number,
               xbz_kind_names[page->kind], page->data_len);
  if (page->kind == XBZ_RECORD_DELTA)
    (void)printf(" %8zu %8zu", page->runs, page->changed);
  (void)putchar('\n');
}

const xbz_face xbz_text_face = {xbz_text_list, xbz_text_page, xbz_text_report};

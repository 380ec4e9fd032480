/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * corpus/reject and corpus/accept: each file's name says what a decoder must
 * answer. Pages have 4096 bytes; page and input end at a guard.
 */
#include <stdbool.h>
#include <string.h>

#include "check.h"
#include "codecs.h"
#include "file.h"
#include "guard.h"

enum { XBZ_INPUT_PAGE = 4096, XBZ_END_BEFORE = 12345 };

static xbz_guard xbz_page;
static xbz_guard xbz_input;

/* Which of [F-12] to [F-19] have had a file. */
static bool xbz_rule_seen[20];

static const struct {
  const char *name;
  xbz_status status;
} xbz_status_names[] = {
    {".E_TRUNCATED.", XBZ_E_TRUNCATED}, {".E_LENGTH.", XBZ_E_LENGTH},
    {".E_ZERO_RUN.", XBZ_E_ZERO_RUN},   {".E_PAGE_END.", XBZ_E_PAGE_END},
    {".E_INPUT_END.", XBZ_E_INPUT_END},
};

/* The status that text starts with. */
static xbz_status xbz_status_of(const char *text) {
  for (size_t i = 0; i < sizeof xbz_status_names / sizeof *xbz_status_names;
       i++) {
    const char *name = xbz_status_names[i].name;
    if (strncmp(text, name, strlen(name)) == 0)
      return xbz_status_names[i].status;
  }
  XBZ_CHECK(!"the name of a status");
  return XBZ_OK;
}

/* The number after a prefix that text must start with; *rest is behind it. */
static size_t xbz_number_of(const char *text, const char *prefix, char **rest) {
  size_t len = strlen(prefix);
  XBZ_CHECK(strncmp(text, prefix, len) == 0);
  size_t number = strtoul(text + len, rest, 10);
  XBZ_CHECK(*rest > text + len && **rest == '.');
  return number;
}

/* Bytes that no input here holds, and no two neighbours alike. */
static void xbz_base_fill(uint8_t *page) {
  for (size_t i = 0; i < XBZ_INPUT_PAGE; i++)
    page[i] = (uint8_t)(0xc0 + i % 32);
}

/* Decode onto page, which a fresh base is written to; *end starts as marked. */
static xbz_status xbz_try(const xbz_decoder *decoder, uint8_t *page,
                          size_t *end, const xbz_file *file) {
  const uint8_t *src = xbz_guard_copy(xbz_input, file->bytes, file->len);
  xbz_base_fill(page);
  *end = XBZ_END_BEFORE;
  return decoder->decode(page, XBZ_INPUT_PAGE, end, src, file->len);
}

/* name is RULE.STATUS.what: that status, page and end untouched [F-34]. */
static void xbz_visit_reject(const char *name, const xbz_file *file) {
  char *rest;
  xbz_check_subject = name;
  size_t rule = xbz_number_of(name, "F-", &rest);
  XBZ_CHECK(rule >= 12 && rule <= 19);
  xbz_rule_seen[rule] = true;
  uint8_t base[XBZ_INPUT_PAGE];
  xbz_base_fill(base);
  uint8_t *page = xbz_guard_tail(xbz_page, XBZ_INPUT_PAGE);
  for (size_t i = 0; i < XBZ_DECODER_COUNT; i++) {
    size_t end;
    xbz_note(0, "decoder", i);
    XBZ_CHECK_EQ(xbz_try(&xbz_decoders[i], page, &end, file),
                 xbz_status_of(rest));
    XBZ_CHECK_EQ(end, XBZ_END_BEFORE);
    XBZ_CHECK_BYTES(page, base, sizeof base);
  }
}

/* name is RULE.end-POSITION.what: that end, and no byte after it changed. */
static void xbz_visit_accept(const char *name, const xbz_file *file) {
  char *rest;
  xbz_check_subject = name;
  (void)xbz_number_of(name, "F-", &rest);
  size_t want_end = xbz_number_of(rest, ".end-", &rest);
  uint8_t want[XBZ_INPUT_PAGE];
  uint8_t base[XBZ_INPUT_PAGE];
  size_t end;
  XBZ_CHECK_EQ(xbz_try(&xbz_decoders[XBZ_DECODER_COUNT - 1], want, &end, file),
               XBZ_OK);
  xbz_base_fill(base);
  XBZ_CHECK(end == 0 || want[end - 1] != base[end - 1]);
  XBZ_CHECK_BYTES(want + end, base + end, XBZ_INPUT_PAGE - end);
  uint8_t *page = xbz_guard_tail(xbz_page, XBZ_INPUT_PAGE);
  for (size_t i = 0; i < XBZ_DECODER_COUNT; i++) {
    xbz_note(0, "decoder", i);
    XBZ_CHECK_EQ(xbz_try(&xbz_decoders[i], page, &end, file), XBZ_OK);
    XBZ_CHECK_EQ(end, want_end);
    XBZ_CHECK_BYTES(page, want, sizeof want);
  }
}

static void xbz_test_reject(void) {
  XBZ_CHECK(xbz_file_each("corpus/reject", xbz_visit_reject) >= 26);
  for (size_t rule = 12; rule <= 19; rule++) {
    xbz_note(1, "rule", rule);
    XBZ_CHECK(xbz_rule_seen[rule]);
  }
}

static void xbz_test_accept(void) {
  XBZ_CHECK(xbz_file_each("corpus/accept", xbz_visit_accept) >= 6);
}

int main(void) {
  xbz_page = xbz_guard_make(XBZ_INPUT_PAGE);
  xbz_input = xbz_guard_make(XBZ_INPUT_PAGE);
  xbz_test_reject();
  xbz_test_accept();
  return 0;
}

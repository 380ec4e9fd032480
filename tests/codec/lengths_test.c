/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * Page lengths 1 to 300, next to 4096, and the longest there is; every small
 * capacity and those next to the encoding's length; buffers that start or end
 * at a guard, or lie at any alignment.
 */
#include <stdbool.h>
#include <string.h>

#include "check.h"
#include "codecs.h"
#include "guard.h"
#include "pages.h"
#include "spec/model/model.h"

enum {
  XBZ_LEN_BEFORE = 12345,
  XBZ_LONGEST = 4099,
  XBZ_ENCODING_MOST = 2 * XBZ_LONGEST,
  XBZ_ALIGNMENTS = 16,
  XBZ_ALIGNMENT_PAIRS = XBZ_ALIGNMENTS * XBZ_ALIGNMENTS,
};

/* What is encoded, where it lies, and what must come out. */
static xbz_guard xbz_old;
static xbz_guard xbz_new;
static xbz_guard xbz_output;
static xbz_guard xbz_input;
static xbz_guard xbz_page;

typedef struct xbz_case {
  const uint8_t *old_page;
  const uint8_t *new_page;
  size_t page_len;
  uint8_t want[XBZ_ENCODING_MOST];
  size_t want_len; /* 0: the pages are equal */
} xbz_case;

static void xbz_case_judge(xbz_case *it) {
  it->want_len = 0;
  xbz_status status =
      xbz_model_encode(it->want, sizeof it->want, &it->want_len, it->old_page,
                       it->new_page, it->page_len);
  XBZ_CHECK(status == (it->want_len > 0 ? XBZ_OK : XBZ_UNCHANGED));
}

static xbz_status xbz_case_status(const xbz_case *it, size_t cap) {
  if (it->want_len == 0)
    return XBZ_UNCHANGED;
  return it->want_len > cap ? XBZ_NO_FIT : XBZ_OK;
}

/* Encode into dst[0..cap) and check all that the contract says of it. */
static void xbz_try_encode(const xbz_encoder *encoder, const xbz_case *it,
                           uint8_t *dst, size_t cap) {
  size_t len = XBZ_LEN_BEFORE;
  xbz_status want = xbz_case_status(it, cap);
  xbz_check_subject = encoder->name;
  xbz_note(3, "cap", cap);
  xbz_guard_paint(xbz_output, dst, cap);
  XBZ_CHECK_EQ(
      encoder->encode(dst, cap, &len, it->old_page, it->new_page, it->page_len),
      want);
  XBZ_CHECK_EQ(len, want == XBZ_OK ? it->want_len : XBZ_LEN_BEFORE);
  if (want == XBZ_OK)
    XBZ_CHECK_BYTES(dst, it->want, len);
  if (want == XBZ_UNCHANGED)
    xbz_guard_check_painted(dst, cap);
  xbz_guard_check_around(xbz_output, dst, cap);
}

static void xbz_try_encoders(const xbz_case *it, uint8_t *dst, size_t cap) {
  for (size_t i = 0; i < XBZ_ENCODER_COUNT; i++)
    xbz_try_encode(&xbz_encoders[i], it, dst, cap);
}

/* All capacities for short encodings, else the least and the nearest. */
static void xbz_try_capacities(const xbz_case *it) {
  for (size_t cap = 0; cap <= it->want_len + 3; cap++) {
    if (cap > 40 && cap + 4 < it->want_len)
      cap = it->want_len - 4;
    xbz_try_encoders(it, xbz_guard_tail(xbz_output, cap), cap);
  }
}

/* Apply the encoding to a base of other bytes [F-30], [F-31]. */
static void xbz_try_decode(const xbz_decoder *decoder, const xbz_case *it,
                           uint8_t *page, const uint8_t *src) {
  uint8_t want[XBZ_LONGEST];
  size_t want_end = 0;
  for (size_t i = 0; i < it->page_len; i++) {
    bool changed = it->old_page[i] != it->new_page[i];
    page[i] = (uint8_t)(i * 7);
    want[i] = changed ? it->new_page[i] : page[i];
    want_end = changed ? i + 1 : want_end;
  }
  size_t end = XBZ_LEN_BEFORE;
  xbz_check_subject = decoder->name;
  XBZ_CHECK_EQ(decoder->decode(page, it->page_len, &end, src, it->want_len),
               XBZ_OK);
  XBZ_CHECK_EQ(end, want_end);
  XBZ_CHECK_BYTES(page, want, it->page_len);
}

static void xbz_try_decoders(const xbz_case *it, uint8_t *page,
                             const uint8_t *src) {
  for (size_t i = 0; i < XBZ_DECODER_COUNT; i++)
    xbz_try_decode(&xbz_decoders[i], it, page, src);
}

/* The case as it lies, and what is written at both ends of the guards. */
static void xbz_try_case(xbz_case *it) {
  xbz_case_judge(it);
  xbz_try_capacities(it);
  xbz_try_encoders(it, xbz_output.low, it->want_len);
  memcpy(xbz_input.low, it->want, it->want_len);
  xbz_try_decoders(it, xbz_page.low, xbz_input.low);
  xbz_try_decoders(it, xbz_guard_tail(xbz_page, it->page_len),
                   xbz_guard_copy(xbz_input, it->want, it->want_len));
}

/* Pages that end at the guard, then the same that start at one. */
static void xbz_try_pattern(size_t page_len, size_t pattern) {
  xbz_case it = {.page_len = page_len};
  uint8_t *old_page = xbz_guard_tail(xbz_old, page_len);
  uint8_t *new_page = xbz_guard_tail(xbz_new, page_len);
  xbz_note(0, "page_len", page_len);
  xbz_note(1, "pattern", pattern);
  xbz_pages_pattern(old_page, new_page, page_len, pattern);
  it.old_page = old_page;
  it.new_page = new_page;
  xbz_try_case(&it);

  it.old_page = memmove(xbz_old.low, old_page, page_len);
  it.new_page = memmove(xbz_new.low, new_page, page_len);
  xbz_try_encoders(&it, xbz_guard_tail(xbz_output, it.want_len), it.want_len);
}

static void xbz_test_lengths(void) {
  size_t step = (xbz_check_divisor() + 3) / 4;
  for (size_t page_len = 1; page_len <= 300; page_len += step)
    for (size_t pattern = 0; pattern < XBZ_PATTERN_COUNT; pattern++)
      xbz_try_pattern(page_len, pattern);
  for (size_t page_len = 4093; page_len <= XBZ_LONGEST; page_len++)
    for (size_t pattern = 0; pattern < XBZ_PATTERN_COUNT; pattern++)
      xbz_try_pattern(page_len, pattern);
}

/* An input cut anywhere: the model is the judge. */
static void xbz_try_prefix(const xbz_case *it, size_t len) {
  const uint8_t *src = xbz_guard_copy(xbz_input, it->want, len);
  xbz_note(4, "prefix", len);
  uint8_t *page = xbz_guard_tail(xbz_page, it->page_len);
  uint8_t want[XBZ_LONGEST] = {0};
  size_t want_end = XBZ_LEN_BEFORE;
  xbz_status status = xbz_model_decode(want, it->page_len, &want_end, src, len);
  for (size_t i = 0; i < XBZ_DECODER_COUNT; i++) {
    size_t end = XBZ_LEN_BEFORE;
    xbz_check_subject = xbz_decoders[i].name;
    memset(page, 0, it->page_len);
    XBZ_CHECK_EQ(xbz_decoders[i].decode(page, it->page_len, &end, src, len),
                 status);
    XBZ_CHECK_EQ(end, want_end);
    XBZ_CHECK_BYTES(page, want, it->page_len);
  }
}

static void xbz_test_prefixes(void) {
  xbz_case it = {.old_page = xbz_old.low, .new_page = xbz_new.low};
  for (it.page_len = 1; it.page_len <= 300; it.page_len += 13)
    for (size_t pattern = 0; pattern < XBZ_PATTERN_COUNT; pattern++) {
      xbz_note(0, "page_len", it.page_len);
      xbz_note(1, "pattern", pattern);
      xbz_pages_pattern(xbz_old.low, xbz_new.low, it.page_len, pattern);
      xbz_case_judge(&it);
      for (size_t len = 0; len <= it.want_len; len++)
        xbz_try_prefix(&it, len);
    }
}

/* Each buffer at each alignment, and the others at different ones. */
static void xbz_test_alignments(void) {
  xbz_random random = {3};
  for (size_t n = 0; n < XBZ_ALIGNMENT_PAIRS; n++) {
    uint8_t *old_page = xbz_old.low + n % XBZ_ALIGNMENTS;
    uint8_t *new_page = xbz_new.low + n / XBZ_ALIGNMENTS;
    xbz_case it = {.old_page = old_page, .new_page = new_page};
    size_t shift = xbz_random_below(&random, XBZ_ALIGNMENTS);
    it.page_len = 200 + xbz_random_below(&random, 200);
    xbz_note(0, "page_len", it.page_len);
    xbz_note(1, "alignment", n);
    xbz_note(2, "shift", shift);
    xbz_pages_random(&random, old_page, new_page, it.page_len);
    xbz_case_judge(&it);
    xbz_try_encoders(&it, xbz_output.low + shift, it.want_len);
    uint8_t *src = xbz_input.low + n % XBZ_ALIGNMENTS;
    memcpy(src, it.want, it.want_len);
    xbz_try_decoders(&it, xbz_page.low + shift, src);
  }
}

/*
 * The longest page that is allowed is taken. Only its ends are ever touched:
 * new_page is old_page one byte on, so they differ in the first byte alone, and
 * with no capacity an encoder need not look further. The model would.
 */
static void xbz_test_longest_page(void) {
  static const uint8_t src[] = {0xfe, 0xff, 0xff, 0xff, 0x07, 1, 9};
  size_t page_len = XBZ_PAGE_LEN_MAX;
  void *block = mmap(NULL, page_len + 1, PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  XBZ_CHECK(block != MAP_FAILED);
  uint8_t *page = block;
  for (size_t i = 0; i < XBZ_DECODER_COUNT; i++) {
    size_t end = 0;
    xbz_check_subject = xbz_decoders[i].name;
    page[page_len - 1] = 0;
    XBZ_CHECK_EQ(xbz_decoders[i].decode(page, page_len, &end, src, sizeof src),
                 XBZ_OK);
    XBZ_CHECK_EQ(end, page_len);
    XBZ_CHECK_EQ(page[page_len - 1], 9);
  }
  page[0] = 1;
  for (size_t i = 0; i < XBZ_ENCODER_COUNT; i++) {
    size_t len = XBZ_LEN_BEFORE;
    xbz_check_subject = xbz_encoders[i].name;
    if (xbz_encoders[i].encode == xbz_model_encode)
      continue;
    XBZ_CHECK_EQ(
        xbz_encoders[i].encode(NULL, 0, &len, page, page + 1, page_len),
        XBZ_NO_FIT);
    XBZ_CHECK_EQ(len, XBZ_LEN_BEFORE);
  }
  XBZ_CHECK(munmap(block, page_len + 1) == 0);
}

int main(void) {
  xbz_old = xbz_guard_make(XBZ_LONGEST);
  xbz_new = xbz_guard_make(XBZ_LONGEST);
  xbz_page = xbz_guard_make(XBZ_LONGEST);
  xbz_input = xbz_guard_make(XBZ_ENCODING_MOST);
  xbz_output = xbz_guard_make(XBZ_ENCODING_MOST);
  xbz_test_lengths();
  xbz_test_prefixes();
  xbz_test_alignments();
  xbz_test_longest_page();
  return 0;
}

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * The container code over buffers in memory: whatever the bytes, it ends with
 * a verdict, names the offset, and holds no more than a block. (The tests of
 * the command check what it makes of files.)
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "src/host/engine.h"
#include "src/host/reader.h"
#include "src/host/survey.h"

#define XBZ_IMAGE_LEN 3000u
#define XBZ_CONTAINER_CAP 8192u

#define XBZ_CHECK(condition)                                                   \
  do {                                                                         \
    if (!(condition)) {                                                        \
      (void)fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition);    \
      exit(EXIT_FAILURE);                                                      \
    }                                                                          \
  } while (0)

/* A sink over a buffer; more than fits is an error, as on a full disk. */
typedef struct xbz_buffer {
  uint8_t bytes[XBZ_CONTAINER_CAP];
  size_t cap;
} xbz_buffer;

static bool xbz_buffer_write(const xbz_sink *sink, const uint8_t *src,
                             size_t len, xbz_error *error) {
  xbz_buffer *buffer = sink->context;
  if (len > buffer->cap - sink->offset)
    return xbz_fail(error, "full");
  memcpy(buffer->bytes + sink->offset, src, len);
  return true;
}

static uint8_t xbz_old[XBZ_IMAGE_LEN], xbz_new[XBZ_IMAGE_LEN];
static xbz_progress xbz_silent;

/* Pages of 512 bytes: unchanged, delta, zero, raw, raw and a part of one. */
static void xbz_make_images(void) {
  for (size_t i = 0; i < XBZ_IMAGE_LEN; i++) {
    xbz_old[i] = (uint8_t)(i * 7 + i / 256);
    xbz_new[i] = (uint8_t)(i < 1536 ? xbz_old[i] : xbz_old[i] + 1);
  }
  xbz_new[600] ^= 1;
  memset(xbz_new + 1024, 0, 512);
}

static bool xbz_make_delta(xbz_buffer *delta, size_t *len, size_t cap) {
  xbz_memory old_memory = {xbz_old, sizeof xbz_old};
  xbz_memory new_memory = {xbz_new, sizeof xbz_new};
  xbz_source old_image, new_image;
  xbz_sink sink = {"delta", 0, xbz_buffer_write, delta};
  xbz_outcome outcome = {.backend = XBZ_BACKEND_REF};
  xbz_error error;
  delta->cap = cap;
  xbz_memory_source(&old_image, "old", &old_memory);
  xbz_memory_source(&new_image, "new", &new_memory);
  bool made = xbz_diff(&sink, &outcome, &old_image, &new_image, 512,
                       &xbz_silent, &error);
  *len = (size_t)outcome.delta_len;
  return made;
}

static bool xbz_apply_delta(xbz_buffer *result, const uint8_t *src, size_t len,
                            xbz_error *error) {
  xbz_memory old_memory = {xbz_old, sizeof xbz_old}, memory = {src, len};
  xbz_source old_image, delta;
  xbz_sink sink = {"result", 0, xbz_buffer_write, result};
  xbz_outcome outcome = {.backend = XBZ_BACKEND_REF};
  result->cap = sizeof result->bytes;
  xbz_memory_source(&old_image, "old", &old_memory);
  xbz_memory_source(&delta, "delta", &memory);
  return xbz_apply(&sink, &outcome, &old_image, &delta, &xbz_silent, error);
}

static void xbz_count_page(const xbz_page_view *page, void *context) {
  size_t *count = context;
  XBZ_CHECK(page->number == *count);
  XBZ_CHECK(page->page_len == (*count < 5 ? 512u : XBZ_IMAGE_LEN - 2560));
  (*count)++;
}

/* Also the number of pages, which the visitor counts. */
static bool xbz_survey_delta(size_t *pages, const uint8_t *src, size_t len,
                             xbz_error *error) {
  xbz_memory memory = {src, len};
  xbz_source delta;
  xbz_survey survey;
  size_t count = 0;
  xbz_visitor visitor = {xbz_count_page, &count};
  xbz_memory_source(&delta, "delta", &memory);
  bool done = xbz_survey_take(&survey, &delta, &visitor, &xbz_silent, error);
  *pages = count;
  return done;
}

static void xbz_test_round_trip(const xbz_buffer *delta, size_t len) {
  static xbz_buffer result;
  xbz_error error;
  size_t pages = 0;
  XBZ_CHECK(xbz_apply_delta(&result, delta->bytes, len, &error));
  XBZ_CHECK(memcmp(result.bytes, xbz_new, XBZ_IMAGE_LEN) == 0);
  XBZ_CHECK(xbz_survey_delta(&pages, delta->bytes, len, &error));
  XBZ_CHECK(pages == 6);
}

/* A sink that fails at any byte makes the writer fail. */
static void xbz_test_full_sink(size_t len) {
  static xbz_buffer delta;
  size_t reached = 0;
  for (size_t cap = 0; cap < len; cap++)
    XBZ_CHECK(!xbz_make_delta(&delta, &reached, cap) && reached <= cap);
  XBZ_CHECK(xbz_make_delta(&delta, &reached, len) && reached == len);
}

/* src is rejected by both readers alike, and the message has an offset. */
static void xbz_test_rejected(const uint8_t *src, size_t len) {
  static xbz_buffer result;
  xbz_error apply_error, survey_error;
  size_t pages = 0;
  XBZ_CHECK(!xbz_apply_delta(&result, src, len, &apply_error));
  XBZ_CHECK(!xbz_survey_delta(&pages, src, len, &survey_error));
  XBZ_CHECK(strcmp(apply_error.text, survey_error.text) == 0);
  XBZ_CHECK(strncmp(apply_error.text, "delta: at offset ", 17) == 0);
}

/* Buffers of exact length, so that a sanitizer sees a read beyond. */
static void xbz_test_damage(const xbz_buffer *delta, size_t len) {
  for (size_t cut = 0; cut < len; cut++) {
    uint8_t *part = malloc(cut + (cut == 0));
    XBZ_CHECK(part != NULL);
    memcpy(part, delta->bytes, cut);
    xbz_test_rejected(part, cut);
    free(part);
  }
  for (size_t at = 0; at < len; at++) {
    uint8_t damaged[XBZ_CONTAINER_CAP];
    memcpy(damaged, delta->bytes, len);
    damaged[at] = (uint8_t)(damaged[at] ^ (1 + at % 255));
    xbz_test_rejected(damaged, len);
  }
}

/* A length that claims 4 MiB gets its memory, one that claims more does not. */
static void xbz_test_bounds(void) {
  uint8_t bytes[XBZ_HEADER_LEN + XBZ_BLOCK_HEADER_LEN];
  xbz_block_header header = {.span = XBZ_BLOCK_SPAN};
  xbz_memory memory = {bytes, sizeof bytes};
  xbz_source source;
  xbz_reader reader;
  xbz_block block;
  xbz_trailer trailer;
  xbz_error error;
  size_t most = xbz_payload_max(XBZ_BLOCK_SPAN, 512);
  xbz_header_put(bytes, 512);
  for (size_t over = 0; over < 2; over++) {
    header.payload_len = (uint32_t)(most + over);
    xbz_block_header_put(bytes + XBZ_HEADER_LEN, &header);
    xbz_memory_source(&source, "delta", &memory);
    XBZ_CHECK(xbz_reader_open(&reader, &source, &error));
    XBZ_CHECK(xbz_reader_next(&block, &trailer, &reader, &error) ==
              XBZ_STEP_FAILED);
    XBZ_CHECK(strstr(error.text, over ? "[D-24]" : "[D-10]") != NULL);
    XBZ_CHECK(reader.payload_cap == (over ? 0 : most));
    xbz_reader_close(&reader);
  }
}

int main(void) {
  static xbz_buffer delta;
  size_t len = 0;
  xbz_make_images();
  XBZ_CHECK(xbz_make_delta(&delta, &len, sizeof delta.bytes));
  xbz_test_round_trip(&delta, len);
  xbz_test_full_sink(len);
  xbz_test_damage(&delta, len);
  xbz_test_bounds();
  return EXIT_SUCCESS;
}

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * A delta container applied to an image: never anything but the promised result
 * or an error; and a sealed container that promises what it makes is applied,
 * and makes it again.
 *
 * data: see containers.h.
 */
#include <stdbool.h>

#include "backends.h"
#include "containers.h"
#include "src/host/engine.h"
#include "src/host/survey.h"

/* Containers for longer images are left to the target that only reads them. */
enum { XBZ_NEW_MAX = 1 << 18 };

static uint8_t xbz_new[XBZ_NEW_MAX];
static xbz_fuzz_container xbz_it;

static void xbz_ignore(const xbz_page_view *page, void *context) {
  (void)page;
  (void)context;
}

/* Whether it is a container; how long an image its blocks make up, if so. */
static bool xbz_measure(uint64_t *new_len) {
  xbz_source source = xbz_fuzz_container_source(&xbz_it);
  xbz_visitor visitor = {xbz_ignore, NULL};
  xbz_progress progress = {.enabled = false};
  xbz_survey survey;
  xbz_error error;
  bool accepted =
      xbz_survey_take(&survey, &source, &visitor, &progress, &error);
  *new_len = accepted ? survey.trailer.new_id.len : 0;
  return accepted;
}

static bool xbz_write(const xbz_sink *sink, const uint8_t *src, size_t len,
                      xbz_error *error) {
  if (len > XBZ_NEW_MAX - sink->offset)
    return xbz_fail(error, "no room");
  memcpy(xbz_new + sink->offset, src, len);
  return true;
}

/* Apply it; what came of it, checked against what was written. */
static bool xbz_try_apply(xbz_image_id *id) {
  xbz_source source = xbz_fuzz_container_source(&xbz_it), old_image;
  xbz_memory old_memory = {xbz_seal_image, xbz_it.old_len};
  xbz_sink sink = {"new", 0, xbz_write, NULL};
  xbz_progress progress = {.enabled = false};
  xbz_outcome outcome = {.backend = xbz_fuzz_backend(xbz_it.piece)};
  xbz_error error;
  xbz_memory_source(&old_image, "old", &old_memory);
  bool done =
      xbz_apply(&sink, &outcome, &old_image, &source, &progress, &error);
  *id = outcome.new_id;
  if (done) {
    xbz_image_id written;
    xbz_seal_id(&written, xbz_new, (size_t)sink.offset);
    XBZ_CHECK(written.len == id->len);
    XBZ_CHECK_BYTES(id->sha256, written.sha256, XBZ_SHA256_LEN);
  }
  return done;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  xbz_fuzz_input input = {data, size};
  xbz_image_id promised, made;
  uint64_t new_len = 0;
  xbz_it = xbz_fuzz_container_take(&input);
  bool accepted = xbz_measure(&new_len);
  if (new_len > XBZ_NEW_MAX)
    return 0;
  /* It takes room for a block, and with that its time: not for every input. */
  if (accepted || xbz_it.piece % 16 == 1)
    XBZ_CHECK(!xbz_try_apply(&promised) || accepted);
  if (accepted && xbz_it.sealed) {
    xbz_seal_digest(xbz_it.bytes, xbz_it.len, promised.sha256);
    XBZ_CHECK(xbz_try_apply(&made));
    XBZ_CHECK_BYTES(made.sha256, promised.sha256, XBZ_SHA256_LEN);
  }
  return 0;
}

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * Two images of any lengths: the delta of them is a container that, applied to
 * the old image, makes the new one, and both runs tell the same of it.
 *
 * data: a run-length stream and the length of the longer image (pages.h), then
 * which one is shorter, by how much, and the page size (1 byte). The old
 * image's length chooses the backend.
 */
#include <stdbool.h>

#include "backends.h"
#include "pages.h"
#include "src/host/engine.h"

enum { XBZ_DELTA_MAX = 1 << 16 };

/* A sink that keeps what it is given. */
typedef struct xbz_kept {
  uint8_t bytes[XBZ_DELTA_MAX];
} xbz_kept;

static xbz_kept xbz_delta;
static xbz_kept xbz_made;

static bool xbz_keep(const xbz_sink *sink, const uint8_t *src, size_t len,
                     xbz_error *error) {
  xbz_kept *kept = sink->context;
  (void)error;
  XBZ_CHECK(len <= XBZ_DELTA_MAX - sink->offset);
  memcpy(kept->bytes + sink->offset, src, len);
  return true;
}

static xbz_outcome xbz_try_diff(xbz_memory *old_image, xbz_memory *new_image,
                                size_t page_size) {
  xbz_source from, to;
  xbz_sink sink = {"delta", 0, xbz_keep, &xbz_delta};
  xbz_progress progress = {.enabled = false};
  xbz_outcome outcome = {.backend = xbz_fuzz_backend(old_image->len)};
  xbz_error error;
  xbz_memory_source(&from, "old", old_image);
  xbz_memory_source(&to, "new", new_image);
  XBZ_CHECK(
      xbz_diff(&sink, &outcome, &from, &to, page_size, &progress, &error));
  XBZ_CHECK(outcome.delta_len == sink.offset);
  return outcome;
}

static void xbz_try_apply(xbz_memory *old_image, const xbz_memory *new_image,
                          const xbz_outcome *made) {
  xbz_memory delta = {xbz_delta.bytes, (size_t)made->delta_len};
  xbz_source from, by;
  xbz_sink sink = {"new", 0, xbz_keep, &xbz_made};
  xbz_progress progress = {.enabled = false};
  xbz_outcome outcome = {.backend = xbz_fuzz_backend(old_image->len)};
  xbz_error error;
  xbz_memory_source(&from, "old", old_image);
  xbz_memory_source(&by, "delta", &delta);
  XBZ_CHECK(xbz_apply(&sink, &outcome, &from, &by, &progress, &error));
  XBZ_CHECK(sink.offset == new_image->len);
  XBZ_CHECK_BYTES(xbz_made.bytes, new_image->bytes, new_image->len);
  XBZ_CHECK(outcome.page_size == made->page_size);
  XBZ_CHECK(outcome.new_id.len == new_image->len);
  XBZ_CHECK(outcome.old_id.len == old_image->len);
  XBZ_CHECK(xbz_tally_pages(&outcome.tally) == xbz_tally_pages(&made->tally));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  xbz_fuzz_input input = {data, size};
  uint8_t mode = xbz_fuzz_take(&input);
  xbz_fuzz_pages pages = xbz_fuzz_pages_take(&input);
  size_t shorter = pages.len * (mode / 16) / 16;
  xbz_memory old_image = {pages.old_page, pages.len};
  xbz_memory new_image = {pages.new_page, pages.len};
  if (mode / 8 % 2 == 0)
    old_image.len -= shorter;
  else
    new_image.len -= shorter;
  size_t page_size = (size_t)512 << mode % 4;
  xbz_outcome made = xbz_try_diff(&old_image, &new_image, page_size);
  XBZ_CHECK(made.page_size == page_size);
  xbz_try_apply(&old_image, &new_image, &made);
  return 0;
}

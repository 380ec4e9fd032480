/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "trace_guest.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "keys.h"
#include "trace.h"
#include "tracker.h"

typedef struct xbz_trace_guest {
  xbz_trace_input input;
  xbz_source source;
  xbz_trace trace;
  xbz_keys keys;
  uint8_t *memory;   /* null until the trace was checked */
  uint64_t *written; /* bitmap: not reported yet */
  bool paused;
} xbz_trace_guest;

typedef bool xbz_visit_page(xbz_trace_guest *it, const xbz_trace_page *page,
                            xbz_error *error);

static bool xbz_rewind(xbz_trace_guest *it, xbz_error *error) {
  xbz_trace_close(&it->trace);
  return it->input.rewind(it->input.self, &it->source, error) &&
         xbz_trace_open(&it->trace, &it->source, error);
}

/* Go through the next round, if there is one. */
static xbz_step xbz_round(xbz_trace_guest *it, xbz_visit_page *visit,
                          xbz_error *error) {
  xbz_trace_page page;
  xbz_step step = xbz_trace_next_round(&it->trace, error);
  if (step != XBZ_STEP_ITEM)
    return step;
  while ((step = xbz_trace_next_page(&page, &it->trace, error)) ==
         XBZ_STEP_ITEM)
    if (!visit(it, &page, error))
      return XBZ_STEP_FAILED;
  return step == XBZ_STEP_END ? XBZ_STEP_ITEM : XBZ_STEP_FAILED;
}

/* The first time through: give the page a number. */
static bool xbz_count_page(xbz_trace_guest *it, const xbz_trace_page *page,
                           xbz_error *error) {
  uint32_t number = 0;
  uint64_t offset = page->record->offset;
  bool first = !xbz_keys_find(&number, &it->keys, page->record->key);
  if (first != ((page->record->flags & XBZ_TRACE_FIRST) != 0))
    return xbz_trace_fail(error, &it->trace, offset + 12,
                          first ? "first record of a page, not marked as such"
                                : "marked as the first record of its page");
  if (!first)
    return true;
  if (page->bytes == NULL)
    return xbz_trace_fail(error, &it->trace, offset + 12,
                          "first record of a page, without content");
  if (it->keys.count == XBZ_TRACE_PAGES_MAX)
    return xbz_trace_fail(error, &it->trace, offset, "too many pages");
  return xbz_keys_add(&it->keys, page->record->key) ||
         xbz_fail(error, "%s: no memory for its keys", it->source.name);
}

/* The second time: write it. */
static bool xbz_write_page(xbz_trace_guest *it, const xbz_trace_page *page,
                           xbz_error *error) {
  uint32_t number = 0;
  if (!xbz_keys_find(&number, &it->keys, page->record->key))
    return xbz_trace_fail(error, &it->trace, page->record->offset,
                          "has changed since it was checked");
  if (page->bytes != NULL)
    memcpy(it->memory + (size_t)number * XBZ_TRACE_PAGE_LEN, page->bytes,
           XBZ_TRACE_PAGE_LEN);
  xbz_bitmap_set(it->written, number);
  return true;
}

static bool xbz_go_on(xbz_trace_guest *it, xbz_error *error) {
  if (it->trace.round == it->trace.rounds)
    return true;
  return xbz_round(it, xbz_write_page, error) == XBZ_STEP_ITEM;
}

static bool xbz_trace_sync(void *self, uint64_t *dirty, xbz_error *error) {
  xbz_trace_guest *it = self;
  if (!it->paused && !xbz_go_on(it, error))
    return false;
  for (uint64_t i = 0; i < xbz_bitmap_words(it->keys.count); i++) {
    dirty[i] |= it->written[i];
    it->written[i] = 0;
  }
  return true;
}

static const uint8_t *xbz_trace_page_at(void *self, uint64_t page_no) {
  const xbz_trace_guest *it = self;
  return it->memory + (size_t)page_no * XBZ_TRACE_PAGE_LEN;
}

static bool xbz_trace_pause(void *self, xbz_error *error) {
  xbz_trace_guest *it = self;
  if (!it->paused && !xbz_go_on(it, error))
    return false;
  it->paused = true;
  return true;
}

static bool xbz_trace_resume(void *self, xbz_error *error) {
  xbz_trace_guest *it = self;
  (void)error;
  it->paused = false;
  return true;
}

static bool xbz_check_trace(xbz_trace_guest *it, xbz_error *error) {
  xbz_step step = XBZ_STEP_ITEM;
  if (!xbz_rewind(it, error))
    return false;
  while (step == XBZ_STEP_ITEM)
    step = xbz_round(it, xbz_count_page, error);
  return step == XBZ_STEP_END;
}

static bool xbz_make_memory(xbz_trace_guest *it, xbz_error *error) {
  uint64_t len = (uint64_t)it->keys.count * XBZ_TRACE_PAGE_LEN;
  if (len == 0 || len > SIZE_MAX / 2)
    return xbz_trace_fail(error, &it->trace, it->source.offset,
                          len == 0
                              ? "ends without a page"
                              : "more pages than this machine can address");
  void *memory = mmap(NULL, (size_t)len, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (memory == MAP_FAILED)
    return xbz_fail(error, "no memory for %zu bytes: %s", (size_t)len,
                    strerror(errno));
  it->memory = memory;
  it->written =
      calloc((size_t)xbz_bitmap_words(it->keys.count), sizeof *it->written);
  return it->written != NULL || xbz_fail(error, "no memory for a bitmap");
}

static void xbz_trace_guest_close(xbz_trace_guest *it) {
  if (it->memory != NULL)
    (void)munmap(it->memory, (size_t)it->keys.count * XBZ_TRACE_PAGE_LEN);
  free(it->written);
  xbz_keys_free(&it->keys);
  xbz_trace_close(&it->trace);
  it->input.close(it->input.self);
  free(it);
}

bool xbz_trace_guest_new(xbz_guest *guest, const xbz_trace_input *input,
                         xbz_error *error) {
  xbz_trace_guest *it = calloc(1, sizeof *it);
  if (it == NULL) {
    input->close(input->self);
    return xbz_fail(error, "no memory for a guest");
  }
  it->input = *input;
  if (!xbz_check_trace(it, error) || !xbz_make_memory(it, error) ||
      !xbz_rewind(it, error)) {
    xbz_trace_guest_close(it);
    return false;
  }
  *guest = (xbz_guest){.self = it,
                       .page_len = XBZ_TRACE_PAGE_LEN,
                       .pages = it->keys.count,
                       .sync = xbz_trace_sync,
                       .page = xbz_trace_page_at,
                       .pause = xbz_trace_pause,
                       .resume = xbz_trace_resume};
  return true;
}

void xbz_trace_guest_free(xbz_guest *guest) {
  xbz_trace_guest_close(guest->self);
}

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <stdlib.h>

#include "load.h"
#include "region.h"
#include "writers.h"

enum { XBZ_THREADS_MAX = 1024 };
#define XBZ_RATE_MIN 0.001

typedef struct xbz_load_guest {
  xbz_region region;
  xbz_writers *writers;
} xbz_load_guest;

static bool xbz_load_sync(void *self, uint64_t *dirty, xbz_error *error) {
  xbz_load_guest *it = self;
  return it->region.tracker.collect(it->region.tracker.self, dirty, error);
}

static const uint8_t *xbz_load_page(void *self, uint64_t page_no) {
  const xbz_load_guest *it = self;
  return it->region.span.bytes + page_no * it->region.span.page_len;
}

static bool xbz_load_pause(void *self, xbz_error *error) {
  const xbz_load_guest *it = self;
  (void)error;
  xbz_writers_pause(it->writers);
  return true;
}

static bool xbz_load_resume(void *self, xbz_error *error) {
  const xbz_load_guest *it = self;
  (void)error;
  xbz_writers_resume(it->writers);
  return true;
}

static bool xbz_load_options_valid(const xbz_load_options *options,
                                   xbz_error *error) {
  if (xbz_load_find(options->load) == NULL)
    return xbz_fail(error, "no load '%s'", options->load);
  if (options->threads == 0 || options->threads > XBZ_THREADS_MAX ||
      options->threads > options->pages)
    return xbz_fail(error, "%zu threads: not 1 to %d, nor more than pages",
                    options->threads, (int)XBZ_THREADS_MAX);
  if (options->rate != 0 && !(options->rate >= XBZ_RATE_MIN))
    return xbz_fail(error, "%g pages a second: not 0, nor %g or more",
                    options->rate, XBZ_RATE_MIN);
  return true;
}

static bool xbz_load_guest_open(xbz_load_guest *it,
                                const xbz_load_options *options,
                                xbz_error *error) {
  if (!xbz_region_open(&it->region, options->page_len, options->pages,
                       options->tracker, error))
    return false;
  it->writers = xbz_writers_start(&it->region.span, options, error);
  if (it->writers != NULL)
    return true;
  xbz_region_close(&it->region);
  return false;
}

bool xbz_load_guest_new(xbz_guest *guest, const xbz_load_options *options,
                        xbz_error *error) {
  if (!xbz_load_options_valid(options, error))
    return false;
  xbz_load_guest *it = malloc(sizeof *it);
  if (it == NULL)
    return xbz_fail(error, "no memory for a guest");
  if (!xbz_load_guest_open(it, options, error)) {
    free(it);
    return false;
  }
  *guest = (xbz_guest){.self = it,
                       .page_len = options->page_len,
                       .pages = options->pages,
                       .sync = xbz_load_sync,
                       .page = xbz_load_page,
                       .pause = xbz_load_pause,
                       .resume = xbz_load_resume};
  return true;
}

void xbz_load_guest_free(xbz_guest *guest) {
  xbz_load_guest *it = guest->self;
  xbz_writers_stop(it->writers);
  xbz_region_close(&it->region);
  free(it);
}

const char *xbz_load_guest_tracker(const xbz_guest *guest) {
  const xbz_load_guest *it = guest->self;
  return it->region.tracker.name;
}

uint64_t xbz_load_guest_turns(const xbz_guest *guest, size_t thread) {
  const xbz_load_guest *it = guest->self;
  return xbz_writers_turns(it->writers, thread);
}

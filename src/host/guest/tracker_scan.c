/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Tracking by the kernel: userfaultfd's write protection and PAGEMAP_SCAN. */
#include "tracker.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/userfaultfd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "pagemap_scan.h"

enum { XBZ_SCAN_REGIONS = 512 };

typedef struct xbz_scan {
  xbz_span span;
  int faults;  /* userfaultfd */
  int pagemap; /* of this process */
  xbz_page_region regions[XBZ_SCAN_REGIONS];
} xbz_scan;

static uint64_t xbz_address(const xbz_span *span) {
  return (uint64_t)(uintptr_t)span->bytes;
}

/* Pages of the machine in a row, as those of the span that have them. */
static void xbz_mark(uint64_t *dirty, const xbz_scan *it,
                     const xbz_page_region *region) {
  uint64_t page_len = it->span.page_len, base = xbz_address(&it->span);
  uint64_t last = (region->end - 1 - base) / page_len;
  for (uint64_t i = (region->start - base) / page_len; i <= last; i++)
    xbz_bitmap_set(dirty, i);
}

static bool xbz_scan_collect(void *self, uint64_t *dirty, xbz_error *error) {
  xbz_scan *it = self;
  xbz_pm_scan_arg arg = {
      .size = sizeof arg,
      .flags = XBZ_PM_SCAN_WP_MATCHING | XBZ_PM_SCAN_CHECK_WPASYNC,
      .start = xbz_address(&it->span),
      .end = xbz_address(&it->span) + it->span.pages * it->span.page_len,
      .vec = (uint64_t)(uintptr_t)it->regions,
      .vec_len = XBZ_SCAN_REGIONS,
      .category_mask = XBZ_PAGE_IS_WRITTEN,
      .return_mask = XBZ_PAGE_IS_WRITTEN,
  };
  for (; arg.start < arg.end; arg.start = arg.walk_end) {
    int found = ioctl(it->pagemap, XBZ_PAGEMAP_SCAN, &arg);
    if (found < 0)
      return xbz_fail(error, "PAGEMAP_SCAN: %s", strerror(errno));
    for (int i = 0; i < found; i++)
      xbz_mark(dirty, it, &it->regions[i]);
  }
  return true;
}

static void xbz_scan_close(void *self) {
  xbz_scan *it = self;
  if (it->pagemap >= 0)
    (void)close(it->pagemap);
  if (it->faults >= 0)
    (void)close(it->faults);
  free(it);
}

/* Protect every page, those without content too. */
static bool xbz_scan_arm(const xbz_scan *it, xbz_error *error) {
  struct uffdio_range range = {xbz_address(&it->span),
                               it->span.pages * it->span.page_len};
  struct uffdio_api api = {.api = UFFD_API,
                           .features = XBZ_UFFD_FEATURE_WP_ASYNC |
                                       XBZ_UFFD_FEATURE_WP_UNPOPULATED};
  struct uffdio_register all = {.range = range,
                                .mode = UFFDIO_REGISTER_MODE_WP};
  struct uffdio_writeprotect protect = {.range = range,
                                        .mode = UFFDIO_WRITEPROTECT_MODE_WP};
  if (ioctl(it->faults, UFFDIO_API, &api) != 0)
    return xbz_fail(error, "asynchronous write protection: %s",
                    strerror(errno));
  if (ioctl(it->faults, UFFDIO_REGISTER, &all) != 0)
    return xbz_fail(error, "UFFDIO_REGISTER: %s", strerror(errno));
  if (ioctl(it->faults, UFFDIO_WRITEPROTECT, &protect) != 0)
    return xbz_fail(error, "UFFDIO_WRITEPROTECT: %s", strerror(errno));
  return true;
}

static bool xbz_scan_start(xbz_scan *it, xbz_error *error) {
  it->faults =
      (int)syscall(SYS_userfaultfd, O_CLOEXEC | XBZ_UFFD_USER_MODE_ONLY);
  if (it->faults < 0)
    return xbz_fail(error, "userfaultfd: %s", strerror(errno));
  it->pagemap = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);
  if (it->pagemap < 0)
    return xbz_fail(error, "/proc/self/pagemap: %s", strerror(errno));
  /* To ask at once tells whether the kernel has it. */
  uint64_t *none =
      calloc((size_t)xbz_bitmap_words(it->span.pages), sizeof *none);
  bool done = none == NULL ? xbz_fail(error, "no memory to track pages")
                           : xbz_scan_arm(it, error) &&
                                 xbz_scan_collect(it, none, error);
  free(none);
  return done;
}

bool xbz_scan_open(xbz_tracker *tracker, const xbz_span *span,
                   xbz_error *error) {
  xbz_scan *it = malloc(sizeof *it);
  if (it == NULL)
    return xbz_fail(error, "no memory to track pages");
  it->span = *span;
  it->faults = -1;
  it->pagemap = -1;
  tracker->self = it;
  tracker->collect = xbz_scan_collect;
  tracker->close = xbz_scan_close;
  if (xbz_scan_start(it, error))
    return true;
  xbz_scan_close(it);
  return false;
}

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "region.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../../xbz.h"

static size_t xbz_unit(void) { return (size_t)sysconf(_SC_PAGESIZE); }

static bool xbz_sizes_valid(size_t page_len, uint64_t pages, xbz_error *error) {
  if (page_len == 0 || page_len > XBZ_PAGE_LEN_MAX || page_len % xbz_unit())
    return xbz_fail(error,
                    "page size %zu: not a multiple of this machine's, %zu, "
                    "up to %llu",
                    page_len, xbz_unit(), (unsigned long long)XBZ_PAGE_LEN_MAX);
  if (pages == 0 || pages > (SIZE_MAX / 2 - 2 * xbz_unit()) / page_len)
    return xbz_fail(error, "%llu pages of %zu bytes are no memory size",
                    (unsigned long long)pages, page_len);
  return true;
}

/* A page that nobody may touch lies before and behind: no neighbour is taken
   for a part of the region. */
static size_t xbz_mapped(const xbz_span *span) {
  return span->page_len * (size_t)span->pages + 2 * xbz_unit();
}

static void xbz_region_unmap(const xbz_span *span) {
  (void)munmap(span->bytes - xbz_unit(), xbz_mapped(span));
}

static bool xbz_region_map(xbz_span *span, xbz_error *error) {
  size_t len = xbz_mapped(span) - 2 * xbz_unit();
  span->bytes = mmap(NULL, xbz_mapped(span), PROT_NONE,
                     MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (span->bytes == MAP_FAILED)
    return xbz_fail(error, "no memory for %zu bytes: %s", len, strerror(errno));
  span->bytes += xbz_unit();
  if (mprotect(span->bytes, len, PROT_READ | PROT_WRITE) != 0) {
    (void)xbz_fail(error, "no memory for %zu bytes: %s", len, strerror(errno));
    xbz_region_unmap(span);
    return false;
  }
  /* Writes are told apart by page: a huge one would have to be split first. A
     kernel without them says no, which is as good. */
  (void)madvise(span->bytes, len, MADV_NOHUGEPAGE);
  return true;
}

bool xbz_region_open(xbz_region *region, size_t page_len, uint64_t pages,
                     const char *tracker, xbz_error *error) {
  region->span = (xbz_span){NULL, page_len, pages};
  if (!xbz_sizes_valid(page_len, pages, error) ||
      !xbz_region_map(&region->span, error))
    return false;
  if (xbz_tracker_open(&region->tracker, tracker, &region->span, error))
    return true;
  xbz_region_unmap(&region->span);
  return false;
}

void xbz_region_close(xbz_region *region) {
  region->tracker.close(region->tracker.self);
  xbz_region_unmap(&region->span);
}

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Who knows which pages of this process's memory were written. */
#ifndef XBZ_GUEST_TRACKER_H
#define XBZ_GUEST_TRACKER_H

#include <stddef.h>
#include <stdint.h>

#include "../error.h"

/*
 * Pages in a row. They start where a page of the machine does, and each is as
 * long as some of those.
 */
typedef struct xbz_span {
  uint8_t *bytes;
  size_t page_len;
  uint64_t pages;
} xbz_span;

/*
 *   collect  Add to dirty (xbz_guest has its form) the pages written since the
 *            last call, or since the tracker was opened, and start over. A page
 *            is looked at and protected again in one step: a write that happens
 *            meanwhile is in this bitmap or in the next.
 *   close    No more; nobody may write to the pages meanwhile.
 *
 * Called by one thread at a time; the pages may be written by any.
 */
typedef struct xbz_tracker {
  const char *name;
  void *self;
  bool (*collect)(void *self, uint64_t *dirty, xbz_error *error);
  void (*close)(void *self);
} xbz_tracker;

/* The names of all, the best first; null past the last. */
const char *xbz_tracker_name(size_t i);

/*
 * Watch span from now on, by the tracker of this name, or, where name is null,
 * by the first that this machine offers. What each of them cannot see:
 *
 *   pagemap   Nothing. The kernel marks the pages (userfaultfd, asynchronous
 *             write protection, Linux 6.7), and is asked for them.
 *   mprotect  What the kernel writes for a system call: read(2) into a page
 *             that is protected fails with EFAULT. A handler of SIGSEGV makes a
 *             page writable at its first write, and leaves alone what is none.
 */
bool xbz_tracker_open(xbz_tracker *tracker, const char *name,
                      const xbz_span *span, xbz_error *error);

/* The trackers themselves, and what they share. */
bool xbz_scan_open(xbz_tracker *tracker, const xbz_span *span,
                   xbz_error *error);
bool xbz_protect_open(xbz_tracker *tracker, const xbz_span *span,
                      xbz_error *error);

static inline uint64_t xbz_bitmap_words(uint64_t pages) {
  return pages / 64 + (pages % 64 != 0);
}

static inline void xbz_bitmap_set(uint64_t *bitmap, uint64_t page_no) {
  bitmap[page_no / 64] |= UINT64_C(1) << (page_no % 64);
}

static inline bool xbz_bitmap_get(const uint64_t *bitmap, uint64_t page_no) {
  return (bitmap[page_no / 64] >> (page_no % 64) & 1) != 0;
}

#endif

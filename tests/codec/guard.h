/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * Memory between two pages that may not be touched: a buffer placed at either
 * end makes an access beyond it fatal. Where a buffer ends inside the memory,
 * painted bytes around it show a stray write.
 */
#ifndef XBZ_TESTS_GUARD_H
#define XBZ_TESTS_GUARD_H

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "check.h"

enum { XBZ_GUARD_PAINT = 0xa5, XBZ_GUARD_MARGIN = 16 };

typedef struct xbz_guard {
  uint8_t *low;
  uint8_t *high;
} xbz_guard;

/* At least size usable bytes, [low, high). Never released. */
static inline xbz_guard xbz_guard_make(size_t size) {
  size_t unit = (size_t)sysconf(_SC_PAGESIZE);
  size_t usable = (size + unit - 1) / unit * unit;
  void *block = mmap(NULL, usable + 2 * unit, PROT_NONE,
                     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  XBZ_CHECK(block != MAP_FAILED);
  uint8_t *low = (uint8_t *)block + unit;
  XBZ_CHECK(mprotect(low, usable, PROT_READ | PROT_WRITE) == 0);
  return (xbz_guard){low, low + usable};
}

/* len bytes that end where the memory ends. */
static inline uint8_t *xbz_guard_tail(xbz_guard guard, size_t len) {
  return guard.high - len;
}

/* A copy of bytes[0..len) that ends where the memory ends. */
static inline uint8_t *xbz_guard_copy(xbz_guard guard, const uint8_t *bytes,
                                      size_t len) {
  uint8_t *tail = xbz_guard_tail(guard, len);
  if (len > 0)
    memcpy(tail, bytes, len);
  return tail;
}

static inline size_t xbz_guard_margin(size_t room) {
  return room < XBZ_GUARD_MARGIN ? room : XBZ_GUARD_MARGIN;
}

/* Paint at[0..len) and what the memory has around it. */
static inline void xbz_guard_paint(xbz_guard guard, uint8_t *at, size_t len) {
  size_t below = xbz_guard_margin((size_t)(at - guard.low));
  size_t above = xbz_guard_margin((size_t)(guard.high - at) - len);
  memset(at - below, XBZ_GUARD_PAINT, below + len + above);
}

/* All len bytes are, if the first is, and each is as the one before it. */
static inline void xbz_guard_check_painted(const uint8_t *at, size_t len) {
  if (len == 0)
    return;
  XBZ_CHECK_EQ(at[0], XBZ_GUARD_PAINT);
  XBZ_CHECK_BYTES(at + 1, at, len - 1);
}

/* The paint around at[0..len) is untouched. */
static inline void xbz_guard_check_around(xbz_guard guard, const uint8_t *at,
                                          size_t len) {
  size_t below = xbz_guard_margin((size_t)(at - guard.low));
  size_t above = xbz_guard_margin((size_t)(guard.high - at) - len);
  xbz_guard_check_painted(at - below, below);
  xbz_guard_check_painted(at + len, above);
}

/* From here on a write to the memory is fatal. */
static inline void xbz_guard_read_only(xbz_guard guard) {
  XBZ_CHECK(mprotect(guard.low, (size_t)(guard.high - guard.low), PROT_READ) ==
            0);
}

#endif

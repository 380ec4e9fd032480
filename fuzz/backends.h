/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* The backends of the codec that this machine can run: all are to agree. */
#ifndef XBZ_FUZZ_BACKENDS_H
#define XBZ_FUZZ_BACKENDS_H

#include "src/xbz_backend.h"
#include "tests/codec/check.h"

/* Their number, and a list of them. It takes long to ask: it is done once. */
static inline size_t xbz_fuzz_backends(const xbz_backend **list) {
  static xbz_backend usable[XBZ_BACKEND_COUNT];
  static size_t count;
  if (count == 0) {
    count = xbz_backend_list(usable, XBZ_BACKEND_COUNT);
    XBZ_CHECK(xbz_backend_detect() == usable[count - 1]);
    XBZ_CHECK(xbz_backend_list(NULL, 0) == count);
    XBZ_CHECK(!xbz_backend_usable((xbz_backend)XBZ_BACKEND_COUNT));
    for (size_t i = 0; i < count; i++)
      XBZ_CHECK(xbz_backend_usable(usable[i]));
  }
  *list = usable;
  return count;
}

/* One of them for any number. */
static inline xbz_backend xbz_fuzz_backend(size_t number) {
  const xbz_backend *list;
  size_t count = xbz_fuzz_backends(&list);
  XBZ_CHECK(count > 0);
  return list[number % count];
}

#endif

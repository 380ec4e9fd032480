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

#endif

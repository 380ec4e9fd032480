/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Anonymous memory of this process whose writes are tracked. */
#ifndef XBZ_GUEST_REGION_H
#define XBZ_GUEST_REGION_H

#include "tracker.h"

typedef struct xbz_region {
  xbz_span span; /* zeros at first */
  xbz_tracker tracker;
} xbz_region;

/*
 * page_len is a multiple of the machine's page, as far as the codec allows. A
 * null tracker stands for the best that there is.
 */
bool xbz_region_open(xbz_region *region, size_t page_len, uint64_t pages,
                     const char *tracker, xbz_error *error);
void xbz_region_close(xbz_region *region);

#endif

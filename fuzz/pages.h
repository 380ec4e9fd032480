/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * Two pages from an input, for the targets that encode. The data is a
 * run-length stream: pairs of numbers, how many bytes stay and how many change,
 * and for each changed byte what to XOR it with. Wherever the page or the data
 * ends, the stream may; so every input makes pages, and every encoding is one.
 */
#ifndef XBZ_FUZZ_PAGES_H
#define XBZ_FUZZ_PAGES_H

#include "fuzz.h"

/* Both end at a guard, and are overwritten by the next call. */
typedef struct xbz_fuzz_pages {
  const uint8_t *old_page;
  const uint8_t *new_page;
  size_t len;
} xbz_fuzz_pages;

/* Takes the length of the page (3 bytes) from the end of the input, and then
   all of its data. */
xbz_fuzz_pages xbz_fuzz_pages_take(xbz_fuzz_input *input);

#endif

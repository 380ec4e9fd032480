/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Pairs of pages to encode. */
#ifndef XBZ_TESTS_PAGES_H
#define XBZ_TESTS_PAGES_H

#include "random.h"

enum { XBZ_PATTERN_COUNT = 14 };

/* The changed byte's value everywhere in a pattern; unchanged ones are 0. */
enum { XBZ_PATTERN_CHANGED = 0x5a };

/*
 * Fill old_page[0..len) with zeros and new_page[0..len) by one of the fixed
 * patterns: none, all, first, last, both ends, all but an end, every second
 * byte, runs next to the lengths where a number grows.
 */
void xbz_pages_pattern(uint8_t *old_page, uint8_t *new_page, size_t len,
                       size_t pattern);

/* A pair as memory has them: runs of all sizes, sparse to dense. */
void xbz_pages_random(xbz_random *random, uint8_t *old_page, uint8_t *new_page,
                      size_t len);

#endif

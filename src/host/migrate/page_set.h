/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* A set of pages: a bitmap as xbz_guest has it. */
#ifndef XBZ_MIGRATE_PAGE_SET_H
#define XBZ_MIGRATE_PAGE_SET_H

#include <stdbool.h>
#include <stdint.h>

typedef struct xbz_page_set {
  uint64_t *words;
  uint64_t pages;
} xbz_page_set;

/* An empty set, or false: there is no memory for it. */
bool xbz_page_set_open(xbz_page_set *set, uint64_t pages);
void xbz_page_set_close(xbz_page_set *set);

void xbz_page_set_fill(xbz_page_set *set);
void xbz_page_set_clear(xbz_page_set *set);
/* Move all of other into set. */
void xbz_page_set_take(xbz_page_set *set, xbz_page_set *other);
uint64_t xbz_page_set_count(const xbz_page_set *set);
/* How many pages are in one of both. */
uint64_t xbz_page_set_union(const xbz_page_set *set, const xbz_page_set *other);
/* The first page of the set from some page on; pages if there is none. */
uint64_t xbz_page_set_next(const xbz_page_set *set, uint64_t from);

static inline bool xbz_page_set_has(const xbz_page_set *set, uint64_t page_no) {
  return (set->words[page_no / 64] >> (page_no % 64) & 1) != 0;
}

static inline void xbz_page_set_add(xbz_page_set *set, uint64_t page_no) {
  set->words[page_no / 64] |= UINT64_C(1) << (page_no % 64);
}

static inline void xbz_page_set_remove(xbz_page_set *set, uint64_t page_no) {
  set->words[page_no / 64] &= ~(UINT64_C(1) << (page_no % 64));
}

#endif

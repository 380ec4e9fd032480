/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Where the pages of a measurement lie: memory that fits into one level of the
 * machine's caches, or into none. */
#ifndef XBZ_BENCH_ARENA_H
#define XBZ_BENCH_ARENA_H

#include "contender.h"
#include "sample.h"

typedef enum xbz_level {
  XBZ_LEVEL_L1, /* one pair, again and again */
  XBZ_LEVEL_L2,
  XBZ_LEVEL_L3,
  XBZ_LEVEL_DRAM,
  XBZ_LEVEL_COUNT
} xbz_level;

extern const char *const xbz_level_names[XBZ_LEVEL_COUNT];

/* How many bytes of pages to use for each level, by the sizes that the system
 * tells, or by usual ones where it tells none. */
void xbz_level_sizes(size_t sizes[XBZ_LEVEL_COUNT]);

/* How many pairs of the sample make up the level; 0: it cannot be measured. */
size_t xbz_level_slots(const xbz_sample *sample, xbz_level level, size_t size);

/*
 * Slots for a pair each, walked in a fixed random order. On the walk the pairs
 * of the sample follow one another, so that any `classes` slots in a row from
 * a multiple of `classes` have each pair once.
 */
typedef struct xbz_arena {
  const xbz_sample *sample;
  size_t slots, classes, at; /* at: the next place of the walk */
  size_t map_len;
  uint8_t *map, *old_pages, *new_pages, *cached; /* each slots pages */
  uint8_t *dst;                                  /* two pages */
  uint32_t *order;
  bool *sent; /* by slot: cached is the new page, so send the old one */
} xbz_arena;

/* To be freed with xbz_arena_close, also after a failure. */
bool xbz_arena_open(xbz_arena *arena, const xbz_sample *sample, size_t slots,
                    xbz_error *error);
void xbz_arena_close(xbz_arena *arena);

/* The pair of the sample that is next on the walk, and its slot's task; nothing
 * packed in it. Steps on. */
size_t xbz_arena_next(xbz_arena *arena, xbz_task *task, xbz_op op);

#endif

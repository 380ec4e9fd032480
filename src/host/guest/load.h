/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Programs that write to memory in a known way, as the guest of a migration. */
#ifndef XBZ_GUEST_LOAD_H
#define XBZ_GUEST_LOAD_H

#include "../migrate/guest.h"

/* Pages in a row to which one writer alone writes, and what it has got to. */
typedef struct xbz_load_part {
  uint64_t *words;
  size_t page_words;
  uint64_t first, pages; /* the number of the first page, and how many */
  uint64_t turn;         /* how often the load was called */
  uint64_t random;       /* never 0 */
} xbz_load_part;

typedef struct xbz_load {
  const char *name;
  const char *description;
  /* Write to a page, or to none: the same from the same part. */
  void (*write)(xbz_load_part *part);
} xbz_load;

/* All loads; null past the last. Null if there is none of this name. */
const xbz_load *xbz_load_at(size_t i);
const xbz_load *xbz_load_find(const char *name);

/* The part of writer i of count: its pages of the memory, and its dice. */
xbz_load_part xbz_load_part_of(uint8_t *memory, size_t page_len, uint64_t pages,
                               size_t i, size_t count, uint64_t seed);

typedef struct xbz_load_options {
  size_t page_len;
  uint64_t pages;
  const char *load;    /* name */
  const char *tracker; /* name (tracker.h); null: the best there is */
  size_t threads;      /* that write, each to its own pages: 1 to pages */
  double rate; /* pages a second of all together; 0.001 or more; 0: no limit */
  uint64_t seed;
} xbz_load_options;

/*
 * Memory of zeros, and threads that write to it from now on. What a thread
 * writes in its nth turn depends on the options but rate and tracker, and on
 * nothing else.
 */
bool xbz_load_guest_new(xbz_guest *guest, const xbz_load_options *options,
                        xbz_error *error);
void xbz_load_guest_free(xbz_guest *guest);

/* The name of its tracker; how many turns a thread has had. */
const char *xbz_load_guest_tracker(const xbz_guest *guest);
uint64_t xbz_load_guest_turns(const xbz_guest *guest, size_t thread);

#endif

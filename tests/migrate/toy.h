/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* A guest that writes when it is looked at: the same way every time. */
#ifndef XBZ_TESTS_MIGRATE_TOY_H
#define XBZ_TESTS_MIGRATE_TOY_H

#include "src/host/migrate/control.h"
#include "src/host/migrate/guest.h"
#include "tests/codec/random.h"

#define XBZ_TOY_ACTS 4

/* Something that happens just before some page is looked at. */
typedef struct xbz_toy_act {
  uint64_t look; /* the number of the look, from 1 on; 0: never */
  bool cancel;   /* else the cache gets a size */
  uint64_t cache_size;
} xbz_toy_act;

typedef struct xbz_toy {
  xbz_guest guest;
  uint8_t *memory;
  uint64_t *written; /* a bitmap: since the last sync */
  xbz_random random;
  size_t writes;      /* at most so many before a sync */
  unsigned calm_from; /* no more writes after so many syncs */
  unsigned syncs;
  uint64_t looks;  /* at pages */
  bool everywhere; /* one byte of each page before each sync, and no more */
  bool paused;
  bool mute; /* its tracker is broken: it tells of no write */
  xbz_control *control;
  xbz_toy_act acts[XBZ_TOY_ACTS];
} xbz_toy;

void xbz_toy_open(xbz_toy *toy, xbz_control *control, uint64_t seed,
                  size_t page_len, uint64_t pages);
void xbz_toy_close(xbz_toy *toy);

#endif

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* The memory that a migration moves, and who knows what was written to it. */
#ifndef XBZ_MIGRATE_GUEST_H
#define XBZ_MIGRATE_GUEST_H

#include <stddef.h>
#include <stdint.h>

#include "../error.h"

/*
 * A hypervisor fills this in. Pages are numbered from 0. A dirty bitmap has
 * (pages + 63) / 64 words; page p is bit p % 64 of word p / 64.
 *
 *   sync    Add to dirty every page written since the last call, or since the
 *           guest began, and start over. A write that happens meanwhile is in
 *           this bitmap or in the next. The first call may set every page.
 *   page    The page_len bytes of a page, as they are now. The guest may write
 *           to them at any time; one reading counts (PROTOCOL.md [P-24]).
 *   pause   Stop every writer; once it answers, no byte changes.
 *   resume  Let them go on: the migration failed or was cancelled.
 *
 * All are called by the one thread that sends. sync, pause and resume answer
 * false with *error set when they cannot; the migration then fails cleanly.
 */
typedef struct xbz_guest {
  void *self;
  size_t page_len;
  uint64_t pages;
  bool (*sync)(void *self, uint64_t *dirty, xbz_error *error);
  const uint8_t *(*page)(void *self, uint64_t page_no);
  bool (*pause)(void *self, xbz_error *error);
  bool (*resume)(void *self, xbz_error *error);
} xbz_guest;

#endif

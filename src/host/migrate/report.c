/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <stdio.h>

#include "clock.h"
#include "migration.h"

/* Seconds between two reports. */
#define XBZ_REPORT_EVERY 0.2

void xbz_migration_publish(xbz_migration *migration, xbz_state state) {
  xbz_migrate_info *info = &migration->info;
  const double now = xbz_clock();
  info->state = state;
  info->limits = xbz_control_limits(migration->control);
  info->seconds = now - migration->began;
  info->downtime =
      migration->stood + (migration->paused ? now - migration->paused_at : 0);
  info->remaining =
      xbz_page_set_count(&migration->dirty) * migration->guest->page_len;
  info->bandwidth = migration->pace.bandwidth;
  info->dirty_rate = migration->pace.dirty_rate;
  info->counters = migration->cache.sender.counters;
  info->cache_size = migration->cache.size;
  migration->published = now;
  xbz_control_publish(migration->control, info);
}

/* Deltas need a receiver that takes them. In the last round no page enters the
   cache, so its size no longer matters. */
static void xbz_tick_resize(xbz_migration *migration) {
  const uint64_t size = (migration->can & XBZ_CAN_DELTA) != 0
                            ? xbz_control_limits(migration->control).cache_size
                            : 0;
  if (!migration->paused && !xbz_send_cache_resize(&migration->cache, size))
    (void)snprintf(migration->info.notice, sizeof migration->info.notice,
                   "no memory for a cache of %llu bytes: it has %llu as before",
                   (unsigned long long)size,
                   (unsigned long long)migration->cache.size);
}

void xbz_migration_report(void *self) {
  xbz_migration *migration = self;
  if (xbz_clock() - migration->published >= XBZ_REPORT_EVERY)
    xbz_migration_publish(migration, migration->info.state);
}

bool xbz_migration_tick(xbz_migration *migration) {
  if (xbz_control_cancelled(migration->control))
    return xbz_stop(&migration->verdict, XBZ_END_CANCELLED, "cancelled");
  xbz_tick_resize(migration);
  xbz_migration_report(migration);
  return true;
}

void xbz_migration_rate(xbz_migration *migration, uint64_t pages) {
  const xbz_counters *now = &migration->cache.sender.counters;
  const xbz_counters *then = &migration->round_counters;
  const uint64_t bytes = now->bytes - then->bytes;
  const uint64_t encoded =
      (now->pages - then->pages) * migration->guest->page_len;
  migration->info.cache_miss_rate =
      pages == 0 ? 0 : (double)(now->miss - then->miss) / (double)pages;
  migration->info.encoding_rate =
      bytes == 0 ? 0 : (double)encoded / (double)bytes;
}

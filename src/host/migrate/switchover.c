/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* How both sides come to have the same pages, and one of them the guest. */
#include <inttypes.h>

#include "clock.h"
#include "migration.h"

/* Digests of consecutive pages, for one record. */
#define XBZ_RUN_MAX 256u

typedef struct xbz_run {
  uint64_t first, count;
  uint8_t digests[XBZ_RUN_MAX * XBZ_DIGEST_LEN];
} xbz_run;

static bool xbz_run_put(xbz_migration *migration, xbz_run *run) {
  const uint32_t len = (uint32_t)run->count * XBZ_DIGEST_LEN;
  run->count = 0;
  return len == 0 ||
         xbz_outbox_put(
             &migration->outbox,
             (xbz_wire){{run->first, len, XBZ_WIRE_DIGESTS}, run->digests},
             &migration->verdict);
}

static bool xbz_run_add(xbz_migration *migration, xbz_run *run,
                        uint64_t page_no) {
  xbz_guest *guest = migration->guest;
  if ((run->count == XBZ_RUN_MAX || page_no != run->first + run->count) &&
      !xbz_run_put(migration, run))
    return false;
  if (run->count == 0)
    run->first = page_no;
  if (!xbz_digest(run->digests + run->count * XBZ_DIGEST_LEN, XBZ_DIGEST_LEN,
                  guest->page(guest->self, page_no), guest->page_len))
    return xbz_stop(&migration->verdict, XBZ_END_FAILED, "SHA-256 fails");
  run->count++;
  xbz_page_set_remove(&migration->unverified, page_no);
  return true;
}

bool xbz_migration_survey(xbz_migration *migration) {
  const xbz_page_set *set = &migration->unverified;
  const double begin = xbz_clock();
  xbz_run run = {0};
  uint64_t pages = 0;
  for (uint64_t p = xbz_page_set_next(set, 0); p < set->pages;
       p = xbz_page_set_next(set, p + 1)) {
    if (xbz_page_set_has(&migration->dirty, p))
      continue;
    if (!xbz_migration_tick(migration) || !xbz_run_add(migration, &run, p))
      return false;
    pages++;
  }
  if (!xbz_run_put(migration, &run) ||
      !xbz_outbox_flush(&migration->outbox, &migration->verdict))
    return false;
  xbz_pace_compare(&migration->pace, pages, xbz_clock() - begin);
  return true;
}

static bool xbz_switch_pause(xbz_migration *migration) {
  xbz_guest *guest = migration->guest;
  if (migration->paused)
    return true;
  if (!guest->pause(guest->self, migration->verdict.error))
    return xbz_stopped(&migration->verdict, XBZ_END_FAILED);
  migration->paused = true;
  migration->paused_at = xbz_clock();
  return true;
}

static bool xbz_switch_compare(xbz_migration *migration) {
  const uint64_t pages = migration->guest->pages;
  xbz_wire answer;
  if (!xbz_migration_survey(migration) ||
      !xbz_migration_mark(migration, XBZ_WIRE_END, pages) ||
      !xbz_migration_answer(migration, &answer, XBZ_WIRE_RESULT))
    return false;
  if (answer.head.number != pages)
    return xbz_stop(&migration->verdict, XBZ_END_FAILED,
                    "page %" PRIu64 " differs at the receiver",
                    answer.head.number);
  return true;
}

/* Once it may have been received, only an error says that the receiver has not
   taken over [M-36]. */
static bool xbz_switch_commit(xbz_migration *migration) {
  xbz_wire answer;
  if (!xbz_migration_mark(migration, XBZ_WIRE_COMMIT,
                          migration->guest->pages)) {
    migration->committed = !migration->outbox.whole;
    return false;
  }
  migration->committed = true;
  if (!xbz_inbox_next(&migration->inbox, &answer, &migration->verdict))
    return false;
  if (answer.head.kind == XBZ_WIRE_COMMIT)
    return true;
  migration->committed = answer.head.kind != XBZ_WIRE_ERROR;
  return xbz_inbox_told(&answer, "receiver", &migration->verdict);
}

bool xbz_migration_switch(xbz_migration *migration) {
  if (!xbz_switch_pause(migration))
    return false;
  xbz_migration_publish(migration, XBZ_STATE_SWITCHOVER);
  if (!xbz_migration_sync(migration))
    return false;
  xbz_sender_last(&migration->cache.sender);
  return xbz_migration_round(migration) && xbz_switch_compare(migration) &&
         xbz_switch_commit(migration);
}

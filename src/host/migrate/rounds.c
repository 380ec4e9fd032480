/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Rounds over the dirty pages, and when there were enough [M-30]. */
#include <inttypes.h>
#include <string.h>

#include "clock.h"
#include "migration.h"
#include "packer.h"

/* A guest may not know that the last word has bits to spare. */
static void xbz_dirty_trim(xbz_page_set *dirty) {
  if (dirty->pages % 64 != 0)
    dirty->words[dirty->pages / 64] &= (UINT64_C(1) << (dirty->pages % 64)) - 1;
}

bool xbz_migration_sync(xbz_migration *migration) {
  xbz_guest *guest = migration->guest;
  xbz_page_set *dirty = &migration->dirty;
  const uint64_t before = xbz_page_set_count(dirty);
  double now = 0;
  if (!guest->sync(guest->self, dirty->words, migration->verdict.error))
    return xbz_stopped(&migration->verdict, XBZ_END_FAILED);
  xbz_dirty_trim(dirty);
  xbz_sender_sync(&migration->cache.sender);
  now = xbz_clock();
  if (now > migration->synced)
    migration->pace.dirty_rate = (double)(xbz_page_set_count(dirty) - before) /
                                 (now - migration->synced);
  migration->synced = now;
  return true;
}

/* A delta behind the digest of what it applies to [M-21]. */
static bool xbz_page_checked(xbz_migration *migration, xbz_message message) {
  const uint32_t len = (uint32_t)message.len + XBZ_BASE_LEN;
  memcpy(migration->scratch + XBZ_BASE_LEN, message.bytes, message.len);
  return xbz_outbox_put(
      &migration->outbox,
      (xbz_wire){{message.page_no, len, XBZ_WIRE_CHECKED}, migration->scratch},
      &migration->verdict);
}

/* A raw page, compressed if that makes it shorter [M-22]. */
static bool xbz_page_raw(xbz_migration *migration, xbz_message message) {
  xbz_wire record = {{message.page_no, (uint32_t)message.len, message.kind},
                     message.bytes};
  const size_t packed =
      (migration->can & XBZ_CAN_PACK) != 0
          ? xbz_packer_pack(migration->scratch, message.bytes, message.len)
          : 0;
  if (packed > 0)
    record = (xbz_wire){{message.page_no, (uint32_t)packed, XBZ_WIRE_PACKED},
                        migration->scratch};
  return xbz_outbox_put(&migration->outbox, record, &migration->verdict);
}

static bool xbz_page_message(xbz_migration *migration, xbz_message message) {
  if (message.kind == XBZ_KIND_DELTA && (migration->can & XBZ_CAN_CHECK) != 0)
    return xbz_page_checked(migration, message);
  if (message.kind == XBZ_KIND_RAW)
    return xbz_page_raw(migration, message);
  if (message.kind == XBZ_KIND_NONE)
    return true;
  return xbz_outbox_put(
      &migration->outbox,
      (xbz_wire){{message.page_no, (uint32_t)message.len, message.kind},
                 message.bytes},
      &migration->verdict);
}

/* Digest of the bytes that a delta would apply to: the step replaces them. */
static bool xbz_page_base(xbz_migration *migration, uint64_t page_no) {
  const uint8_t *base = NULL;
  if ((migration->can & XBZ_CAN_CHECK) == 0)
    return true;
  base = xbz_send_cache_base(&migration->cache, page_no);
  return base == NULL ||
         xbz_digest(migration->scratch, XBZ_BASE_LEN, base,
                    migration->guest->page_len) ||
         xbz_stop(&migration->verdict, XBZ_END_FAILED, "SHA-256 fails");
}

static bool xbz_page_send(xbz_migration *migration, uint64_t page_no) {
  xbz_guest *guest = migration->guest;
  if (!xbz_page_base(migration, page_no))
    return false;
  xbz_page_set_remove(&migration->dirty, page_no);
  xbz_page_set_add(&migration->unacked, page_no);
  xbz_page_set_add(&migration->unverified, page_no);
  return xbz_page_message(migration,
                          xbz_sender_page(&migration->cache.sender, page_no,
                                          guest->page(guest->self, page_no))
                              .message);
}

static bool xbz_round_walk(xbz_migration *migration, uint64_t *pages) {
  const xbz_page_set *dirty = &migration->dirty;
  for (uint64_t p = xbz_page_set_next(dirty, 0); p < dirty->pages;
       p = xbz_page_set_next(dirty, p + 1)) {
    if (!xbz_migration_tick(migration) || !xbz_page_send(migration, p))
      return false;
    ++*pages;
  }
  return true;
}

/* All before is applied once the receiver says so [M-32]. */
static bool xbz_round_acknowledged(xbz_migration *migration) {
  const uint64_t round = migration->completed + 1;
  xbz_wire answer;
  migration->asked = true;
  if (!xbz_migration_mark(migration, XBZ_WIRE_ROUND, round) ||
      !xbz_migration_answer(migration, &answer, XBZ_WIRE_ACK))
    return false;
  if (answer.head.number != round)
    return xbz_stop(&migration->verdict, XBZ_END_FAILED,
                    "the receiver acknowledges round %" PRIu64 ", not %" PRIu64,
                    answer.head.number, round);
  migration->asked = false;
  migration->completed = round;
  xbz_page_set_clear(&migration->unacked);
  return true;
}

bool xbz_migration_round(xbz_migration *migration) {
  const bool bulk = migration->completed == 0;
  const double begin = xbz_clock();
  const uint64_t sent = migration->info.transferred;
  uint64_t pages = 0;
  migration->info.round = migration->completed + 1;
  migration->round_counters = migration->cache.sender.counters;
  xbz_migration_publish(migration, migration->info.state);
  if (!xbz_round_walk(migration, &pages) || !xbz_round_acknowledged(migration))
    return false;
  xbz_pace_round(&migration->pace, bulk, pages,
                 migration->info.transferred - sent, xbz_clock() - begin);
  xbz_migration_rate(migration, pages);
  if (bulk && (migration->can & XBZ_CAN_DELTA) != 0)
    xbz_send_cache_activate(&migration->cache);
  return true;
}

/* What is to be done next [M-33]. */
typedef enum xbz_next {
  XBZ_NEXT_ROUND,
  XBZ_NEXT_SURVEY, /* only the comparison would take too long */
  XBZ_NEXT_SWITCH
} xbz_next;

static xbz_next xbz_migration_next(xbz_migration *migration, bool surveyed) {
  const xbz_limits limits = xbz_control_limits(migration->control);
  const double downtime = (double)limits.downtime_ms / 1000;
  const double send =
      xbz_pace_to_send(&migration->pace, xbz_page_set_count(&migration->dirty),
                       limits.bandwidth);
  const double compare = xbz_pace_to_compare(
      &migration->pace,
      xbz_page_set_union(&migration->dirty, &migration->unverified));
  migration->info.expected_downtime = send + compare;
  if (migration->completed == 0 || send > downtime)
    return XBZ_NEXT_ROUND;
  if (send + compare <= downtime)
    return XBZ_NEXT_SWITCH;
  return surveyed ? XBZ_NEXT_ROUND : XBZ_NEXT_SURVEY;
}

static bool xbz_migration_too_long(xbz_migration *migration) {
  const xbz_limits limits = xbz_control_limits(migration->control);
  if (limits.rounds == 0 || migration->completed < limits.rounds)
    return false;
  (void)xbz_stop(&migration->verdict, XBZ_END_FAILED,
                 "not converged in %" PRIu64 " rounds: %" PRIu64
                 " pages are dirty, the guest would stand still for %.0f ms, "
                 "and may for %" PRIu64 " ms",
                 migration->completed, xbz_page_set_count(&migration->dirty),
                 migration->info.expected_downtime * 1000, limits.downtime_ms);
  return true;
}

bool xbz_migration_converge(xbz_migration *migration) {
  bool surveyed = false;
  for (;;) {
    xbz_next next = XBZ_NEXT_ROUND;
    if (!xbz_migration_sync(migration))
      return false;
    next = xbz_migration_next(migration, surveyed);
    if (next == XBZ_NEXT_SWITCH)
      return true;
    surveyed = next == XBZ_NEXT_SURVEY;
    if (next == XBZ_NEXT_SURVEY ? !xbz_migration_survey(migration)
                                : xbz_migration_too_long(migration) ||
                                      !xbz_migration_round(migration))
      return false;
    xbz_migration_publish(migration, XBZ_STATE_ACTIVE);
  }
}

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "migration.h"

#include <stdlib.h>
#include <string.h>

#include "clock.h"

xbz_migration *xbz_migration_new(xbz_guest *guest, xbz_control *control,
                                 const xbz_wishes *wishes, xbz_error *error) {
  xbz_migration *migration = calloc(1, sizeof *migration);
  if (migration != NULL) {
    migration->guest = guest;
    migration->control = control;
    migration->wishes = *wishes;
    migration->scratch = malloc(guest->page_len + XBZ_BASE_LEN);
    if (xbz_page_set_open(&migration->dirty, guest->pages) &&
        xbz_page_set_open(&migration->unacked, guest->pages) &&
        xbz_page_set_open(&migration->unverified, guest->pages) &&
        xbz_send_cache_open(&migration->cache, guest->page_len, guest->pages,
                            xbz_control_limits(control).cache_ways,
                            wishes->backend) &&
        migration->scratch != NULL)
      return migration;
  }
  xbz_migration_free(migration);
  (void)xbz_fail(error, "no memory to send %llu pages of %zu bytes",
                 (unsigned long long)guest->pages, guest->page_len);
  return NULL;
}

void xbz_migration_free(xbz_migration *migration) {
  if (migration == NULL)
    return;
  xbz_page_set_close(&migration->dirty);
  xbz_page_set_close(&migration->unacked);
  xbz_page_set_close(&migration->unverified);
  xbz_send_cache_close(&migration->cache);
  free(migration->scratch);
  free(migration);
}

bool xbz_migration_mark(xbz_migration *migration, xbz_wire_kind kind,
                        uint64_t number) {
  const xbz_wire record = {{number, 0, (uint8_t)kind}, NULL};
  return xbz_outbox_put(&migration->outbox, record, &migration->verdict) &&
         xbz_outbox_flush(&migration->outbox, &migration->verdict);
}

bool xbz_migration_answer(xbz_migration *migration, xbz_wire *answer,
                          xbz_wire_kind kind) {
  return xbz_inbox_next(&migration->inbox, answer, &migration->verdict) &&
         (answer->head.kind == kind ||
          xbz_inbox_told(answer, "receiver", &migration->verdict));
}

static bool xbz_migration_open(xbz_migration *migration, xbz_link *link) {
  migration->outbox = (xbz_outbox){.inbox = &migration->inbox,
                                   .control = migration->control,
                                   .sent = &migration->info.transferred,
                                   .report = xbz_migration_report,
                                   .self = migration};
  return xbz_inbox_open(&migration->inbox, link, &migration->verdict) &&
         xbz_outbox_open(&migration->outbox, migration->guest->page_len,
                         &migration->verdict);
}

static bool xbz_migration_run(xbz_migration *migration, xbz_link *link) {
  if (!xbz_migration_open(migration, link) || !xbz_migration_greet(migration))
    return false;
  if (migration->committed)
    return true;
  if (!migration->paused && !xbz_migration_converge(migration))
    return false;
  return xbz_migration_switch(migration);
}

/* Let the receiver know that nothing more comes, and why. */
static void xbz_migration_part(xbz_migration *migration) {
  const char *text = migration->verdict.error->text;
  size_t len = strnlen(text, XBZ_WIRE_TEXT_MAX);
  if (migration->outbox.bytes == NULL)
    return;
  if (migration->verdict.ending == XBZ_END_CANCELLED)
    xbz_outbox_parting(&migration->outbox,
                       (xbz_wire){{0, 0, XBZ_WIRE_CANCEL}, NULL});
  if (migration->verdict.ending == XBZ_END_FAILED)
    xbz_outbox_parting(
        &migration->outbox,
        (xbz_wire){{0, (uint32_t)len, XBZ_WIRE_ERROR}, (const uint8_t *)text});
}

static void xbz_migration_resume(xbz_migration *migration) {
  xbz_error why;
  if (!migration->paused)
    return;
  migration->paused = false;
  migration->stood += xbz_clock() - migration->paused_at;
  if (migration->guest->resume(migration->guest->self, &why))
    return;
  (void)xbz_stop(&migration->verdict, XBZ_END_FAILED,
                 "the guest cannot be resumed: %s", why.text);
}

/* It did not end well. Where the receiver may run the guest already, it must
   not run here too. */
static void xbz_migration_fail(xbz_migration *migration) {
  xbz_verdict *verdict = &migration->verdict;
  if (migration->committed) {
    const xbz_error why = *verdict->error;
    (void)xbz_stop(verdict, XBZ_END_LOST,
                   "the receiver may have taken over, so the guest here stays "
                   "paused: %.900s",
                   why.text);
    return;
  }
  if (verdict->ending == XBZ_END_LOST &&
      xbz_control_cancelled(migration->control))
    (void)xbz_stop(verdict, XBZ_END_CANCELLED, "cancelled");
  xbz_migration_part(migration);
  xbz_migration_resume(migration);
  if (verdict->ending != XBZ_END_LOST)
    migration->begun = false;
}

xbz_ending xbz_migration_send(xbz_migration *migration, xbz_link *link,
                              xbz_error *error) {
  static const xbz_state states[] = {
      [XBZ_END_EQUAL] = XBZ_STATE_COMPLETED,
      [XBZ_END_CANCELLED] = XBZ_STATE_CANCELLED,
      [XBZ_END_LOST] = XBZ_STATE_SETUP,
      [XBZ_END_FAILED] = XBZ_STATE_FAILED,
  };
  migration->verdict = (xbz_verdict){XBZ_END_EQUAL, error};
  (void)xbz_fail(error, "no reason given");
  if (!xbz_migration_run(migration, link))
    xbz_migration_fail(migration);
  xbz_outbox_close(&migration->outbox);
  xbz_inbox_close(&migration->inbox);
  xbz_migration_publish(migration, states[migration->verdict.ending]);
  return migration->verdict.ending;
}

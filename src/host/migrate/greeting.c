/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* How the sender begins a connection [M-10]. */
#include <inttypes.h>
#include <string.h>
#include <sys/random.h>

#include "clock.h"
#include "migration.h"
#include "packer.h"

/* A session that no receiver knows. */
static bool xbz_session_begin(xbz_migration *migration) {
  if (getrandom(migration->session, XBZ_WIRE_SESSION, 0) != XBZ_WIRE_SESSION)
    return xbz_stop(&migration->verdict, XBZ_END_FAILED,
                    "no random number for the session");
  memset(&migration->info, 0, sizeof migration->info);
  migration->info.page_len = migration->guest->page_len;
  migration->info.pages = migration->guest->pages;
  migration->info.total = migration->info.pages * migration->info.page_len;
  migration->completed = 0;
  migration->asked = false;
  migration->stood = 0;
  migration->began = migration->synced = xbz_clock();
  xbz_pace_begin(&migration->pace, migration->guest->page_len);
  migration->begun = true;
  return true;
}

static uint32_t xbz_session_wishes(const xbz_wishes *wishes) {
  return (wishes->delta ? XBZ_CAN_DELTA : 0u) |
         (wishes->delta && wishes->base_digest ? XBZ_CAN_CHECK : 0u) |
         (wishes->compress && xbz_packer_usable() ? XBZ_CAN_PACK : 0u);
}

/* What the receiver has decides what is sent again [M-41]. A claim that cannot
   be does not say that it has not taken over [M-36]. */
static bool xbz_session_resume(xbz_migration *migration, uint64_t rounds) {
  if (rounds == XBZ_WIRE_COMPLETE && migration->committed)
    return true;
  if (rounds == 0) {
    migration->completed = 0;
    xbz_page_set_fill(&migration->dirty);
    xbz_page_set_clear(&migration->unacked);
  } else if (migration->asked && rounds == migration->completed + 1) {
    migration->completed = rounds;
    xbz_page_set_clear(&migration->unacked);
  } else if (rounds == migration->completed) {
    xbz_page_set_take(&migration->dirty, &migration->unacked);
  } else {
    return xbz_stop(&migration->verdict, XBZ_END_FAILED,
                    "the receiver claims %" PRIu64 " rounds, of %" PRIu64,
                    rounds, migration->completed);
  }
  migration->committed = false;
  migration->asked = false;
  xbz_page_set_fill(&migration->unverified);
  xbz_send_cache_begin(&migration->cache, migration->completed > 0 &&
                                              migration->can & XBZ_CAN_DELTA);
  return true;
}

/* What was wished and is not granted. */
static void xbz_session_notice(xbz_migration *migration) {
  const uint32_t missing =
      xbz_session_wishes(&migration->wishes) & ~migration->can;
  static const char *const words[] = {
      [XBZ_CAN_DELTA] = "the receiver takes no deltas: pages go whole",
      [XBZ_CAN_CHECK] = "the receiver cannot check what deltas apply to",
      [XBZ_CAN_PACK] = "the receiver cannot unpack zstd",
  };
  const char *word = missing & XBZ_CAN_DELTA   ? words[XBZ_CAN_DELTA]
                     : missing & XBZ_CAN_CHECK ? words[XBZ_CAN_CHECK]
                                               : words[missing];
  memset(migration->info.notice, 0, sizeof migration->info.notice);
  if (word != NULL)
    memcpy(migration->info.notice, word, strlen(word));
}

static bool xbz_session_agreed(xbz_migration *migration, const xbz_wire *answer,
                               const xbz_hello *mine) {
  xbz_hello hello;
  if (!xbz_hello_get(&hello, answer->bytes) ||
      answer->head.number != XBZ_WIRE_VERSION ||
      memcmp(hello.session, mine->session, XBZ_WIRE_SESSION) != 0 ||
      hello.page_len != mine->page_len || hello.pages != mine->pages ||
      (hello.can & ~mine->can) != 0)
    return xbz_stop(&migration->verdict, XBZ_END_FAILED,
                    "the receiver's answer is not to this question");
  migration->can = hello.can;
  xbz_session_notice(migration);
  return xbz_session_resume(migration, hello.rounds);
}

bool xbz_migration_greet(xbz_migration *migration) {
  uint8_t body[XBZ_WIRE_HELLO_LEN];
  xbz_hello hello = {{0},
                     (uint32_t)migration->guest->page_len,
                     xbz_session_wishes(&migration->wishes),
                     migration->guest->pages,
                     0};
  xbz_wire record = {{XBZ_WIRE_VERSION, sizeof body, XBZ_WIRE_HELLO}, body};
  if (migration->begun)
    migration->info.restarts++;
  else if (!xbz_session_begin(migration))
    return false;
  memcpy(hello.session, migration->session, XBZ_WIRE_SESSION);
  hello.rounds = migration->completed;
  xbz_hello_put(body, &hello);
  xbz_migration_publish(migration, XBZ_STATE_ACTIVE);
  return xbz_outbox_put(&migration->outbox, record, &migration->verdict) &&
         xbz_outbox_flush(&migration->outbox, &migration->verdict) &&
         xbz_migration_answer(migration, &record, XBZ_WIRE_WELCOME) &&
         xbz_session_agreed(migration, &record, &hello) &&
         xbz_inbox_agree(&migration->inbox, migration->guest->page_len,
                         &migration->verdict);
}

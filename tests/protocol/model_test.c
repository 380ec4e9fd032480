/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * Random sessions: a sender, a writer that changes its memory, a receiver, and
 * the wire between them. After each event sender and receiver are coherent
 * [P-30], the page and no other is as sent [P-31], and the counters are those
 * of a tally of its own [P-27].
 */
#include <stdbool.h>
#include <string.h>

#include "spec/model/model.h"
#include "src/xbz_backend.h"
#include "tests/codec/check.h"
#include "tests/codec/random.h"

enum {
  XBZ_PAGES = 12,
  XBZ_LEN = 16,
  XBZ_SLOTS_MOST = 64,
  XBZ_STEPS = 20000,
  XBZ_EVENTS = 7,
};

static uint8_t xbz_live[XBZ_PAGES][XBZ_LEN];
static uint8_t xbz_there[XBZ_PAGES][XBZ_LEN];  /* the receiver's */
static uint8_t xbz_expect[XBZ_PAGES][XBZ_LEN]; /* what it must be */
static xbz_cache xbz_cached;
static xbz_cache_entry xbz_entries[2][XBZ_SLOTS_MOST];
static uint8_t xbz_bytes[2][XBZ_SLOTS_MOST * XBZ_LEN];
static uint8_t xbz_snapshot[XBZ_LEN];
static uint8_t xbz_delta[XBZ_LEN];
static xbz_sender xbz_it;
static xbz_counters xbz_tally;
static uint64_t xbz_clock;            /* the generation it must be */
static uint8_t xbz_foretold[XBZ_LEN]; /* the delta that the next page makes */
static size_t xbz_seen[XBZ_EVENTS];
static size_t xbz_deltas[XBZ_BACKEND_COUNT];
static size_t xbz_storage;
static xbz_random xbz_dice;

/* The bytes that the cache has of page i, or NULL. */
static const uint8_t *xbz_held(size_t i) {
  for (size_t slot = 0; slot < xbz_cached.slots; slot++)
    if (xbz_cached.entries[slot].used && xbz_cached.entries[slot].page_no == i)
      return xbz_cached.bytes + slot * XBZ_LEN;
  return NULL;
}

static void xbz_check_all(void) {
  for (size_t i = 0; i < XBZ_PAGES; i++) {
    const uint8_t *held = xbz_held(i);
    xbz_note(1, "page", i);
    XBZ_CHECK_BYTES(xbz_there[i], xbz_expect[i], XBZ_LEN);
    if (held != NULL)
      XBZ_CHECK_BYTES(held, xbz_there[i], XBZ_LEN);
    XBZ_CHECK(held == NULL || xbz_it.phase != XBZ_PHASE_BULK);
  }
  XBZ_CHECK(memcmp(&xbz_it.counters, &xbz_tally, sizeof xbz_tally) == 0);
  XBZ_CHECK(xbz_it.generation == xbz_clock);
}

/* What the step must make of page i, and what it must count. */
static xbz_event xbz_predict(size_t i, const uint8_t *held) {
  static const uint8_t zeros[XBZ_LEN] = {0};
  size_t len = 0;
  if (memcmp(xbz_live[i], zeros, XBZ_LEN) == 0) {
    xbz_tally.zero++;
    return XBZ_EVENT_ZERO;
  }
  if (held == NULL) {
    xbz_tally.normal++;
    xbz_tally.miss += xbz_it.phase != XBZ_PHASE_BULK;
    return xbz_it.phase == XBZ_PHASE_BULK ? XBZ_EVENT_BULK : XBZ_EVENT_MISSED;
  }
  xbz_tally.pages++;
  xbz_status status =
      xbz_model_encode(xbz_foretold, XBZ_LEN, &len, held, xbz_live[i], XBZ_LEN);
  if (status == XBZ_UNCHANGED)
    return XBZ_EVENT_UNCHANGED;
  if (status == XBZ_OK) {
    xbz_tally.bytes += len + 3;
    return XBZ_EVENT_DELTA;
  }
  xbz_tally.bytes += XBZ_LEN;
  xbz_tally.overflow++;
  xbz_tally.normal++;
  return XBZ_EVENT_OVERFLOW;
}

/* Over the wire, and to the receiver's page. */
static void xbz_carry(const xbz_message *message) {
  uint8_t wire[XBZ_MESSAGE_HEAD + XBZ_LEN];
  xbz_message got = {0, NULL, 0, 0};
  size_t len = 0;
  size_t pos = 0;
  XBZ_CHECK_EQ(xbz_message_put(wire, sizeof wire, &len, message, XBZ_LEN),
               XBZ_OK);
  XBZ_CHECK_EQ(xbz_message_get(&got, &pos, wire, len, 0, XBZ_LEN), XBZ_OK);
  XBZ_CHECK_EQ(pos, len);
  XBZ_CHECK(got.page_no < XBZ_PAGES);
  XBZ_CHECK_EQ(xbz_receiver_apply(xbz_there[got.page_no], XBZ_LEN, got.kind,
                                  got.bytes, got.len),
               XBZ_OK);
}

static void xbz_try_page(size_t i) {
  const uint8_t *held = xbz_held(i);
  xbz_event want = xbz_predict(i, held);
  xbz_sent sent = xbz_sender_page(&xbz_it, i, xbz_live[i]);
  bool silent = sent.message.kind == XBZ_KIND_NONE;
  xbz_seen[sent.event]++;
  if (want == XBZ_EVENT_MISSED && xbz_held(i) != NULL) {
    XBZ_CHECK_EQ(xbz_it.phase, XBZ_PHASE_ROUND);
    want = XBZ_EVENT_INSERTED;
  }
  XBZ_CHECK_EQ(sent.event, want);
  XBZ_CHECK(silent == (want == XBZ_EVENT_UNCHANGED));
  if (want == XBZ_EVENT_DELTA) {
    XBZ_CHECK_BYTES(sent.message.bytes, xbz_foretold, sent.message.len);
    xbz_deltas[xbz_it.backend]++;
  }
  if (!silent)
    xbz_carry(&sent.message);
  memcpy(xbz_expect[i], xbz_live[i], XBZ_LEN);
  /* In the last round a page stays in the cache, or out of it. */
  if (xbz_it.phase == XBZ_PHASE_LAST)
    XBZ_CHECK((xbz_held(i) == NULL) == (held == NULL));
}

/* The guest: none, some, most or all bytes of a page. */
static void xbz_write(size_t i) {
  size_t roll = xbz_random_below(&xbz_dice, 8);
  if (roll == 0)
    memset(xbz_live[i], 0, XBZ_LEN);
  else
    for (size_t n = roll < 6 ? roll : (size_t)4 * XBZ_LEN; n > 0; n--)
      xbz_live[i][xbz_random_below(&xbz_dice, XBZ_LEN)] =
          xbz_random_byte(&xbz_dice);
}

static void xbz_try_resize(xbz_cache_keep keep) {
  uint32_t sets = (uint32_t)1 << xbz_random_below(&xbz_dice, 3);
  uint32_t ways = (uint32_t)(1 + xbz_random_below(&xbz_dice, 3));
  xbz_storage = 1 - xbz_storage;
  XBZ_CHECK_EQ(xbz_sender_resize(&xbz_it, xbz_entries[xbz_storage],
                                 xbz_bytes[xbz_storage], sets, ways, keep),
               XBZ_OK);
}

/* The receiver's page changes behind the sender's back, who is told. */
static void xbz_try_bypass(size_t i) {
  xbz_status want = xbz_held(i) == NULL ? XBZ_MISS : XBZ_OK;
  memset(xbz_there[i], xbz_random_byte(&xbz_dice), XBZ_LEN);
  memcpy(xbz_expect[i], xbz_there[i], XBZ_LEN);
  XBZ_CHECK_EQ(xbz_sender_invalidate(&xbz_it, i), want);
}

static void xbz_try_backend(void) {
  xbz_backend list[XBZ_BACKEND_COUNT] = {XBZ_BACKEND_REF};
  const size_t usable = xbz_backend_list(list, XBZ_BACKEND_COUNT);
  xbz_sender_use(&xbz_it, list[xbz_random_below(&xbz_dice, usable)]);
}

static void xbz_begin(void) {
  memset(&xbz_tally, 0, sizeof xbz_tally);
  xbz_clock = 1;
  xbz_sender_begin(&xbz_it);
}

static void xbz_try_rare(size_t i) {
  switch (xbz_random_below(&xbz_dice, 14)) {
  case 0:
    xbz_begin();
    break;
  case 1:
    xbz_sender_disable(&xbz_it);
    break;
  case 2:
    xbz_try_resize(XBZ_CACHE_DROP);
    break;
  case 3:
    xbz_try_resize(XBZ_CACHE_KEEP);
    break;
  case 4:
    xbz_sender_last(&xbz_it);
    break;
  case 5:
  case 6:
    xbz_try_bypass(i);
    break;
  default:
    xbz_sender_enable(&xbz_it);
  }
}

static void xbz_take_step(void) {
  size_t i = xbz_random_below(&xbz_dice, XBZ_PAGES);
  size_t roll = xbz_random_below(&xbz_dice, 100);
  if (roll == 0)
    xbz_try_backend();
  else if (roll < 40)
    xbz_write(i);
  else if (roll < 85)
    xbz_try_page(i);
  else if (roll < 94) {
    xbz_sender_sync(&xbz_it);
    xbz_clock++;
  } else
    xbz_try_rare(i);
}

int main(void) {
  xbz_backend usable[XBZ_BACKEND_COUNT];
  size_t steps = xbz_check_count(XBZ_STEPS);
  XBZ_CHECK_EQ(xbz_cache_init(&xbz_cached, xbz_entries[0], xbz_bytes[0], 2, 2,
                              XBZ_LEN, XBZ_CACHE_LIFETIME),
               XBZ_OK);
  XBZ_CHECK_EQ(xbz_sender_init(&xbz_it, &xbz_cached, xbz_snapshot, xbz_delta),
               XBZ_OK);
  xbz_begin();
  for (size_t step = 0; step < steps; step++) {
    xbz_note(0, "step", step);
    xbz_take_step();
    xbz_check_all();
  }
  for (size_t event = 0; event < XBZ_EVENTS; event++) {
    xbz_note(0, "event", event);
    XBZ_CHECK(xbz_seen[event] > 0);
  }
  for (size_t i = 0; i < xbz_backend_list(usable, XBZ_BACKEND_COUNT); i++) {
    xbz_note(0, "backend", usable[i]);
    XBZ_CHECK(xbz_deltas[usable[i]] > 0);
  }
  return 0;
}

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * Every rule of spec/PROTOCOL.md on small cases: messages and their wire form,
 * what a receiver rejects, the sender's calls, and the worked example.
 */
#include <string.h>

#include "src/xbz.h"
#include "tests/codec/check.h"

enum { XBZ_LEN = 4, XBZ_SLOTS = 2, XBZ_PAINT = 0xa5, XBZ_BEFORE = 12345 };

static xbz_cache xbz_cached;
static xbz_cache_entry xbz_entries[XBZ_SLOTS];
static uint8_t xbz_bytes[XBZ_SLOTS * XBZ_LEN];
static uint8_t xbz_snapshot[XBZ_LEN];
static uint8_t xbz_delta[XBZ_LEN];
static xbz_sender xbz_it;

/* A sender over a cache of one set, at the beginning of a session. */
static void xbz_start(uint32_t ways) {
  XBZ_CHECK_EQ(xbz_cache_init(&xbz_cached, xbz_entries, xbz_bytes, 1, ways,
                              XBZ_LEN, XBZ_CACHE_LIFETIME),
               XBZ_OK);
  XBZ_CHECK_EQ(xbz_sender_init(&xbz_it, &xbz_cached, xbz_snapshot, xbz_delta),
               XBZ_OK);
}

static size_t xbz_held(void) {
  size_t held = 0;
  for (size_t i = 0; i < xbz_cached.slots; i++)
    held += xbz_cached.entries[i].used != 0;
  return held;
}

static void xbz_check_counters(const xbz_counters *want) {
  XBZ_CHECK_EQ(xbz_it.counters.zero, want->zero);
  XBZ_CHECK_EQ(xbz_it.counters.normal, want->normal);
  XBZ_CHECK_EQ(xbz_it.counters.pages, want->pages);
  XBZ_CHECK_EQ(xbz_it.counters.bytes, want->bytes);
  XBZ_CHECK_EQ(xbz_it.counters.miss, want->miss);
  XBZ_CHECK_EQ(xbz_it.counters.overflow, want->overflow);
}

typedef struct xbz_step {
  uint64_t page_no;
  uint8_t live[XBZ_LEN];
  xbz_event event;
  uint8_t kind;
  size_t len;
  uint8_t bytes[XBZ_LEN];
  int sync; /* before it */
} xbz_step;

static void xbz_take_step(const xbz_step *step) {
  if (step->sync)
    xbz_sender_sync(&xbz_it);
  xbz_sent sent = xbz_sender_page(&xbz_it, step->page_no, step->live);
  XBZ_CHECK_EQ(sent.event, step->event);
  XBZ_CHECK_EQ(sent.message.page_no, step->page_no);
  XBZ_CHECK_EQ(sent.message.kind, step->kind);
  XBZ_CHECK_EQ(sent.message.len, step->len);
  XBZ_CHECK(sent.message.bytes < step->live ||
            sent.message.bytes >= step->live + XBZ_LEN);
  XBZ_CHECK_BYTES(sent.message.bytes, step->bytes, step->len);
}

static const xbz_step xbz_example[] = {
    {9, {1, 2, 3, 4}, XBZ_EVENT_INSERTED, XBZ_KIND_RAW, 4, {1, 2, 3, 4}, 0},
    {7, {0, 0, 0, 0}, XBZ_EVENT_ZERO, XBZ_KIND_ZERO, 0, {0}, 0},
    {9, {1, 2, 255, 4}, XBZ_EVENT_DELTA, XBZ_KIND_DELTA, 3, {2, 1, 255}, 1},
    {9, {1, 2, 255, 4}, XBZ_EVENT_UNCHANGED, XBZ_KIND_NONE, 0, {0}, 0},
    {9, {5, 6, 7, 8}, XBZ_EVENT_OVERFLOW, XBZ_KIND_RAW, 4, {5, 6, 7, 8}, 0},
    {7, {0, 0, 0, 1}, XBZ_EVENT_MISSED, XBZ_KIND_RAW, 4, {0, 0, 0, 1}, 0},
};

/* The worked example, section 5. */
static void xbz_test_example(void) {
  static const xbz_counters want = {1, 3, 3, 10, 2, 1};
  xbz_start(1);
  xbz_sender_enable(&xbz_it);
  for (size_t i = 0; i < sizeof xbz_example / sizeof *xbz_example; i++) {
    xbz_note(0, "step", i + 1);
    xbz_take_step(&xbz_example[i]);
    XBZ_CHECK_EQ(xbz_cached.entries[0].page_no, 9);
    XBZ_CHECK_EQ(xbz_it.generation, i < 2 ? 1 : 2);
  }
  XBZ_CHECK_BYTES(xbz_bytes, xbz_example[4].live, XBZ_LEN);
  xbz_check_counters(&want);
}

/* Before it is enabled, the cache is empty and pages go raw or zero. */
static void xbz_test_bulk(void) {
  static const xbz_counters want = {1, 2, 0, 0, 0, 0};
  static const xbz_step steps[] = {
      {9, {1, 2, 3, 4}, XBZ_EVENT_BULK, XBZ_KIND_RAW, 4, {1, 2, 3, 4}, 0},
      {9, {1, 2, 3, 4}, XBZ_EVENT_BULK, XBZ_KIND_RAW, 4, {1, 2, 3, 4}, 1},
      {9, {0, 0, 0, 0}, XBZ_EVENT_ZERO, XBZ_KIND_ZERO, 0, {0}, 0},
  };
  xbz_start(1);
  xbz_sender_last(&xbz_it);
  for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
    XBZ_CHECK_EQ(xbz_it.phase, XBZ_PHASE_BULK);
    xbz_take_step(&steps[i]);
    XBZ_CHECK_EQ(xbz_held(), 0);
  }
  xbz_check_counters(&want);
}

/* In the last round no page is new to the cache; those it holds follow. */
static void xbz_test_last(void) {
  static const xbz_step first = {
      9, {1, 2, 3, 4}, XBZ_EVENT_INSERTED, XBZ_KIND_RAW, 4, {1, 2, 3, 4}, 0};
  static const xbz_step last[] = {
      {8, {1, 2, 3, 4}, XBZ_EVENT_MISSED, XBZ_KIND_RAW, 4, {1, 2, 3, 4}, 0},
      {8, {0, 0, 0, 0}, XBZ_EVENT_ZERO, XBZ_KIND_ZERO, 0, {0}, 0},
      {9, {1, 2, 3, 5}, XBZ_EVENT_DELTA, XBZ_KIND_DELTA, 3, {3, 1, 5}, 0},
      {9, {1, 2, 3, 4}, XBZ_EVENT_DELTA, XBZ_KIND_DELTA, 3, {3, 1, 4}, 0},
      {9, {0, 0, 0, 0}, XBZ_EVENT_ZERO, XBZ_KIND_ZERO, 0, {0}, 0},
      {9, {0, 0, 0, 5}, XBZ_EVENT_DELTA, XBZ_KIND_DELTA, 3, {3, 1, 5}, 0},
  };
  xbz_start(2);
  xbz_sender_enable(&xbz_it);
  xbz_take_step(&first);
  xbz_sender_last(&xbz_it);
  XBZ_CHECK_EQ(xbz_it.phase, XBZ_PHASE_LAST);
  for (size_t i = 0; i < sizeof last / sizeof *last; i++) {
    xbz_note(0, "step", i);
    xbz_take_step(&last[i]);
    XBZ_CHECK_EQ(xbz_held(), 1);
    XBZ_CHECK_BYTES(xbz_bytes, last[i].page_no == 9 ? last[i].live : first.live,
                    XBZ_LEN);
  }
}

/* What begins, ends and changes a session, between pages. */
static void xbz_test_calls(void) {
  static const xbz_counters none = {0, 0, 0, 0, 0, 0};
  xbz_cache_entry entries[1];
  uint8_t bytes[XBZ_LEN];
  xbz_test_example();
  XBZ_CHECK_EQ(xbz_sender_invalidate(&xbz_it, 7), XBZ_MISS);
  XBZ_CHECK_EQ(xbz_held(), 1);
  XBZ_CHECK_EQ(xbz_sender_resize(&xbz_it, entries, bytes, 3, 1, XBZ_CACHE_KEEP),
               XBZ_E_ARGUMENT);
  XBZ_CHECK_EQ(xbz_sender_resize(&xbz_it, entries, bytes, 1, 1, XBZ_CACHE_KEEP),
               XBZ_OK);
  XBZ_CHECK(xbz_cached.entries == entries && entries[0].page_no == 9);
  XBZ_CHECK_BYTES(bytes, xbz_example[4].live, XBZ_LEN);
  XBZ_CHECK_EQ(xbz_sender_invalidate(&xbz_it, 9), XBZ_OK);
  XBZ_CHECK_EQ(xbz_held(), 0);
  xbz_test_example();
  xbz_sender_disable(&xbz_it);
  XBZ_CHECK_EQ(xbz_held(), 0);
  XBZ_CHECK_EQ(xbz_it.phase, XBZ_PHASE_BULK);
  XBZ_CHECK_EQ(xbz_it.generation, 2);
  XBZ_CHECK_EQ(xbz_it.counters.normal, 3);
  xbz_test_example();
  xbz_sender_begin(&xbz_it);
  XBZ_CHECK_EQ(xbz_held(), 0);
  XBZ_CHECK_EQ(xbz_it.phase, XBZ_PHASE_BULK);
  XBZ_CHECK_EQ(xbz_it.generation, 1);
  xbz_check_counters(&none);
}

/* Generation and counters stop at the top. */
static void xbz_test_top(void) {
  static const xbz_step miss = {
      9, {1, 2, 3, 4}, XBZ_EVENT_BULK, XBZ_KIND_RAW, 4, {1, 2, 3, 4}, 0};
  xbz_start(1);
  xbz_it.generation = UINT64_MAX - 1;
  xbz_it.counters.normal = UINT64_MAX - 1;
  for (int i = 0; i < 3; i++) {
    xbz_sender_sync(&xbz_it);
    xbz_take_step(&miss);
    XBZ_CHECK(xbz_it.generation == UINT64_MAX);
    XBZ_CHECK(xbz_it.counters.normal == UINT64_MAX);
  }
}

static void xbz_test_init_refused(void) {
  xbz_sender before;
  xbz_test_example();
  before = xbz_it;
  XBZ_CHECK_EQ(xbz_sender_init(&xbz_it, &xbz_cached, NULL, xbz_delta),
               XBZ_E_ARGUMENT);
  XBZ_CHECK_EQ(xbz_sender_init(&xbz_it, &xbz_cached, xbz_snapshot, NULL),
               XBZ_E_ARGUMENT);
  XBZ_CHECK(xbz_it.cache == before.cache && xbz_it.delta == before.delta &&
            xbz_it.snapshot == before.snapshot);
  xbz_check_counters(&before.counters);
  XBZ_CHECK_EQ(xbz_it.phase, before.phase);
  XBZ_CHECK_EQ(xbz_held(), 1);
}

/* A message that a receiver gets, and what it answers. */
static const struct {
  xbz_status status;
  uint8_t kind;
  uint8_t len;
  uint8_t bytes[XBZ_LEN + 1];
  uint8_t page[XBZ_LEN]; /* afterwards */
} xbz_received[] = {
    {XBZ_OK, XBZ_KIND_ZERO, 0, {0}, {0, 0, 0, 0}},
    {XBZ_OK, XBZ_KIND_RAW, 4, {5, 6, 7, 8}, {5, 6, 7, 8}},
    {XBZ_OK, XBZ_KIND_DELTA, 3, {2, 1, 255}, {1, 2, 255, 4}},
    {XBZ_E_KIND, XBZ_KIND_NONE, 0, {0}, {1, 2, 3, 4}},
    {XBZ_E_KIND, 4, 4, {0}, {1, 2, 3, 4}},
    {XBZ_E_KIND, 255, 0, {0}, {1, 2, 3, 4}},
    {XBZ_E_MESSAGE_LEN, XBZ_KIND_ZERO, 1, {0}, {1, 2, 3, 4}},
    {XBZ_E_MESSAGE_LEN, XBZ_KIND_RAW, 3, {0}, {1, 2, 3, 4}},
    {XBZ_E_MESSAGE_LEN, XBZ_KIND_RAW, 5, {0}, {1, 2, 3, 4}},
    {XBZ_E_MESSAGE_LEN, XBZ_KIND_DELTA, 0, {0}, {1, 2, 3, 4}},
    {XBZ_E_MESSAGE_LEN, XBZ_KIND_DELTA, 5, {0}, {1, 2, 3, 4}},
    {XBZ_E_TRUNCATED, XBZ_KIND_DELTA, 1, {2}, {1, 2, 3, 4}},
    {XBZ_E_PAGE_END, XBZ_KIND_DELTA, 4, {0, 1, 9, 4}, {1, 2, 3, 4}},
};
enum { XBZ_RECEIVED = sizeof xbz_received / sizeof *xbz_received };

static void xbz_test_receiver(void) {
  for (size_t i = 0; i < XBZ_RECEIVED; i++) {
    uint8_t page[XBZ_LEN + 1] = {1, 2, 3, 4, XBZ_PAINT};
    xbz_note(0, "row", i);
    XBZ_CHECK_EQ(xbz_receiver_apply(page, XBZ_LEN, xbz_received[i].kind,
                                    xbz_received[i].bytes, xbz_received[i].len),
                 xbz_received[i].status);
    XBZ_CHECK_BYTES(page, xbz_received[i].page, XBZ_LEN);
    XBZ_CHECK_EQ(page[XBZ_LEN], XBZ_PAINT);
  }
}

static void xbz_test_receiver_arguments(void) {
  uint8_t page[XBZ_LEN] = {1, 2, 3, 4};
  XBZ_CHECK_EQ(xbz_receiver_apply(NULL, 4, XBZ_KIND_ZERO, NULL, 0),
               XBZ_E_ARGUMENT);
  XBZ_CHECK_EQ(xbz_receiver_apply(page, 0, XBZ_KIND_ZERO, NULL, 0),
               XBZ_E_ARGUMENT);
  XBZ_CHECK_EQ(xbz_receiver_apply(page, (size_t)XBZ_PAGE_LEN_MAX + 1,
                                  XBZ_KIND_ZERO, NULL, 0),
               XBZ_E_ARGUMENT);
  XBZ_CHECK_EQ(xbz_receiver_apply(page, 4, XBZ_KIND_RAW, NULL, 4),
               XBZ_E_ARGUMENT);
  XBZ_CHECK_EQ(page[0], 1);
  XBZ_CHECK_EQ(xbz_receiver_apply(page, 4, XBZ_KIND_ZERO, NULL, 0), XBZ_OK);
  XBZ_CHECK_EQ(page[0], 0);
}

int main(void) {
  xbz_test_example();
  xbz_test_bulk();
  xbz_test_last();
  xbz_test_calls();
  xbz_test_top();
  xbz_test_init_refused();
  xbz_test_receiver();
  xbz_test_receiver_arguments();
  return 0;
}

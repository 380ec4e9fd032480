/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * The loads write what they say, the same in each run; and a copy that is
 * brought up to date by the dirty bitmap alone, while they write, is equal once
 * they stand still: no write is lost, with any tracker.
 */
#include "src/host/guest/load.h"

#include <time.h>

#include "src/host/guest/tracker.h"
#include "tests/codec/check.h"

enum {
  XBZ_LEN = 4096,
  XBZ_PAGES = 203,
  XBZ_THREADS = 3,
  XBZ_WORDS = XBZ_LEN / 8,
  XBZ_ROUNDS = 60,
  XBZ_TURNS = 800, /* of each thread, at least */
};

static uint64_t xbz_there[XBZ_PAGES * XBZ_WORDS];
static uint64_t xbz_again[XBZ_PAGES * XBZ_WORDS];
static xbz_error xbz_said;

static double xbz_now(void) {
  struct timespec now;
  XBZ_CHECK(clock_gettime(CLOCK_MONOTONIC, &now) == 0);
  return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void xbz_sleep_ms(long ms) {
  struct timespec time = {0, ms * 1000000};
  (void)nanosleep(&time, NULL);
}

static const uint64_t *xbz_words(const xbz_guest *guest, uint64_t page) {
  return (const uint64_t *)(const void *)guest->page(guest->self, page);
}

/* Copy what is dirty; how many pages that were. */
static size_t xbz_follow(const xbz_guest *guest) {
  uint64_t dirty[(XBZ_PAGES + 63) / 64] = {0};
  size_t count = 0;
  XBZ_CHECK(guest->sync(guest->self, dirty, &xbz_said));
  for (uint64_t i = 0; i < XBZ_PAGES; i++) {
    const uint64_t *page = xbz_words(guest, i);
    if (!xbz_bitmap_get(dirty, i))
      continue;
    for (size_t k = 0; k < XBZ_WORDS; k++)
      xbz_there[i * XBZ_WORDS + k] =
          __atomic_load_n(page + k, __ATOMIC_RELAXED);
    count++;
  }
  return count;
}

static void xbz_check_there(const xbz_guest *guest) {
  for (uint64_t i = 0; i < XBZ_PAGES; i++) {
    xbz_note(1, "page", i);
    XBZ_CHECK_BYTES((const uint8_t *)(xbz_there + i * XBZ_WORDS),
                    guest->page(guest->self, i), XBZ_LEN);
  }
}

/* The same turns once more, by this thread alone. */
static void xbz_check_again(const xbz_guest *guest, const xbz_load *load,
                            uint64_t seed) {
  memset(xbz_again, 0, sizeof xbz_again);
  for (size_t i = 0; i < XBZ_THREADS; i++) {
    xbz_load_part part = xbz_load_part_of((uint8_t *)xbz_again, XBZ_LEN,
                                          XBZ_PAGES, i, XBZ_THREADS, seed);
    for (uint64_t n = xbz_load_guest_turns(guest, i); part.turn < n;
         part.turn++)
      load->write(&part);
  }
  XBZ_CHECK_BYTES((const uint8_t *)xbz_there, (const uint8_t *)xbz_again,
                  sizeof xbz_again);
}

static bool xbz_enough_turns(const xbz_guest *guest, uint64_t turns) {
  for (size_t i = 0; i < XBZ_THREADS; i++)
    if (xbz_load_guest_turns(guest, i) < turns)
      return false;
  return true;
}

static void xbz_check_stands(const xbz_guest *guest) {
  uint64_t before[XBZ_THREADS];
  for (size_t i = 0; i < XBZ_THREADS; i++)
    before[i] = xbz_load_guest_turns(guest, i);
  xbz_sleep_ms(5);
  for (size_t i = 0; i < XBZ_THREADS; i++)
    XBZ_CHECK_EQ(xbz_load_guest_turns(guest, i), before[i]);
  XBZ_CHECK_EQ(xbz_follow(guest), 0);
  xbz_check_there(guest);
}

/* One migration, so to speak. */
static void xbz_migrate(const xbz_guest *guest, const xbz_load *load,
                        uint64_t seed, uint64_t turns) {
  size_t rounds = xbz_check_count(XBZ_ROUNDS);
  for (size_t i = 0; i < rounds || !xbz_enough_turns(guest, turns); i++)
    (void)xbz_follow(guest);
  XBZ_CHECK(guest->pause(guest->self, &xbz_said));
  (void)xbz_follow(guest);
  xbz_check_there(guest);
  xbz_check_again(guest, load, seed);
  xbz_check_stands(guest);
}

/* Whether the tracker is there; it says so if not. */
static bool xbz_try(const xbz_load *load, const char *tracker) {
  const xbz_load_options options = {.page_len = XBZ_LEN,
                                    .pages = XBZ_PAGES,
                                    .load = load->name,
                                    .tracker = tracker,
                                    .threads = XBZ_THREADS,
                                    .seed = 5};
  xbz_guest guest;
  memset(xbz_there, 0, sizeof xbz_there);
  xbz_check_subject = load->name;
  if (!xbz_load_guest_new(&guest, &options, &xbz_said)) {
    printf("%s, %s: NOT TESTED: %s\n", load->name, tracker, xbz_said.text);
    return false;
  }
  XBZ_CHECK(strcmp(xbz_load_guest_tracker(&guest), tracker) == 0);
  xbz_migrate(&guest, load, options.seed, XBZ_TURNS);
  XBZ_CHECK(guest.resume(guest.self, &xbz_said));
  xbz_migrate(&guest, load, options.seed, UINT64_C(2) * XBZ_TURNS);
  xbz_load_guest_free(&guest);
  return true;
}

static void xbz_try_all(void) {
  const xbz_load *load;
  const char *tracker;
  for (size_t i = 0; (load = xbz_load_at(i)) != NULL; i++) {
    XBZ_CHECK(xbz_load_find(load->name) == load);
    for (size_t k = 0; (tracker = xbz_tracker_name(k)) != NULL; k++)
      XBZ_CHECK(xbz_try(load, tracker) || strcmp(tracker, "mprotect") != 0);
  }
  XBZ_CHECK(xbz_load_find("nothing") == NULL);
}

/* However fast the machine is: not more turns than the time allows. */
static void xbz_try_rate(void) {
  const xbz_load_options options = {.page_len = XBZ_LEN,
                                    .pages = XBZ_PAGES,
                                    .load = "document",
                                    .threads = XBZ_THREADS,
                                    .rate = 3000};
  xbz_guest guest;
  double start = xbz_now();
  xbz_check_subject = "rate";
  XBZ_CHECK(xbz_load_guest_new(&guest, &options, &xbz_said));
  /* Each thread has its first turn at once, and one after each pause. */
  double more = XBZ_THREADS;
  for (int i = 0; i < 10; i++) {
    double turns = 0;
    xbz_sleep_ms(10);
    if (i % 3 == 0) {
      XBZ_CHECK(guest.pause(guest.self, &xbz_said));
      XBZ_CHECK(guest.resume(guest.self, &xbz_said));
      more += XBZ_THREADS;
    }
    for (size_t k = 0; k < XBZ_THREADS; k++)
      turns += (double)xbz_load_guest_turns(&guest, k);
    XBZ_CHECK(turns <= options.rate * (xbz_now() - start) + more);
  }
  while (!xbz_enough_turns(&guest, 20))
    xbz_sleep_ms(1);
  xbz_load_guest_free(&guest);
}

static void xbz_refuse(xbz_load_options options, const char *why) {
  xbz_guest guest;
  xbz_check_subject = why;
  XBZ_CHECK(!xbz_load_guest_new(&guest, &options, &xbz_said));
  XBZ_CHECK(strstr(xbz_said.text, why) != NULL);
}

static void xbz_try_refusals(void) {
  const xbz_load_options sound = {.page_len = XBZ_LEN,
                                  .pages = XBZ_PAGES,
                                  .load = "document",
                                  .threads = 1};
  xbz_load_options wrong;
  xbz_refuse((wrong = sound, wrong.load = "x", wrong), "no load 'x'");
  xbz_refuse((wrong = sound, wrong.tracker = "x", wrong), "no tracker 'x'");
  xbz_refuse((wrong = sound, wrong.threads = 0, wrong), "0 threads");
  xbz_refuse((wrong = sound, wrong.threads = 204, wrong), "204 threads");
  xbz_refuse((wrong = sound, wrong.rate = -1, wrong), "pages a second");
  xbz_refuse((wrong = sound, wrong.rate = 1e-9, wrong), "pages a second");
  xbz_refuse((wrong = sound, wrong.page_len = 1000, wrong), "page size 1000");
  xbz_refuse((wrong = sound, wrong.page_len = 0, wrong), "page size 0");
  xbz_refuse((wrong = sound, wrong.pages = UINT64_MAX, wrong), "memory size");
  xbz_refuse((wrong = sound, wrong.pages = UINT64_C(1) << 48, wrong),
             "no memory for");
}

int main(void) {
  xbz_try_all();
  xbz_try_rate();
  xbz_try_refusals();
  return 0;
}

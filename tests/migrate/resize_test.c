/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* A cache that changes its size within a round, and what it still holds. */
#include "tests/codec/check.h"
#include "trial.h"

static const uint64_t xbz_pages = 64, xbz_len = 64;

/* Each page is written before each of the rounds 1 to 4 + 1, so that round 2
   misses, and later rounds hit what the cache has. */
static xbz_trial_plan xbz_resize_plan(uint64_t slots) {
  xbz_trial_plan plan = xbz_trial_small();
  plan.page_len = xbz_len;
  plan.pages = xbz_pages;
  plan.max_bytes = xbz_pages * xbz_len;
  plan.calm_from = 4;
  plan.everywhere = true;
  plan.limits.cache_size = slots * xbz_len;
  return plan;
}

/* The look at a page in a round: all pages are looked at in each. */
static uint64_t xbz_look(uint64_t round, uint64_t page_no) {
  return (round - 1) * xbz_pages + page_no + 1;
}

static void xbz_resize(uint64_t slots, const xbz_toy_act *acts, size_t count,
                       uint64_t hits, uint64_t misses) {
  const xbz_trial_plan plan = xbz_resize_plan(slots);
  xbz_migrate_info info;
  xbz_trial trial;
  xbz_trial_open(&trial, &plan);
  for (size_t i = 0; i < count; i++)
    trial.toy.acts[i] = acts[i];
  xbz_trial_connect(&trial, &xbz_no_faults, &xbz_no_faults);
  XBZ_CHECK(xbz_trial_ended(&trial, XBZ_END_EQUAL));
  info = xbz_control_info(&trial.control);
  XBZ_CHECK_EQ(info.counters.pages, hits);
  XBZ_CHECK_EQ(info.counters.miss, misses);
  XBZ_CHECK(info.cache_size <= info.limits.cache_size);
  xbz_trial_close(&trial);
}

/* Rounds 1 to 4 walk all pages. */
static void xbz_test_resizes(void) {
  static const xbz_toy_act none[] = {{0, false, 0}};
  const xbz_toy_act smaller[] = {{xbz_look(3, 31), false, 32 * xbz_len}};
  const xbz_toy_act larger[] = {{xbz_look(3, 31), false, 64 * xbz_len}};
  const xbz_toy_act off_on[] = {{xbz_look(3, 31), false, 0},
                                {xbz_look(4, 31), false, 64 * xbz_len}};
  xbz_check_subject = "all pages are cached";
  xbz_resize(64, none, 1, 64 + 64, 64);
  xbz_check_subject = "half of them";
  xbz_resize(32, none, 1, 32 + 32, 64 + 32 + 32);
  xbz_check_subject = "the half that was hit in this round is kept";
  xbz_resize(64, smaller, 1, 32 + 32, 64 + 32 + 32);
  xbz_check_subject = "the half there is stays, the rest of the round fills up";
  xbz_resize(32, larger, 1, 32 + 64, 64 + 32);
  xbz_check_subject = "no cache for a round, then an empty one";
  xbz_resize(64, off_on, 2, 32, 64 + 32);
  xbz_check_subject = "no cache at all";
  xbz_resize(0, none, 1, 0, 0);
}

/* Slots are of whole pages, and never more than there are. */
static void xbz_test_sizes(void) {
  static const uint64_t sizes[][2] = {
      {0, 0},       {63, 0},      {64, 64},          {640, 640},
      {1100, 1024}, {4096, 4096}, {UINT64_MAX, 4096}};
  for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
    xbz_trial_plan plan = xbz_resize_plan(0);
    xbz_trial trial;
    xbz_note(0, "size", sizes[i][0]);
    plan.limits.cache_size = sizes[i][0];
    xbz_trial_open(&trial, &plan);
    xbz_trial_connect(&trial, &xbz_no_faults, &xbz_no_faults);
    XBZ_CHECK(xbz_trial_ended(&trial, XBZ_END_EQUAL));
    XBZ_CHECK_EQ(xbz_control_info(&trial.control).cache_size, sizes[i][1]);
    xbz_trial_close(&trial);
  }
}

int main(void) {
  xbz_test_resizes();
  xbz_test_sizes();
  return 0;
}

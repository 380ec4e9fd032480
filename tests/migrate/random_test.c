/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * Migrations with everything at random: memory, load, limits, what both sides
 * can, a cache that changes its size, cancellation, faults of the connection,
 * receivers that forget, another migration after one that failed.
 * xbz_trial_connect checks each; here every kind of ending is counted, and has
 * to occur.
 *
 *   random_test [SEED [COUNT]]
 */
#include "src/xbz_backend.h"
#include "tests/codec/check.h"
#include "trial.h"

typedef enum xbz_story {
  XBZ_STORY_EQUAL,
  XBZ_STORY_RESUMED,   /* equal, after a lost connection */
  XBZ_STORY_RETURNED,  /* the receiver had taken over and said so later */
  XBZ_STORY_FORGOTTEN, /* equal, after the receiver forgot what it had */
  XBZ_STORY_AGAIN,     /* equal, when it was begun again after any of these: */
  XBZ_STORY_CANCELLED,
  XBZ_STORY_ENDLESS, /* too many rounds */
  XBZ_STORY_TOO_LARGE,
  XBZ_STORY_MUTE,    /* the guest does not tell what is dirty */
  XBZ_STORY_DIFFERS, /* so or by a fault: found by comparing */
  XBZ_STORY_FAILED,  /* in another way */
  XBZ_STORIES
} xbz_story;

static const char *const xbz_story_names[XBZ_STORIES] = {
    "equal",   "resumed",   "returned", "forgotten", "again", "cancelled",
    "endless", "too large", "mute",     "differs",   "failed"};

static bool xbz_one_in(xbz_random *random, size_t n) {
  return xbz_random_below(random, n) == 0;
}

/* An offset or a number of pages where something happens: often soon, so that
   it does. */
static uint64_t xbz_somewhere(xbz_random *random) {
  const size_t limit = (size_t)1 << (4 + xbz_random_below(random, 12));
  return xbz_random_below(random, limit);
}

/* Back come a few records without bytes: most cuts are to be among them. */
static xbz_faults xbz_random_faults(xbz_random *random, bool back) {
  xbz_faults faults = xbz_no_faults;
  faults.most =
      xbz_one_in(random, 3) ? 1 + xbz_random_below(random, 40) : SIZE_MAX;
  switch (xbz_random_below(random, 12)) {
  case 0:
  case 1:
    faults.cut = back ? xbz_random_below(random, 256) : xbz_somewhere(random);
    break;
  case 2:
    faults.lose = xbz_somewhere(random);
    break;
  case 3:
    faults.change = xbz_somewhere(random);
    faults.mask = (uint8_t)(1 + xbz_random_below(random, 255));
    break;
  case 4:
    faults.record = xbz_random_below(random, 60);
    faults.fault = (xbz_record_fault)xbz_random_below(random, 3);
    break;
  default:
    break;
  }
  return faults;
}

static xbz_backend xbz_random_backend(xbz_random *random) {
  xbz_backend list[XBZ_BACKEND_COUNT];
  const size_t usable = xbz_backend_list(list, XBZ_BACKEND_COUNT);
  return list[xbz_random_below(random, usable)];
}

static xbz_wishes xbz_random_wishes(xbz_random *random) {
  return (xbz_wishes){.delta = !xbz_one_in(random, 5),
                      .base_digest = xbz_one_in(random, 2),
                      .compress = xbz_one_in(random, 3),
                      .backend = xbz_random_backend(random)};
}

/* A write that is not told of is found if it is made before its page is
   compared [M-35]: where there is downtime for it, all are compared in the end.
 */
static void xbz_random_mute(xbz_trial_plan *plan, xbz_random *random) {
  plan->mute = xbz_one_in(random, 40);
  if (plan->mute)
    plan->limits.downtime_ms = UINT32_MAX;
}

static xbz_trial_plan xbz_random_plan(xbz_random *random) {
  xbz_trial_plan plan = {.seed = xbz_random_next(random)};
  const bool large = xbz_one_in(random, 8);
  plan.page_len = 1 + xbz_random_below(random, large ? 300 : 64);
  plan.pages = 1 + xbz_random_below(random, large ? 300 : 70);
  plan.writes = xbz_random_below(random, 20);
  plan.calm_from = (unsigned)xbz_random_below(random, 12);
  plan.limits.cache_size =
      xbz_random_below(random, (size_t)plan.pages * plan.page_len * 2);
  plan.limits.downtime_ms = xbz_one_in(random, 4) ? UINT32_MAX : 0;
  plan.limits.rounds =
      xbz_one_in(random, 6) ? 1 + xbz_random_below(random, 6) : 0;
  plan.limits.bandwidth = xbz_one_in(random, 10) ? 100000000 : 0;
  plan.wishes = xbz_random_wishes(random);
  plan.grants = xbz_random_wishes(random);
  plan.max_bytes = plan.pages * plan.page_len - xbz_one_in(random, 40);
  xbz_random_mute(&plan, random);
  return plan;
}

static void xbz_random_acts(xbz_toy *toy, xbz_random *random) {
  for (size_t i = 0; i < XBZ_TOY_ACTS; i++) {
    if (!xbz_one_in(random, 3))
      continue;
    toy->acts[i].look = 1 + xbz_somewhere(random);
    toy->acts[i].cancel = xbz_one_in(random, 12);
    toy->acts[i].cache_size =
        xbz_one_in(random, 4)
            ? 0
            : xbz_random_below(random, toy->guest.page_len * toy->guest.pages);
  }
}

static bool xbz_says(const xbz_trial *trial, const char *words) {
  return strstr(trial->sender_error.text, words) != NULL;
}

static xbz_story xbz_story_failed(const xbz_trial *trial) {
  if (trial->sender == XBZ_END_CANCELLED)
    return XBZ_STORY_CANCELLED;
  if (xbz_says(trial, "not converged"))
    return XBZ_STORY_ENDLESS;
  if (xbz_says(trial, "more than the limit"))
    return XBZ_STORY_TOO_LARGE;
  if (xbz_says(trial, "differs"))
    return trial->plan.mute ? XBZ_STORY_MUTE : XBZ_STORY_DIFFERS;
  return XBZ_STORY_FAILED;
}

/* How it failed: connections that break or stall are no reason. */
static xbz_story xbz_story_checked(const xbz_trial *trial, bool honest) {
  const xbz_story story = xbz_story_failed(trial);
  XBZ_CHECK(!honest ||
            (story != XBZ_STORY_DIFFERS && story != XBZ_STORY_FAILED));
  return story;
}

static bool xbz_lies(const xbz_faults *faults) {
  return faults->change != XBZ_NEVER || faults->record != XBZ_NEVER;
}

/* Whether all that arrived was what had been sent. */
static bool xbz_random_connect(xbz_trial *trial, xbz_random *random,
                               bool faulty) {
  const xbz_faults forth =
      faulty ? xbz_random_faults(random, false) : xbz_no_faults;
  const xbz_faults back =
      faulty ? xbz_random_faults(random, true) : xbz_no_faults;
  xbz_trial_connect(trial, &forth, &back);
  return !xbz_lies(&forth) && !xbz_lies(&back);
}

/* Between two connections. */
static xbz_story xbz_random_pause(xbz_trial *trial, xbz_random *random,
                                  xbz_story story) {
  if (trial->receiver == XBZ_END_EQUAL)
    return XBZ_STORY_RETURNED;
  if (xbz_one_in(random, 4)) {
    xbz_trial_forget(trial);
    return XBZ_STORY_FORGOTTEN;
  }
  return story == XBZ_STORY_EQUAL ? XBZ_STORY_RESUMED : story;
}

/* Connect until it ends. After some attempts there are no more faults. */
static xbz_story xbz_random_tell(xbz_trial *trial, xbz_random *random) {
  xbz_story story = XBZ_STORY_EQUAL;
  bool honest = true;
  for (unsigned attempt = 0;; attempt++) {
    const bool faulty = attempt < 4 && !xbz_one_in(random, 3);
    xbz_note(2, "attempt", attempt);
    honest &= xbz_random_connect(trial, random, faulty);
    if (trial->sender == XBZ_END_EQUAL)
      return story;
    if (trial->sender != XBZ_END_LOST)
      return xbz_story_checked(trial, honest);
    XBZ_CHECK(faulty);
    story = xbz_random_pause(trial, random, story);
  }
}

/* What failed can be begun again, unless the receiver has no room for it. */
static xbz_story xbz_random_again(xbz_trial *trial, xbz_random *random,
                                  xbz_story story) {
  const xbz_trial_plan *plan = &trial->plan;
  if (trial->sender == XBZ_END_EQUAL ||
      plan->max_bytes < plan->pages * plan->page_len || xbz_one_in(random, 2))
    return story;
  xbz_trial_again(trial);
  xbz_trial_connect(trial, &xbz_no_faults, &xbz_no_faults);
  XBZ_CHECK(xbz_trial_ended(trial, XBZ_END_EQUAL));
  return XBZ_STORY_AGAIN;
}

static xbz_story xbz_random_trial(uint64_t seed) {
  xbz_random random = {seed};
  const xbz_trial_plan plan = xbz_random_plan(&random);
  xbz_story story = XBZ_STORY_EQUAL;
  xbz_trial trial;
  xbz_trial_open(&trial, &plan);
  xbz_random_acts(&trial.toy, &random);
  story = xbz_random_tell(&trial, &random);
  story = xbz_random_again(&trial, &random, story);
  xbz_trial_close(&trial);
  return story;
}

static void xbz_random_all(uint64_t seed, size_t count) {
  size_t told[XBZ_STORIES] = {0};
  for (size_t i = 0; i < count; i++) {
    xbz_note(0, "seed", seed);
    xbz_note(1, "trial", i);
    told[xbz_random_trial(seed * 1000003 + i)]++;
  }
  for (size_t i = 0; i < XBZ_STORIES; i++)
    printf("%s %zu%s", xbz_story_names[i], told[i],
           i + 1 < XBZ_STORIES ? ", " : "\n");
  for (size_t i = 0; i < XBZ_STORIES; i++)
    XBZ_CHECK(told[i] > 0 || count < 1000);
}

int main(int argc, char **argv) {
  const uint64_t seed = argc > 1 ? strtoull(argv[1], NULL, 10) : 1;
  const size_t count = argc > 2 ? (size_t)strtoull(argv[2], NULL, 10) : 1000;
  xbz_random_all(seed, count);
  return 0;
}

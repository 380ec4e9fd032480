/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Limits, what is told, and a guest that does not do as it should. */
#include "src/host/migrate/clock.h"
#include "src/host/migrate/throttle.h"
#include "tests/codec/check.h"
#include "trial.h"

/* No more than the rate allows, and not much less, whatever the steps. */
static void xbz_test_throttle(void) {
  static const uint64_t rates[] = {1, 100, 12345, 1000000000};
  for (size_t i = 0; i < sizeof rates / sizeof *rates; i++) {
    xbz_throttle throttle = {0, 0};
    double now = 1, wait = 0, taken = 0;
    xbz_note(0, "rate", rates[i]);
    while (now < 101) {
      const size_t len =
          xbz_throttle_take(&throttle, &wait, rates[i], now, 65536);
      taken += (double)len;
      XBZ_CHECK(len > 0 || (wait > 0 && wait <= XBZ_THROTTLE_SLICE));
      now += len > 0 ? 0 : wait + 1e-9;
    }
    XBZ_CHECK(taken <= (double)rates[i] * 100.2 + 1);
    XBZ_CHECK(taken >= (double)rates[i] * 98 || taken >= 98);
  }
}

static void xbz_test_no_limit(void) {
  xbz_throttle throttle = {0, 0};
  double wait = 0;
  XBZ_CHECK_EQ(xbz_throttle_take(&throttle, &wait, 0, 1, 65536), 65536);
}

static xbz_trial_plan xbz_plan(void) {
  xbz_trial_plan plan = xbz_trial_small();
  plan.page_len = 1000;
  plan.pages = 100;
  plan.max_bytes = plan.page_len * plan.pages;
  plan.wishes = (xbz_wishes){.delta = true};
  return plan;
}

/* Time is only bounded from below: the machine may be busy. */
static void xbz_test_bandwidth(void) {
  xbz_trial_plan plan = xbz_plan();
  double seconds = 0;
  xbz_trial trial;
  plan.limits.bandwidth = 200000;
  xbz_trial_open(&trial, &plan);
  seconds = xbz_clock();
  xbz_trial_connect(&trial, &xbz_no_faults, &xbz_no_faults);
  seconds = xbz_clock() - seconds;
  XBZ_CHECK(xbz_trial_ended(&trial, XBZ_END_EQUAL));
  XBZ_CHECK_EQ(xbz_control_info(&trial.control).transferred, trial.bytes[0]);
  XBZ_CHECK(trial.bytes[0] > 50000);
  XBZ_CHECK(seconds >= ((double)trial.bytes[0] / 200000 - 0.051) * 0.99);
  xbz_trial_close(&trial);
}

static void xbz_until_it_sends(xbz_trial *trial) {
  const struct timespec moment = {0, 1000000};
  while (xbz_control_info(&trial->control).transferred == 0)
    (void)nanosleep(&moment, NULL);
}

static void *xbz_free_soon(void *self) {
  xbz_trial *trial = self;
  xbz_limits limits = trial->plan.limits;
  xbz_until_it_sends(trial);
  limits.bandwidth = 0;
  xbz_control_set(&trial->control, &limits);
  return NULL;
}

static void *xbz_cancel_soon(void *self) {
  xbz_trial *trial = self;
  xbz_until_it_sends(trial);
  xbz_control_cancel(&trial->control);
  return NULL;
}

/* At so few bytes a second it would take half an hour: a new limit and a
   cancellation are noticed while it waits. */
static void xbz_test_meanwhile(void *(*act)(void *), xbz_ending ending) {
  xbz_trial_plan plan = xbz_plan();
  pthread_t thread;
  xbz_trial trial;
  plan.limits.bandwidth = 50;
  xbz_trial_open(&trial, &plan);
  XBZ_CHECK(pthread_create(&thread, NULL, act, &trial) == 0);
  xbz_trial_connect(&trial, &xbz_no_faults, &xbz_no_faults);
  XBZ_CHECK(pthread_join(thread, NULL) == 0);
  XBZ_CHECK_EQ(trial.sender, ending);
  xbz_trial_close(&trial);
}

/* The migration fails, with these words. */
static void xbz_failed(xbz_trial *trial, const char *words) {
  xbz_check_subject = words;
  xbz_trial_connect(trial, &xbz_no_faults, &xbz_no_faults);
  XBZ_CHECK_EQ(trial->sender, XBZ_END_FAILED);
  XBZ_CHECK_EQ(xbz_control_info(&trial->control).state, XBZ_STATE_FAILED);
  XBZ_CHECK(strstr(trial->sender_error.text, words) != NULL);
  XBZ_CHECK(trial->receiver != XBZ_END_EQUAL);
  xbz_trial_close(trial);
  xbz_check_subject = "";
}

static void xbz_test_rounds(void) {
  xbz_trial_plan plan = xbz_plan();
  xbz_trial trial;
  plan.everywhere = true;
  plan.calm_from = 1000;
  plan.limits.rounds = 5;
  xbz_trial_open(&trial, &plan);
  xbz_failed(&trial, "not converged in 5 rounds: 100 pages are dirty");
  plan.limits.downtime_ms = 1000000000;
  xbz_trial_open(&trial, &plan);
  xbz_trial_connect(&trial, &xbz_no_faults, &xbz_no_faults);
  XBZ_CHECK(xbz_trial_ended(&trial, XBZ_END_EQUAL));
  XBZ_CHECK_EQ(xbz_control_info(&trial.control).round, 2);
  xbz_trial_close(&trial);
}

static void xbz_test_memory(void) {
  xbz_trial_plan plan = xbz_plan();
  xbz_trial trial;
  plan.max_bytes--;
  xbz_trial_open(&trial, &plan);
  xbz_failed(&trial, "the receiver says: 100 pages of 1000 bytes are more than "
                     "the limit of 99999 bytes");
}

static void xbz_test_mute(void) {
  xbz_trial_plan plan = xbz_plan();
  xbz_trial trial;
  plan.everywhere = true;
  plan.mute = true;
  plan.calm_from = 2;
  plan.limits.downtime_ms = 1000000000;
  xbz_trial_open(&trial, &plan);
  xbz_failed(&trial, "page 0 differs at the receiver");
}

static bool xbz_refuse(void *self, xbz_error *error) {
  (void)self;
  return xbz_fail(error, "the guest refuses");
}

static bool xbz_refuse_sync(void *self, uint64_t *dirty, xbz_error *error) {
  dirty[0] = 1;
  return xbz_refuse(self, error);
}

static void xbz_test_guest(void) {
  const xbz_trial_plan plan = xbz_plan();
  xbz_trial trial;
  xbz_trial_open(&trial, &plan);
  trial.toy.guest.sync = xbz_refuse_sync;
  xbz_failed(&trial, "the guest refuses");
  xbz_trial_open(&trial, &plan);
  trial.toy.guest.pause = xbz_refuse;
  xbz_failed(&trial, "the guest refuses");
}

/* What the receiver does not grant is told, and not done. */
static void xbz_test_notice(void) {
  static const struct {
    xbz_wishes grants;
    const char *notice;
  } cases[] = {{{.base_digest = true, .compress = true}, "takes no deltas"},
               {{.delta = true, .compress = true}, "cannot check"},
               {{.delta = true, .base_digest = true}, "cannot unpack zstd"}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    xbz_trial_plan plan = xbz_trial_small();
    xbz_migrate_info info;
    xbz_trial trial;
    plan.grants = cases[i].grants;
    xbz_trial_open(&trial, &plan);
    xbz_trial_connect(&trial, &xbz_no_faults, &xbz_no_faults);
    XBZ_CHECK(xbz_trial_ended(&trial, XBZ_END_EQUAL));
    info = xbz_control_info(&trial.control);
    XBZ_CHECK(strstr(info.notice, cases[i].notice) != NULL);
    XBZ_CHECK((info.counters.pages > 0) == plan.grants.delta);
    XBZ_CHECK((info.cache_size > 0) == plan.grants.delta);
    xbz_trial_close(&trial);
  }
}

int main(void) {
  xbz_test_throttle();
  xbz_test_no_limit();
  xbz_test_bandwidth();
  xbz_test_meanwhile(xbz_free_soon, XBZ_END_EQUAL);
  xbz_test_meanwhile(xbz_cancel_soon, XBZ_END_CANCELLED);
  xbz_test_rounds();
  xbz_test_memory();
  xbz_test_mute();
  xbz_test_guest();
  xbz_test_notice();
  return 0;
}

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* After a lost connection only what may not have arrived is sent again. */
#include "src/host/migrate/wire.h"
#include "tests/codec/check.h"
#include "trial.h"

enum { XBZ_PAGES = 5 };

/* Pages that are never written to: one round, then digests, end and commit. */
static xbz_trial_plan xbz_still_plan(void) {
  xbz_trial_plan plan = xbz_trial_small();
  plan.pages = XBZ_PAGES;
  plan.calm_from = 0;
  return plan;
}

/* Bytes that a migration of still pages takes in each direction. */
static void xbz_still_bytes(uint64_t *bytes) {
  const xbz_trial_plan plan = xbz_still_plan();
  xbz_trial trial;
  xbz_trial_open(&trial, &plan);
  xbz_trial_connect(&trial, &xbz_counted, &xbz_no_faults);
  XBZ_CHECK(xbz_trial_ended(&trial, XBZ_END_EQUAL));
  XBZ_CHECK_EQ(trial.messages, XBZ_PAGES);
  memcpy(bytes, trial.bytes, sizeof trial.bytes);
  xbz_trial_close(&trial);
}

/* Cut, and count what the next connection says about pages. */
static uint64_t xbz_still_again(int side, uint64_t cut, bool forget) {
  const xbz_trial_plan plan = xbz_still_plan();
  xbz_faults faults[2] = {xbz_no_faults, xbz_no_faults};
  uint64_t messages = 0;
  xbz_trial trial;
  faults[side].cut = cut;
  xbz_trial_open(&trial, &plan);
  xbz_trial_connect(&trial, &faults[0], &faults[1]);
  XBZ_CHECK(trial.sender == XBZ_END_LOST);
  XBZ_CHECK(xbz_control_info(&trial.control).state == XBZ_STATE_SETUP);
  if (forget)
    xbz_trial_forget(&trial);
  xbz_trial_connect(&trial, &xbz_counted, &xbz_no_faults);
  XBZ_CHECK(xbz_trial_ended(&trial, XBZ_END_EQUAL));
  messages = trial.messages;
  xbz_trial_close(&trial);
  return messages;
}

static void xbz_test_still(void) {
  const uint64_t greeting = XBZ_WIRE_HEAD + XBZ_WIRE_HELLO_LEN;
  const uint64_t closing = (uint64_t)2 * XBZ_WIRE_HEAD;
  uint64_t bytes[2];
  xbz_still_bytes(bytes);
  xbz_check_subject = "in the bulk round";
  XBZ_CHECK_EQ(xbz_still_again(0, greeting + 20, false), XBZ_PAGES);
  xbz_check_subject = "after it";
  XBZ_CHECK_EQ(xbz_still_again(0, bytes[0] - closing, false), 0);
  xbz_check_subject = "after it, and the receiver forgets";
  XBZ_CHECK_EQ(xbz_still_again(0, bytes[0] - closing, true), XBZ_PAGES);
  xbz_check_subject = "before its acknowledgement arrives";
  XBZ_CHECK_EQ(xbz_still_again(1, greeting, false), 0);
  xbz_check_subject = "before the result arrives";
  XBZ_CHECK_EQ(xbz_still_again(1, bytes[1] - closing, false), 0);
  xbz_check_subject = "after the receiver has taken over";
  XBZ_CHECK_EQ(xbz_still_again(1, bytes[1] - 1, false), 0);
}

/* A page that becomes dirty is sent once more, and no other: it is written
   between the connections, when the guest is asked what is dirty. */
static void xbz_test_dirty(void) {
  xbz_trial_plan plan = xbz_still_plan();
  xbz_faults back = xbz_no_faults;
  xbz_trial trial;
  back.cut = XBZ_WIRE_HEAD + XBZ_WIRE_HELLO_LEN;
  xbz_trial_open(&trial, &plan);
  xbz_trial_connect(&trial, &xbz_no_faults, &back);
  XBZ_CHECK(trial.sender == XBZ_END_LOST);
  trial.toy.memory[3 * plan.page_len] ^= 1;
  trial.toy.written[0] |= 1u << 3;
  xbz_trial_connect(&trial, &xbz_counted, &xbz_no_faults);
  XBZ_CHECK(xbz_trial_ended(&trial, XBZ_END_EQUAL));
  XBZ_CHECK_EQ(trial.messages, 1);
  xbz_trial_close(&trial);
}

/* The receiver has taken over, and says so, but what it says is garbled: the
   guest runs there, so it stays paused here [M-36]. The last byte is the
   highest of the rounds. */
static void xbz_test_garbled(uint64_t said) {
  const xbz_trial_plan plan = xbz_still_plan();
  xbz_faults lost = xbz_no_faults, garbled = xbz_no_faults;
  xbz_trial trial;
  lost.cut = said;
  garbled.change = XBZ_WIRE_HEAD + XBZ_WIRE_HELLO_LEN - 1;
  garbled.mask = 1;
  xbz_trial_open(&trial, &plan);
  xbz_trial_connect(&trial, &xbz_no_faults, &lost);
  XBZ_CHECK(trial.receiver == XBZ_END_EQUAL);
  xbz_trial_connect(&trial, &xbz_no_faults, &garbled);
  XBZ_CHECK(trial.sender == XBZ_END_LOST);
  XBZ_CHECK(trial.toy.paused);
  xbz_trial_connect(&trial, &xbz_no_faults, &xbz_no_faults);
  XBZ_CHECK(xbz_trial_ended(&trial, XBZ_END_EQUAL));
  xbz_trial_close(&trial);
}

int main(void) {
  uint64_t bytes[2];
  xbz_test_still();
  xbz_check_subject = "a claim that cannot be, after the receiver took over";
  xbz_still_bytes(bytes);
  xbz_test_garbled(bytes[1] - 1);
  xbz_check_subject = "one page is dirty";
  xbz_test_dirty();
  return 0;
}

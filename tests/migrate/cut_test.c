/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * A connection that breaks at any byte, in either direction: the next one goes
 * on, and both memories are equal in the end; also where the receiver has
 * forgotten everything, unless it had taken over.
 */
#include "tests/codec/check.h"
#include "trial.h"

static void xbz_cut(const xbz_trial_plan *plan, int side, uint64_t at,
                    bool forget) {
  xbz_faults faults[2] = {xbz_no_faults, xbz_no_faults};
  xbz_trial trial;
  faults[side].cut = at;
  xbz_note(0, "side", (uintmax_t)side);
  xbz_note(1, "at", at);
  xbz_trial_open(&trial, plan);
  xbz_trial_connect(&trial, &faults[0], &faults[1]);
  XBZ_CHECK(trial.sender == XBZ_END_LOST);
  XBZ_CHECK(trial.receiver == XBZ_END_LOST || trial.receiver == XBZ_END_EQUAL);
  XBZ_CHECK(trial.receiver == XBZ_END_LOST || trial.toy.paused);
  if (forget && trial.receiver == XBZ_END_LOST)
    xbz_trial_forget(&trial);
  xbz_trial_connect(&trial, &xbz_no_faults, &xbz_no_faults);
  XBZ_CHECK(xbz_trial_ended(&trial, XBZ_END_EQUAL));
  XBZ_CHECK_EQ(xbz_control_info(&trial.control).restarts, 1);
  xbz_trial_close(&trial);
}

/* At each byte, or each stride of them. */
static void xbz_cut_everywhere(const xbz_trial_plan *plan, uint64_t stride,
                               bool forget) {
  xbz_trial trial;
  uint64_t bytes[2];
  xbz_trial_open(&trial, plan);
  xbz_trial_connect(&trial, &xbz_no_faults, &xbz_no_faults);
  XBZ_CHECK(xbz_trial_ended(&trial, XBZ_END_EQUAL));
  memcpy(bytes, trial.bytes, sizeof bytes);
  xbz_trial_close(&trial);
  for (int side = 0; side < 2; side++)
    for (uint64_t at = 0; at < bytes[side]; at += stride)
      xbz_cut(plan, side, at, forget);
  printf("cut at each %" PRIu64 " of %" PRIu64 " and %" PRIu64 " bytes\n",
         stride, bytes[0], bytes[1]);
}

/* Usage: cut_test [STRIDE] */
int main(int argc, char **argv) {
  const uint64_t stride = argc > 1 ? strtoull(argv[1], NULL, 10) : 1;
  xbz_trial_plan plan = xbz_trial_small();
  xbz_cut_everywhere(&plan, stride, false);
  xbz_cut_everywhere(&plan, stride, true);
  plan.wishes = (xbz_wishes){.delta = true};
  xbz_cut_everywhere(&plan, stride, false);
  return 0;
}

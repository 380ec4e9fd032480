/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * Each byte of a connection changed in turn, in either direction, and each
 * record lost, sent twice or out of order: what xbz_trial_connect checks holds,
 * so either the memories are equal or there is a clear error.
 */
#include "tests/codec/check.h"
#include "trial.h"

/* How the trials ended at the sender. */
static uint64_t xbz_endings[4];

static void xbz_change(const xbz_trial_plan *plan, const xbz_faults *forth,
                       const xbz_faults *back) {
  xbz_trial trial;
  xbz_trial_open(&trial, plan);
  xbz_trial_connect(&trial, forth, back);
  xbz_endings[trial.sender]++;
  /* A receiver that took over while the sender heard nothing of it says so. */
  if (trial.receiver == XBZ_END_EQUAL && trial.sender == XBZ_END_LOST) {
    xbz_trial_connect(&trial, &xbz_no_faults, &xbz_no_faults);
    XBZ_CHECK(xbz_trial_ended(&trial, XBZ_END_EQUAL));
  }
  xbz_trial_close(&trial);
}

static void xbz_change_bytes(const xbz_trial_plan *plan, int side,
                             uint64_t bytes) {
  static const uint8_t masks[] = {0x01, 0x9e};
  xbz_faults faults[2] = {xbz_no_faults, xbz_no_faults};
  for (uint64_t at = 0; at < bytes; at++) {
    for (size_t i = 0; i < sizeof masks; i++) {
      xbz_note(0, "side", (uintmax_t)side);
      xbz_note(1, "at", at);
      xbz_note(2, "mask", masks[i]);
      faults[side].change = at;
      faults[side].mask = masks[i];
      xbz_change(plan, &faults[0], &faults[1]);
    }
  }
}

static void xbz_change_records(const xbz_trial_plan *plan, int side,
                               uint64_t records) {
  static const xbz_record_fault kinds[] = {XBZ_FAULT_DROP, XBZ_FAULT_TWICE,
                                           XBZ_FAULT_SWAP};
  xbz_faults faults[2] = {xbz_no_faults, xbz_no_faults};
  for (uint64_t number = 0; number < records; number++) {
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
      xbz_note(0, "side", (uintmax_t)side);
      xbz_note(1, "record", number);
      xbz_note(2, "fault", kinds[i]);
      faults[side].record = number;
      faults[side].fault = kinds[i];
      xbz_change(plan, &faults[0], &faults[1]);
    }
  }
}

static void xbz_change_everything(const xbz_trial_plan *plan) {
  xbz_trial trial;
  uint64_t bytes[2], records[2];
  xbz_trial_open(&trial, plan);
  xbz_trial_connect(&trial, &xbz_counted, &xbz_counted);
  XBZ_CHECK(xbz_trial_ended(&trial, XBZ_END_EQUAL));
  memcpy(bytes, trial.bytes, sizeof bytes);
  memcpy(records, trial.records, sizeof records);
  xbz_trial_close(&trial);
  for (int side = 0; side < 2; side++) {
    xbz_change_bytes(plan, side, bytes[side]);
    xbz_change_records(plan, side, records[side]);
  }
}

int main(void) {
  xbz_trial_plan plan = xbz_trial_small();
  xbz_change_everything(&plan);
  plan.wishes = (xbz_wishes){.delta = true};
  xbz_change_everything(&plan);
  printf("equal %" PRIu64 ", lost %" PRIu64 ", failed %" PRIu64 "\n",
         xbz_endings[XBZ_END_EQUAL], xbz_endings[XBZ_END_LOST],
         xbz_endings[XBZ_END_FAILED]);
  XBZ_CHECK_EQ(xbz_endings[XBZ_END_CANCELLED], 0);
  XBZ_CHECK(xbz_endings[XBZ_END_EQUAL] > 0 && xbz_endings[XBZ_END_LOST] > 0 &&
            xbz_endings[XBZ_END_FAILED] > 0);
  return 0;
}

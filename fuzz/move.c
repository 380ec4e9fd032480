/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * A guest moves from a sender to a receiver, over connections each of which
 * suffers a fault: a byte changed, bytes or records lost, doubled or swapped.
 * What xbz_trial_connect checks holds, so either the memories are equal or
 * there is a clear error; and where the last connection was lost, one without a
 * fault brings the guest over.
 *
 * data: the guest and what both sides wish, from its end, then the connections.
 */
#include "fuzz.h"
#include "tests/migrate/trial.h"

enum { XBZ_CONNECTIONS_MOST = 4, XBZ_MOST_BYTES = 4096 };

static xbz_wishes xbz_take_wishes(xbz_fuzz_input *input) {
  const uint8_t refused = xbz_fuzz_take(input);
  return (xbz_wishes){.delta = refused % 2 == 0,
                      .base_digest = refused % 4 < 2,
                      .compress = refused % 8 < 4};
}

static xbz_trial_plan xbz_take_plan(xbz_fuzz_input *input) {
  xbz_trial_plan plan = xbz_trial_small();
  plan.wishes = xbz_take_wishes(input);
  plan.grants = xbz_take_wishes(input);
  plan.page_len = 1 + xbz_fuzz_take(input) % 64;
  plan.pages = 1 + xbz_fuzz_take(input) % 16;
  plan.writes = xbz_fuzz_take(input) % 8;
  plan.calm_from = xbz_fuzz_take(input) % 8;
  plan.limits.cache_size = (uint64_t)xbz_fuzz_take(input) * 4;
  plan.seed = xbz_fuzz_take_two(input);
  plan.everywhere = plan.seed % 8 == 7;
  plan.max_bytes = XBZ_MOST_BYTES;
  return plan;
}

/* One fault, or none. */
static xbz_faults xbz_take_faults(xbz_fuzz_input *input) {
  xbz_faults faults = xbz_no_faults;
  const uint8_t kind = xbz_fuzz_take(input);
  const size_t at = xbz_fuzz_take_two(input);
  switch (kind % 8) {
  case 0:
    faults.cut = at;
    break;
  case 1:
    faults.lose = at;
    break;
  case 2:
  case 3:
    faults.change = at;
    faults.mask = (uint8_t)(1 + xbz_fuzz_take(input) % 255);
    break;
  case 4:
  case 5:
  case 6:
    faults.record = at % 256;
    faults.fault = (xbz_record_fault)(kind % 8 - 4);
    break;
  default:
    faults.most = 1 + at;
  }
  return faults;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  xbz_fuzz_input input = {data, size};
  const xbz_trial_plan plan = xbz_take_plan(&input);
  xbz_trial trial;
  xbz_trial_open(&trial, &plan);
  trial.sender = XBZ_END_LOST;
  for (size_t n = 0; n < XBZ_CONNECTIONS_MOST && input.len > 0 &&
                     trial.sender == XBZ_END_LOST;
       n++) {
    const bool forth = xbz_fuzz_take(&input) % 4 > 0;
    const xbz_faults faults = xbz_take_faults(&input);
    xbz_trial_connect(&trial, forth ? &faults : &xbz_no_faults,
                      forth ? &xbz_no_faults : &faults);
  }
  if (trial.sender == XBZ_END_LOST) {
    xbz_trial_connect(&trial, &xbz_no_faults, &xbz_no_faults);
    XBZ_CHECK(xbz_trial_ended(&trial, XBZ_END_EQUAL));
  }
  xbz_trial_close(&trial);
  return 0;
}

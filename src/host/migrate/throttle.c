/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "throttle.h"

size_t xbz_throttle_take(xbz_throttle *throttle, double *wait, uint64_t rate,
                         double now, size_t want) {
  const double burst = (double)rate * XBZ_THROTTLE_SLICE + 1;
  const double half = burst / 2 < 1 ? 1 : burst / 2;
  const double goal = (double)want < half ? (double)want : half;
  size_t taken = want;
  if (rate == 0)
    return want;
  throttle->tokens += (now - throttle->last) * (double)rate;
  throttle->last = now;
  if (throttle->tokens > burst)
    throttle->tokens = burst;
  /* A few bytes at a time would be all overhead. */
  if (throttle->tokens < goal) {
    *wait = (goal - throttle->tokens) / (double)rate;
    if (*wait > XBZ_THROTTLE_SLICE)
      *wait = XBZ_THROTTLE_SLICE;
    return 0;
  }
  if ((double)want > throttle->tokens)
    taken = (size_t)throttle->tokens;
  throttle->tokens -= (double)taken;
  return taken;
}

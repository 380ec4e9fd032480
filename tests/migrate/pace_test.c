/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* What is expected of what was measured. */
#include "src/host/migrate/pace.h"
#include "tests/codec/check.h"

static bool xbz_near(double got, double want) {
  return got > want * 0.999999 && got < want * 1.000001;
}

int main(void) {
  xbz_pace pace;
  xbz_pace_begin(&pace, 4096);
  /* Nothing is known: a page costs all of it, and takes for ever. */
  XBZ_CHECK(xbz_pace_to_send(&pace, 1, 0) > 1e9);
  XBZ_CHECK(xbz_near(xbz_pace_to_compare(&pace, 1000000), 4.096));
  /* The bulk round tells the bandwidth, but not what a page will cost. */
  xbz_pace_round(&pace, true, 1000, 1000000, 0.5);
  XBZ_CHECK(xbz_near(xbz_pace_to_send(&pace, 100, 0), 410900.0 / 2000000));
  XBZ_CHECK(xbz_near(xbz_pace_to_send(&pace, 100, 1000000), 0.4109));
  XBZ_CHECK(xbz_near(xbz_pace_to_send(&pace, 100, 3000000), 410900.0 / 2e6));
  /* Later rounds tell both; a short one only what a page costs. */
  xbz_pace_round(&pace, false, 1000, 100000, 0.1);
  XBZ_CHECK(xbz_near(xbz_pace_to_send(&pace, 100, 0), 0.01));
  xbz_pace_round(&pace, false, 10, 500, 0.1);
  XBZ_CHECK(xbz_near(xbz_pace_to_send(&pace, 100, 0), 0.005));
  /* An empty one tells nothing. */
  xbz_pace_round(&pace, false, 0, 13, 0.1);
  XBZ_CHECK(xbz_near(xbz_pace_to_send(&pace, 100, 0), 0.005));
  XBZ_CHECK(xbz_pace_to_send(&pace, 0, 0) <= 0);
  /* Comparing a few pages says nothing about many. */
  xbz_pace_compare(&pace, 1000, 2);
  XBZ_CHECK(xbz_near(xbz_pace_to_compare(&pace, 100), 0.2));
  xbz_pace_compare(&pace, 63, 2);
  XBZ_CHECK(xbz_near(xbz_pace_to_compare(&pace, 100), 0.2));
  return 0;
}

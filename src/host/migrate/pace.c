/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "pace.h"

#include "wire.h"

/* Less is sent or compared in no time: it says nothing about the rate. */
#define XBZ_PACE_BYTES 65536
#define XBZ_PACE_PAGES 64

/* Seconds that no measured time is less than. */
#define XBZ_PACE_TICK 1e-6

/* What a core does of SHA-256, and the worst that a page can cost. */
void xbz_pace_begin(xbz_pace *pace, size_t page_len) {
  *pace = (xbz_pace){0, XBZ_WIRE_HEAD + (double)page_len, 0,
                     1e9 / (double)page_len};
}

static double xbz_rate(uint64_t count, double seconds) {
  return (double)count / (seconds > XBZ_PACE_TICK ? seconds : XBZ_PACE_TICK);
}

void xbz_pace_round(xbz_pace *pace, bool bulk, uint64_t pages, uint64_t bytes,
                    double seconds) {
  if (bytes >= XBZ_PACE_BYTES || pace->bandwidth <= 0)
    pace->bandwidth = xbz_rate(bytes, seconds);
  if (!bulk && pages > 0)
    pace->page_cost = (double)bytes / (double)pages;
}

void xbz_pace_compare(xbz_pace *pace, uint64_t pages, double seconds) {
  if (pages >= XBZ_PACE_PAGES)
    pace->compared = xbz_rate(pages, seconds);
}

double xbz_pace_to_send(const xbz_pace *pace, uint64_t pages, uint64_t limit) {
  double bandwidth = pace->bandwidth;
  if (limit > 0 && (double)limit < bandwidth)
    bandwidth = (double)limit;
  return (double)pages * pace->page_cost / (bandwidth > 0 ? bandwidth : 1e-9);
}

double xbz_pace_to_compare(const xbz_pace *pace, uint64_t pages) {
  return (double)pages / pace->compared;
}

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* What was measured, and what is to be expected of it [M-31]. */
#ifndef XBZ_MIGRATE_PACE_H
#define XBZ_MIGRATE_PACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct xbz_pace {
  double bandwidth;  /* bytes a second; 0: not known */
  double page_cost;  /* bytes on the link for one dirty page */
  double dirty_rate; /* pages a second */
  double compared;   /* pages a second, of those compared by digest */
} xbz_pace;

/* Before anything is measured. */
void xbz_pace_begin(xbz_pace *pace, size_t page_len);

/* A round has sent so many pages; in the bulk one no page can be a delta, so
 * that it says nothing about what pages will cost. */
void xbz_pace_round(xbz_pace *pace, bool bulk, uint64_t pages, uint64_t bytes,
                    double seconds);

/* So many pages were compared. */
void xbz_pace_compare(xbz_pace *pace, uint64_t pages, double seconds);

/* How many seconds it takes to send dirty pages, under a limit of bytes a
 * second (0: none); huge while the bandwidth is unknown. */
double xbz_pace_to_send(const xbz_pace *pace, uint64_t pages, uint64_t limit);

/* And to compare pages. */
double xbz_pace_to_compare(const xbz_pace *pace, uint64_t pages);

#endif

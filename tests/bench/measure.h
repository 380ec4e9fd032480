/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Time a page's work, all contenders in one run. */
#ifndef XBZ_BENCH_MEASURE_H
#define XBZ_BENCH_MEASURE_H

#include "arena.h"

/* What each pair of a sample becomes, by contender. */
typedef struct xbz_packed {
  uint8_t *bytes[XBZ_CONTENDER_MAX]; /* sample->count places of page_len */
  size_t *lens[XBZ_CONTENDER_MAX];   /* sample->count; 0: nothing to send */
} xbz_packed;

/*
 * Let all contenders encode and decode the sample. False, and *error, when one
 * does not give the new page back, or a backend other bytes than the reference.
 * To be freed with xbz_packed_free, also after a failure.
 */
bool xbz_packed_make(xbz_packed *packed, const xbz_contenders *all,
                     const xbz_sample *sample, xbz_error *error);
void xbz_packed_free(xbz_packed *packed, const xbz_contenders *all);

/* Bytes that a page becomes, the mean over the sample. */
double xbz_packed_mean(const xbz_packed *packed, size_t contender,
                       const xbz_sample *sample);

/* Whether there is a page to decode: one that changed, and fits. */
bool xbz_packed_decodes(const xbz_packed *packed, const xbz_sample *sample);

/*
 * Nanoseconds a page of each contender into ns, 0 for those that do not do op.
 *
 * Each contender works for a slice of time in turn, slices times; a slice has
 * each pair of the sample equally often. The result is the slices' tenth
 * percentile. `warm`: walk the arena once before each slice, unmeasured.
 */
bool xbz_measure(double ns[XBZ_CONTENDER_MAX], const xbz_contenders *all,
                 xbz_op op, xbz_arena *arena, const xbz_packed *packed,
                 size_t slices, bool warm, xbz_error *error);

#endif

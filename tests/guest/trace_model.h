/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* A recording (trace.h) as one would read it without a thought of speed. */
#ifndef XBZ_TESTS_TRACE_MODEL_H
#define XBZ_TESTS_TRACE_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { XBZ_MODEL_PAGE = 4096 };

typedef struct xbz_model_page {
  uint64_t key;
  bool written; /* in the last round that was read */
  uint8_t bytes[XBZ_MODEL_PAGE];
} xbz_model_page;

/* Pages in the order of their first records. */
typedef struct xbz_trace_model {
  const uint8_t *trace;
  size_t len, at;
  uint32_t rounds, round;
  xbz_model_page *pages;
  size_t count, room;
} xbz_trace_model;

/* Start anew; whether the header is right. */
bool xbz_trace_model_open(xbz_trace_model *model, const uint8_t *trace,
                          size_t len);

/* Read a round; whether it is right. There must be one. */
bool xbz_trace_model_round(xbz_trace_model *model);

void xbz_trace_model_close(xbz_trace_model *model);

/* Whether all of it is right. */
bool xbz_trace_model_valid(const uint8_t *trace, size_t len);

#endif

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* What is measured: page pairs, made by a rule or recorded from a program. */
#ifndef XBZ_BENCH_SAMPLE_H
#define XBZ_BENCH_SAMPLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "src/host/error.h"

enum { XBZ_SAMPLE_NAME = 32 };

typedef struct xbz_sample {
  char name[XBZ_SAMPLE_NAME];
  bool recorded;
  bool sparse;     /* made, and changed so little that reading is the cost */
  size_t page_len; /* bytes */
  size_t count;    /* of pairs, at least 1 */
  uint8_t *bytes;  /* old page, new page, old page, ... */
} xbz_sample;

/* How many samples there are to make. */
size_t xbz_sample_rules(void);

/*
 * Make the sample number rule, 0..xbz_sample_rules()-1: the same bytes each
 * time, on every machine. False, and *error, when there is no memory. To be
 * freed with xbz_sample_free.
 */
bool xbz_sample_make(xbz_sample *sample, size_t rule, xbz_error *error);

/* Read pairs of pages of 4096 bytes from a file; it names the sample. */
bool xbz_sample_load(xbz_sample *sample, const char *path, xbz_error *error);

void xbz_sample_free(xbz_sample *sample);

const uint8_t *xbz_sample_old(const xbz_sample *sample, size_t pair);
const uint8_t *xbz_sample_new(const xbz_sample *sample, size_t pair);

#endif

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Sizes with units, as people write them: 4096, 4K, 4KiB, 2M. */
#ifndef XBZ_HOST_SIZE_H
#define XBZ_HOST_SIZE_H

#include <stdbool.h>
#include <stdint.h>

#define XBZ_SIZE_TEXT 24

/* "1.50 MiB" into text[0..XBZ_SIZE_TEXT). */
void xbz_size_format(char *text, double bytes);

/* A decimal number alone. */
bool xbz_number_parse(uint64_t *number, const char *text);

/* A decimal number with an optional K, M or G, and KiB etc. */
bool xbz_size_parse(uint64_t *bytes, const char *text);

#endif

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * A mutator that knows run-length streams, for the targets whose data is one:
 * it changes lengths together with the bytes they count, and aims at lengths
 * where something ends.
 */
#ifndef XBZ_FUZZ_MUTATE_H
#define XBZ_FUZZ_MUTATE_H

#include <stddef.h>
#include <stdint.h>

/*
 * Change data[0..size), an input of such a target, in place; returns its new
 * size, at most max. The same seed makes the same change.
 */
size_t xbz_mutate(uint8_t *data, size_t size, size_t max, uint64_t seed);

#endif

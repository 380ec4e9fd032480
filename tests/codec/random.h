/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* SplitMix64: small, seedable, and the same on every machine. */
#ifndef XBZ_TESTS_RANDOM_H
#define XBZ_TESTS_RANDOM_H

#include <stddef.h>
#include <stdint.h>

typedef struct xbz_random {
  uint64_t state;
} xbz_random;

static inline uint64_t xbz_random_next(xbz_random *random) {
  uint64_t z = random->state += UINT64_C(0x9e3779b97f4a7c15);
  z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
  return z ^ (z >> 31);
}

/* A number in 0..limit-1. */
static inline size_t xbz_random_below(xbz_random *random, size_t limit) {
  return (size_t)(xbz_random_next(random) % limit);
}

static inline uint8_t xbz_random_byte(xbz_random *random) {
  return (uint8_t)(xbz_random_next(random) >> 56);
}

#endif

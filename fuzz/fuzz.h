/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * What the targets share. An input is data, then steering: whoever wants to
 * know how to use the data takes bytes from the end, so that the data of a seed
 * is what its format says, from the first byte on.
 */
#ifndef XBZ_FUZZ_FUZZ_H
#define XBZ_FUZZ_FUZZ_H

#include "tests/codec/check.h"
#include "tests/codec/guard.h"

#if defined(__has_feature)
#if __has_feature(memory_sanitizer)
#include <sanitizer/msan_interface.h>
#define XBZ_FUZZ_FORGET(at, len) __msan_poison((at), (len))
#endif
#endif
/* From here on MemorySanitizer takes at[0..len) for uninitialised. */
#ifndef XBZ_FUZZ_FORGET
#define XBZ_FUZZ_FORGET(at, len) ((void)(at), (void)(len))
#endif

/* The property: 0, or the program is aborted. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What is left of an input. */
typedef struct xbz_fuzz_input {
  const uint8_t *bytes;
  size_t len;
} xbz_fuzz_input;

/* Longest page that the targets use: lengths of 3 bytes occur in it. */
enum { XBZ_FUZZ_PAGE_MAX = 17408 };

/* The last byte; an input that is used up goes on with zeros. */
static inline uint8_t xbz_fuzz_take(xbz_fuzz_input *input) {
  return input->len == 0 ? 0 : input->bytes[--input->len];
}

static inline size_t xbz_fuzz_take_two(xbz_fuzz_input *input) {
  size_t high = xbz_fuzz_take(input);
  return high * 256 + xbz_fuzz_take(input);
}

/* Most pages are short: a long one takes the time of a hundred. */
static inline size_t xbz_fuzz_take_page_len(xbz_fuzz_input *input) {
  uint8_t kind = xbz_fuzz_take(input);
  size_t n = xbz_fuzz_take_two(input);
  if (kind >= 254)
    return 1 + n % XBZ_FUZZ_PAGE_MAX;
  if (kind >= 250)
    return 4096;
  return 1 + n % (kind % 8 == 7 ? 600 : 64);
}

/* Make memory once; later calls find it made. */
static inline void xbz_fuzz_memory(xbz_guard *guard, size_t size) {
  if (guard->low == NULL)
    *guard = xbz_guard_make(size);
}

#endif

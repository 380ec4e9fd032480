/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * Assertions for test programs, on in every build. The first that fails prints
 * where, what, and the notes set so far, then aborts the program, which is what
 * a fuzzer takes for a finding.
 */
#ifndef XBZ_TESTS_CHECK_H
#define XBZ_TESTS_CHECK_H

#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { XBZ_CHECK_NOTES = 8 };

/* What the test is at: cheap to set in a loop, printed only on failure. */
static const char *xbz_check_subject = "";
static struct {
  const char *name;
  uintmax_t value;
} xbz_check_notes[XBZ_CHECK_NOTES];

static inline void xbz_note(size_t slot, const char *name, uintmax_t value) {
  xbz_check_notes[slot].name = name;
  xbz_check_notes[slot].value = value;
}

/* Returns never; that said, analysers know what holds after a check. */
__attribute__((noreturn)) static inline void xbz_check_fail(const char *file,
                                                            int line) {
  fprintf(stderr, "%s:%d: check failed", file, line);
  if (*xbz_check_subject != '\0')
    fprintf(stderr, ", %s", xbz_check_subject);
  for (size_t i = 0; i < XBZ_CHECK_NOTES; i++)
    if (xbz_check_notes[i].name != NULL)
      fprintf(stderr, ", %s %" PRIuMAX, xbz_check_notes[i].name,
              xbz_check_notes[i].value);
  fputc('\n', stderr);
  abort();
}

static inline void xbz_check_equal(intmax_t got, intmax_t want,
                                   const char *what, const char *file,
                                   int line) {
  if (got == want)
    return;
  fprintf(stderr, "%s: got %" PRIdMAX ", want %" PRIdMAX "\n", what, got, want);
  xbz_check_fail(file, line);
}

static inline void xbz_check_bytes(const uint8_t *got, const uint8_t *want,
                                   size_t len, const char *what,
                                   const char *file, int line) {
  if (len == 0 || memcmp(got, want, len) == 0)
    return;
  for (size_t i = 0; i < len; i++) {
    if (got[i] == want[i])
      continue;
    fprintf(stderr, "%s[%zu of %zu]: got %02x, want %02x\n", what, i, len,
            got[i], want[i]);
    xbz_check_fail(file, line);
  }
}

#define XBZ_CHECK(condition)                                                   \
  ((condition) ? (void)0                                                       \
               : (fprintf(stderr, "%s\n", #condition),                         \
                  xbz_check_fail(__FILE__, __LINE__)))
#define XBZ_CHECK_EQ(got, want)                                                \
  xbz_check_equal((intmax_t)(got), (intmax_t)(want), #got, __FILE__, __LINE__)
#define XBZ_CHECK_BYTES(got, want, len)                                        \
  xbz_check_bytes((got), (want), (len), #got, __FILE__, __LINE__)

/*
 * How often to repeat: count, or less where XBZ_TEST_DIVISOR in the environment
 * says that the machine is slow (an emulated one).
 */
static inline size_t xbz_check_divisor(void) {
  const char *text = getenv("XBZ_TEST_DIVISOR");
  unsigned long divisor = text == NULL ? 1 : strtoul(text, NULL, 10);
  return divisor == 0 ? 1 : (size_t)divisor;
}

static inline size_t xbz_check_count(size_t count) {
  size_t fewer = count / xbz_check_divisor();
  return fewer == 0 ? 1 : fewer;
}

#endif

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Numbers, [F-1] to [F-4], [F-12], [F-13]: the core against the model. */
#include "src/core/uleb128.h"

#include "check.h"
#include "guard.h"
#include "random.h"
#include "spec/model/model.h"

static xbz_guard xbz_memory;

/*
 * Read src[at..len), which ends at the guard, in the core and in the model;
 * compare all they say.
 */
static void xbz_try_get(const uint8_t *src, size_t len, size_t at) {
  uint32_t value = 0xdeadbeef;
  size_t next = 77;
  uint32_t want_value = value;
  size_t want_next = next;
  size_t size;
  xbz_status want =
      xbz_model_number_read(&want_value, &size, src + at, len - at);
  if (want == XBZ_OK)
    want_next = at + size;
  XBZ_CHECK_EQ(xbz_uleb128_get(&value, &next, src, len, at), want);
  XBZ_CHECK_EQ(value, want_value);
  XBZ_CHECK_EQ(next, want_next);
}

/* Every input of 1 and 2 bytes; of 3 bytes every step-th. */
static void xbz_test_get_short_inputs(void) {
  size_t step = xbz_check_divisor() | 1;
  for (size_t len = 1; len <= 3; len++) {
    uint8_t *src = xbz_guard_tail(xbz_memory, len);
    for (size_t input = 0; input < (size_t)1 << 8 * len;
         input += len < 3 ? 1 : step) {
      xbz_note(0, "input", input);
      for (size_t k = 0; k < len; k++)
        src[k] = (uint8_t)(input >> 8 * k);
      xbz_try_get(src, len, 0);
    }
  }
}

/* Inputs of 4 to 7 bytes at all offsets, of bytes that matter. */
static void xbz_test_get_long_inputs(void) {
  static const uint8_t alphabet[] = {0x00, 0x01, 0x0f, 0x10, 0x7f,
                                     0x80, 0x81, 0x8f, 0x90, 0xff};
  xbz_random random = {1};
  for (size_t n = xbz_check_count(300000); n > 0; n--) {
    size_t len = 4 + xbz_random_below(&random, 4);
    uint8_t *src = xbz_guard_tail(xbz_memory, len);
    for (size_t k = 0; k < len; k++) {
      uint8_t byte = alphabet[xbz_random_below(&random, sizeof alphabet)];
      bool go_on = xbz_random_below(&random, 4) > 0;
      src[k] = go_on ? byte | 0x80 : byte;
    }
    xbz_note(0, "inputs left", n);
    for (size_t at = 0; at <= len; at++)
      xbz_try_get(src, len, at);
  }
}

/* Size, bytes, no byte too many, and the value read back. */
static void xbz_try_value(uint32_t value) {
  uint8_t want[XBZ_ULEB128_MAX];
  size_t size = xbz_model_number_write(want, value);
  xbz_note(0, "value", value);
  XBZ_CHECK_EQ(xbz_uleb128_size(value), size);

  uint8_t *dst = xbz_guard_tail(xbz_memory, size + 3);
  dst[2] = XBZ_GUARD_PAINT;
  XBZ_CHECK_EQ(xbz_uleb128_put(dst, 3, value), 3 + size);
  XBZ_CHECK_EQ(dst[2], XBZ_GUARD_PAINT);
  XBZ_CHECK_BYTES(dst + 3, want, size);

  uint32_t got = ~value;
  size_t next = 0;
  XBZ_CHECK_EQ(xbz_uleb128_get(&got, &next, dst, size + 3, 3), XBZ_OK);
  XBZ_CHECK_EQ(got, value);
  XBZ_CHECK_EQ(next, size + 3);
}

static void xbz_test_values(void) {
  uint32_t step = (uint32_t)xbz_check_divisor();
  for (uint32_t value = 0; value <= (uint32_t)1 << 21; value += step)
    xbz_try_value(value);
  for (unsigned bit = 0; bit < 32; bit++)
    for (uint32_t near = 0; near < 3; near++)
      xbz_try_value(((uint32_t)1 << bit) - 1 + near);
  xbz_try_value(UINT32_MAX - 1);
  xbz_try_value(UINT32_MAX);
  xbz_random random = {2};
  for (size_t n = xbz_check_count(300000); n > 0; n--)
    xbz_try_value((uint32_t)xbz_random_next(&random));
}

/* The table of [F-4], in literals. */
static void xbz_test_sizes(void) {
  static const struct {
    uint32_t last;
    size_t size;
  } table[] = {
      {0x7f, 1}, {0x3fff, 2}, {0x1fffff, 3}, {0xfffffff, 4}, {0xffffffff, 5}};
  uint32_t first = 0;
  for (size_t row = 0; row < sizeof table / sizeof *table; row++) {
    xbz_note(0, "first", first);
    XBZ_CHECK_EQ(xbz_uleb128_size(first), table[row].size);
    XBZ_CHECK_EQ(xbz_uleb128_size(table[row].last), table[row].size);
    first = table[row].last + 1;
  }
}

int main(void) {
  xbz_memory = xbz_guard_make(64);
  xbz_test_sizes();
  xbz_test_values();
  xbz_test_get_short_inputs();
  xbz_test_get_long_inputs();
  return 0;
}

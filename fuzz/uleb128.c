/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * Numbers, [F-1] to [F-4], [F-12], [F-13]: read at every offset of the data,
 * and written for the value of its first four bytes, the core does what the
 * model does. The bytes end at a guard, when read and when written.
 */
#include "src/core/uleb128.h"

#include "fuzz.h"
#include "spec/model/model.h"

enum { XBZ_SRC_MAX = 64, XBZ_NEXT_BEFORE = 12345 };

static xbz_guard xbz_src;

static void xbz_try_get(const uint8_t *src, size_t len, size_t at) {
  uint32_t value = 0xdeadbeef;
  uint32_t want_value = value;
  size_t next = XBZ_NEXT_BEFORE;
  size_t size = 0;
  xbz_status want =
      xbz_model_number_read(&want_value, &size, src + at, len - at);
  xbz_note(0, "offset", at);
  XBZ_CHECK_EQ(xbz_uleb128_get(&value, &next, src, len, at), want);
  XBZ_CHECK_EQ(value, want_value);
  XBZ_CHECK_EQ(next, want == XBZ_OK ? at + size : XBZ_NEXT_BEFORE);
}

/* Size, bytes, none too many, and the value read back. */
static void xbz_try_put(uint32_t value) {
  uint8_t want[XBZ_ULEB128_MAX];
  size_t size = xbz_model_number_write(want, value);
  xbz_note(0, "value", value);
  XBZ_CHECK_EQ(xbz_uleb128_size(value), size);
  uint8_t *dst = xbz_guard_tail(xbz_src, size + 1);
  dst[0] = XBZ_GUARD_PAINT;
  XBZ_FUZZ_FORGET(dst + 1, size);
  XBZ_CHECK_EQ(xbz_uleb128_put(dst, 1, value), 1 + size);
  XBZ_CHECK_EQ(dst[0], XBZ_GUARD_PAINT);
  XBZ_CHECK_BYTES(dst + 1, want, size);
  xbz_try_get(dst, size + 1, 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  xbz_fuzz_memory(&xbz_src, XBZ_SRC_MAX);
  size_t len = size < XBZ_SRC_MAX ? size : XBZ_SRC_MAX;
  const uint8_t *src = xbz_guard_copy(xbz_src, data, len);
  for (size_t at = 0; at <= len; at++)
    xbz_try_get(src, len, at);
  uint32_t value = 0;
  for (size_t i = 0; i < 4 && i < size; i++)
    value |= (uint32_t)data[i] << 8 * i;
  xbz_try_put(value);
  /* Values just around where numbers grow are rare among all. */
  xbz_try_put(value >> value % 32);
  return 0;
}

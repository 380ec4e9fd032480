/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* The codec that callers get when they do not choose one: by the best backend
 * that every machine of the compiler's target can run. */
#include "backends.h"

#if XBZ_TARGET_X86_64
#define XBZ_DEFAULT(name) name##_sse2
#elif XBZ_TARGET_AARCH64
#define XBZ_DEFAULT(name) name##_neon
#else
#define XBZ_DEFAULT(name) name##_portable
#endif

xbz_status xbz_page_encode(uint8_t *dst, size_t cap, size_t *dst_len,
                           const uint8_t *old_page, const uint8_t *new_page,
                           size_t page_len) {
  return XBZ_DEFAULT(xbz_page_encode)(dst, cap, dst_len, old_page, new_page,
                                      page_len);
}

xbz_status xbz_page_decode(uint8_t *page, size_t page_len, size_t *end,
                           const uint8_t *src, size_t src_len) {
  return XBZ_DEFAULT(xbz_page_decode)(page, page_len, end, src, src_len);
}

xbz_status xbz_page_encode_update(uint8_t *dst, size_t cap, size_t *dst_len,
                                  int *zero, uint8_t *page, const uint8_t *live,
                                  size_t page_len) {
  return XBZ_DEFAULT(xbz_page_encode_update)(dst, cap, dst_len, zero, page,
                                             live, page_len);
}

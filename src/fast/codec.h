/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* The codec of one backend: whose leaf was included, and whose names XBZ_FAST
 * makes. */
#include "decode.h"
#include "update.h"

xbz_status XBZ_FAST(xbz_page_encode)(uint8_t *dst, size_t cap, size_t *dst_len,
                                     const uint8_t *old_page,
                                     const uint8_t *new_page, size_t page_len) {
  return xbz_encode(dst, cap, dst_len, old_page, new_page, page_len);
}

xbz_status XBZ_FAST(xbz_page_decode)(uint8_t *page, size_t page_len,
                                     size_t *end, const uint8_t *src,
                                     size_t src_len) {
  return xbz_decode(page, page_len, end, src, src_len);
}

xbz_status XBZ_FAST(xbz_page_encode_update)(uint8_t *dst, size_t cap,
                                            size_t *dst_len, int *zero,
                                            uint8_t *page, const uint8_t *live,
                                            size_t page_len) {
  return xbz_update(dst, cap, dst_len, zero, page, live, page_len);
}

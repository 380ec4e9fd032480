/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "arguments.h"

int xbz_encode_ready(const uint8_t *dst, size_t cap, const size_t *dst_len,
                     const uint8_t *old_page, const uint8_t *new_page,
                     size_t page_len) {
  return (dst != NULL || cap == 0) && dst_len != NULL && old_page != NULL &&
         new_page != NULL && page_len >= 1 && page_len <= XBZ_PAGE_LEN_MAX;
}

int xbz_update_ready(const uint8_t *dst, size_t cap, const size_t *dst_len,
                     const int *zero, const uint8_t *page, const uint8_t *live,
                     size_t page_len) {
  return zero != NULL &&
         xbz_encode_ready(dst, cap, dst_len, page, live, page_len);
}

int xbz_decode_ready(const uint8_t *page, size_t page_len, const size_t *end,
                     const uint8_t *src, size_t src_len) {
  return page != NULL && page_len >= 1 && page_len <= XBZ_PAGE_LEN_MAX &&
         end != NULL && (src != NULL || src_len == 0);
}

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "packer.h"

#ifdef XBZ_WITHOUT_ZSTD

bool xbz_packer_usable(void) { return false; }

size_t xbz_packer_pack(uint8_t *dst, const uint8_t *page, size_t page_len) {
  (void)dst;
  (void)page;
  (void)page_len;
  return 0;
}

bool xbz_packer_unpack(uint8_t *dst, size_t page_len, const uint8_t *src,
                       size_t len) {
  (void)dst;
  (void)page_len;
  (void)src;
  (void)len;
  return false;
}

#else

#include <zstd.h>

bool xbz_packer_usable(void) { return true; }

/* Level 1: on a fast link any other would be what slows it down. */
size_t xbz_packer_pack(uint8_t *dst, const uint8_t *page, size_t page_len) {
  const size_t len = ZSTD_compress(dst, page_len - 1, page, page_len, 1);
  return ZSTD_isError(len) ? 0 : len;
}

bool xbz_packer_unpack(uint8_t *dst, size_t page_len, const uint8_t *src,
                       size_t len) {
  return ZSTD_decompress(dst, page_len, src, len) == page_len;
}

#endif

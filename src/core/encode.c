/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "bytes.h"
#include "uleb128.h"

/* The first position from..len-1 where the pages differ, or len. */
static size_t xbz_zrun_end(const uint8_t *old_page, const uint8_t *new_page, size_t from, size_t len) {
  size_t i = from;
  while (i < len && old_page[i] == new_page[i]) i++;
  return i;
}

/* The first position from..len-1 where the pages are equal, or len. */
static size_t xbz_nzrun_end(const uint8_t *old_page, const uint8_t *new_page, size_t from, size_t len) {
  size_t i = from;
  while (i < len && old_page[i] != new_page[i]) i++;
  return i;
}

xbz_status xbz_page_encode_ref(uint8_t *dst, size_t cap, size_t *dst_len,
                               const uint8_t *old_page,
                               const uint8_t *new_page, size_t page_len) {
  size_t i = 0, k = 0;
  if ((dst == NULL && cap > 0) || dst_len == NULL || old_page == NULL || new_page == NULL) return XBZ_E_ARGUMENT;
  if (page_len < 1 || page_len > XBZ_PAGE_LEN_MAX) return XBZ_E_ARGUMENT;
  for (;;) {
    size_t z = xbz_zrun_end(old_page, new_page, i, page_len);
    if (z == page_len) break;
    size_t x = xbz_nzrun_end(old_page, new_page, z, page_len);
    size_t need = xbz_uleb128_size((uint32_t)(z - i)) + xbz_uleb128_size((uint32_t)(x - z)) + (x - z);
    if (need > cap - k) return XBZ_NO_FIT;
    k = xbz_uleb128_put(dst, k, (uint32_t)(z - i));
    k = xbz_uleb128_put(dst, k, (uint32_t)(x - z));
    xbz_bytes_copy(dst, k, new_page, z, x - z);
    k += x - z;
    i = x;
  }
  if (k == 0) return XBZ_UNCHANGED;
  *dst_len = k;
  return XBZ_OK;
}

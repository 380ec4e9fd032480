/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "arguments.h"
#include "bytes.h"

xbz_status xbz_page_encode_update_ref(uint8_t *dst, size_t cap, size_t *dst_len,
                                      int *zero, uint8_t *page,
                                      const uint8_t *live, size_t page_len) {
  if (!xbz_update_ready(dst, cap, dst_len, zero, page, live, page_len))
    return XBZ_E_ARGUMENT;
  xbz_status status =
      xbz_page_encode_ref(dst, cap, dst_len, page, live, page_len);
  xbz_bytes_copy(page, 0, live, 0, page_len);
  //@ assert copied: Copied{Pre,Here}(page, 0, live, 0, page_len);
  /*@ assert zero: AllZero(page, 0, page_len) <==>
                   AllZero{Pre}(live, 0, page_len); */
  *zero = xbz_bytes_are_zero(page, 0, page_len);
  return status;
}

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "message.h"

xbz_status xbz_message_check(uint8_t kind, size_t len, size_t page_len) {
  if (kind != XBZ_KIND_ZERO && kind != XBZ_KIND_RAW && kind != XBZ_KIND_DELTA)
    return XBZ_E_KIND;
  if (kind == XBZ_KIND_ZERO  ? len != 0
      : kind == XBZ_KIND_RAW ? len != page_len
                             : len < 1 || len > page_len)
    return XBZ_E_MESSAGE_LEN;
  return XBZ_OK;
}

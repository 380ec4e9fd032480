/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "bytes.h"
#include "message.h"

/* Apply a message whose kind and length are in order. */
/*@ requires memory:    ReceiverArguments(page, page_len, bytes, len) &&
                        ReceiverMemory(page, page_len, bytes, len);
    requires message:   MessageStatus(kind, len, page_len) == XBZ_OK;
    assigns  page[0 .. page_len - 1];
    ensures  status:    \result == ReceiverStatus{Pre}(kind, bytes, len,
                                                       page_len);
    ensures  argument:  \result != XBZ_E_ARGUMENT;
    ensures  zero:      kind == XBZ_KIND_ZERO ==> AllZero(page, 0, page_len);
    ensures  raw:       kind == XBZ_KIND_RAW ==>
                        Copied{Pre,Post}(page, 0, bytes, 0, page_len);
    ensures  delta:     \result == XBZ_OK && kind == XBZ_KIND_DELTA ==>
                        Applied{Pre,Post}(page, page_len, bytes, len);
    ensures  atomic:    \result != XBZ_OK ==>
                        Unchanged{Pre,Post}(page, 0, page_len);
*/
static xbz_status xbz_receiver_change(uint8_t *page, size_t page_len,
                                      uint8_t kind, const uint8_t *bytes,
                                      size_t len) {
  size_t end;
  if (kind == XBZ_KIND_DELTA)
    return xbz_page_decode(page, page_len, &end, bytes, len);
  if (kind == XBZ_KIND_ZERO)
    xbz_bytes_clear(page, page_len);
  else
    xbz_bytes_copy(page, 0, bytes, 0, page_len);
  return XBZ_OK;
}

/*@ assigns  \nothing;
    ensures  ready: \result != 0 <==>
                    ReceiverArguments(page, page_len, bytes, len);
*/
static int xbz_receiver_ready(const uint8_t *page, size_t page_len,
                              const uint8_t *bytes, size_t len) {
  return page != NULL && page_len >= 1 && page_len <= XBZ_PAGE_LEN_MAX &&
         (bytes != NULL || len == 0);
}

xbz_status xbz_receiver_apply(uint8_t *page, size_t page_len, uint8_t kind,
                              const uint8_t *bytes, size_t len) {
  xbz_status status;
  if (!xbz_receiver_ready(page, page_len, bytes, len))
    return XBZ_E_ARGUMENT;
  status = xbz_message_check(kind, len, page_len);
  if (status != XBZ_OK)
    return status;
  return xbz_receiver_change(page, page_len, kind, bytes, len);
}

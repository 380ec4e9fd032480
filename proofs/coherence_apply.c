/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* A message that fits the receiver's page, applied: by the shipped receiver. */
#include "coherence_page.h"

#include "delta.h"

xbz_status xbz_theorem_apply(uint8_t *page, const uint8_t *src, size_t len,
                             uint8_t kind, const uint8_t *bytes, size_t n) {
  if (kind == XBZ_KIND_NONE)
    return XBZ_OK;
  if (kind == XBZ_KIND_DELTA)
    return xbz_theorem_delta(page, src, len, bytes, n);
  return xbz_receiver_apply(page, len, kind, bytes, n);
}

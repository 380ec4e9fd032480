/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "delta.h"

#include "any_base.c"

xbz_status xbz_theorem_delta(uint8_t *page, const uint8_t *n, size_t len,
                             const uint8_t *d, size_t t) {
  xbz_status status;
  xbz_lemma_means(page, n, len, 0, d, t, 0);
  status = xbz_receiver_apply(page, len, XBZ_KIND_DELTA, d, t);
  //@ assert applied: Applied{Pre,Here}(page, len, d, t);
  return status;
}

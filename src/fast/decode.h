/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* The decoder over the leaves: both passes of the reference, with a short cut
 * for pairs whose lengths take one byte each. */
#ifndef XBZ_FAST_DECODE_H
#define XBZ_FAST_DECODE_H

#include "../core/arguments.h"
#include "../core/pair.h"
#include "copy.h"

/* Whether the pair at src[at..len) is sound and has short lengths; room is what
 * is left of the page. */
static inline int xbz_pair_short(const uint8_t *src, size_t len, size_t at,
                                 size_t room) {
  size_t zrun, nzrun;
  if (len - at < 2)
    return 0;
  zrun = src[at];
  nzrun = src[at + 1];
  return zrun < 128 && nzrun < 128 && (zrun > 0 || at == 0) && nzrun > 0 &&
         zrun + nzrun <= room && nzrun <= len - at - 2;
}

static inline xbz_status xbz_check(size_t *end, const uint8_t *src,
                                   size_t src_len, size_t page_len) {
  struct xbz_pair pair = {0, 0, 0};
  size_t i = 0, at = 0;
  while (at < src_len) {
    if (xbz_pair_short(src, src_len, at, page_len - i)) {
      i += (size_t)src[at] + src[at + 1];
      at += 2 + (size_t)src[at + 1];
    } else {
      xbz_status status = xbz_pair_get(&pair, src, src_len, at, page_len - i);
      if (status != XBZ_OK)
        return status;
      i += (size_t)pair.zrun + pair.nzrun;
      at = pair.data + pair.nzrun;
    }
  }
  *end = i;
  return XBZ_OK;
}

static inline void xbz_apply(uint8_t *page, size_t page_len, const uint8_t *src,
                             size_t src_len) {
  struct xbz_pair pair = {0, 0, 0};
  size_t i = 0, at = 0;
  while (at < src_len) {
    if (src[at] < 128 && src[at + 1] < 128) {
      pair.zrun = src[at];
      pair.nzrun = src[at + 1];
      pair.data = at + 2;
    } else
      (void)xbz_pair_get(&pair, src, src_len, at, page_len - i);
    xbz_copy(page, i + pair.zrun, src, pair.data, pair.nzrun);
    i += (size_t)pair.zrun + pair.nzrun;
    at = pair.data + pair.nzrun;
  }
}

#endif

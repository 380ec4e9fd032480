/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* The decoder over the leaves: both passes of the reference, with a short cut
 * for pairs whose lengths take one byte each. */
#ifndef XBZ_FAST_DECODE_H
#define XBZ_FAST_DECODE_H

#include "../core/arguments.h"
#include "../core/pair.h"
#include "copy.h"

/* Whether the pair at src[at..len) is sound, its lengths take one byte each,
 * and the first is not 0; room is what is left of the page. */
static inline int xbz_pair_short(const uint8_t *src, size_t len, size_t at,
                                 size_t room) {
  size_t zrun, nzrun;
  if (len - at <= 2)
    return 0;
  zrun = src[at];
  nzrun = src[at + 1];
  return zrun > 0 && zrun < 128 && nzrun > 0 && nzrun < 128 &&
         nzrun <= len - at - 2 && zrun + nzrun <= room;
}

/* Read all of src and change nothing, as the reference does. After the first
 * pair a zero run may not be empty, which makes the short cut shorter. */
static inline xbz_status xbz_check(size_t *end, const uint8_t *src,
                                   size_t src_len, size_t page_len) {
  struct xbz_pair pair = {0, 0, 0};
  size_t i = 0, at = 0;
  while (at < src_len) {
    xbz_status status;
    if (xbz_pair_short(src, src_len, at, page_len - i)) {
      i += (size_t)src[at] + src[at + 1];
      at += 2 + (size_t)src[at + 1];
      continue;
    }
    status = xbz_pair_get(&pair, src, src_len, at, page_len - i);
    if (status != XBZ_OK)
      return status;
    i += (size_t)pair.zrun + pair.nzrun;
    at = pair.data + pair.nzrun;
  }
  *end = i;
  return XBZ_OK;
}

/* Apply all of a src that was checked. */
static inline void xbz_apply(uint8_t *page, size_t page_len, const uint8_t *src,
                             size_t src_len) {
  struct xbz_pair pair = {0, 0, 0};
  size_t i = 0, at = 0;
  while (at < src_len) {
    size_t zrun = src[at], nzrun = src[at + 1], data = at + 2;
    if (zrun >= 128 || nzrun >= 128) {
      (void)xbz_pair_get(&pair, src, src_len, at, page_len - i);
      zrun = pair.zrun;
      nzrun = pair.nzrun;
      data = pair.data;
    }
    i += zrun;
    if (nzrun < 16)
      xbz_copy_short(page, i, src, data, nzrun);
    else
      xbz_copy(page, i, src, data, nzrun);
    i += nzrun;
    at = data + nzrun;
  }
}

#endif

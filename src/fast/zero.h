/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Whether live memory is zero, told from the copy of it: so that a guest that
 * writes meanwhile cannot make the two differ. */
#ifndef XBZ_FAST_ZERO_H
#define XBZ_FAST_ZERO_H

#include "../core/bytes.h"
#include "../core/separate.h"
#include "scan.h"

#ifdef __FRAMAC__
#include "../../spec/logic/update.acsl"
#endif

/* Whether live[0..start + 4096) is zero, if zero says it of live[0..start).
 * Most pages that are not end at the first byte: these pay nothing more.
 * (Within the loop over blocks it would take registers from that.) */
/*@ requires range:    start < len <= XBZ_PAGE_LEN_MAX;
    requires readable: \valid_read(page + (0 .. len - 1));
    requires taken:    TakenTo(page, live, len, start + 4096);
    requires before:   zero != 0 <==> ZeroTo(live, len, start);
    assigns  \nothing;
    ensures  zero:     \result != 0 <==> ZeroTo(live, len, start + 4096);
*/
static XBZ_SEPARATE int xbz_block_zero(const uint8_t *page, size_t len,
                                       size_t start, int zero)
/*@ ghost (const uint8_t *live) */
{
  const size_t left = len - start;
  if (!zero || page[start] != 0)
    return 0;
  return xbz_bytes_are_zero(page, start,
                            left < XBZ_SCAN_BLOCK ? left : XBZ_SCAN_BLOCK);
}

#endif

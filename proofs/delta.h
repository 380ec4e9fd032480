/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* A delta, applied to the page that it was made against. */
#ifndef XBZ_PROOFS_DELTA_H
#define XBZ_PROOFS_DELTA_H

#include "../src/xbz.h"

/* page, to which the receiver applies the delta page -> n, becomes n. */
/*@ requires range:     1 <= t <= len <= XBZ_PAGE_LEN_MAX;
    requires memory:    \valid(page + (0 .. len - 1)) && page != \null &&
                        \valid_read(n + (0 .. len - 1)) &&
                        \valid_read(d + (0 .. t - 1)) && d != \null;
    requires disjoint:  \separated(page + (0 .. len - 1), n + (0 .. len - 1)) &&
                        \separated(page + (0 .. len - 1), d + (0 .. t - 1));
    requires canonical: Canonical{Here,Here}(page, n, len, 0, d, 0, t);
    assigns  page[0 .. len - 1];
    ensures  accepted:  \result == XBZ_OK;
    ensures  becomes:   Copied{Pre,Post}(page, 0, n, 0, len);
*/
xbz_status xbz_theorem_delta(uint8_t *page, const uint8_t *n, size_t len,
                             const uint8_t *d, size_t t);

#endif

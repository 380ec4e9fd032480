/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* A sender, and a receiver's memory mem of n pages. */
#ifndef XBZ_PROOFS_COHERENCE_H
#define XBZ_PROOFS_COHERENCE_H

#include "../src/xbz.h"

/*@
  predicate ReceiverApart{L}(xbz_sender *s, uint8_t *mem, integer n) =
    0 <= n && Cells(n, SenderPageLen(s)) <= SIZE_MAX && mem != \null &&
    \valid(mem + (0 .. Cells(n, SenderPageLen(s)) - 1)) &&
    SenderApart(s, mem, Cells(n, SenderPageLen(s)));
*/

#endif

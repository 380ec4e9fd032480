/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#ifndef XBZ_CORE_BYTES_H
#define XBZ_CORE_BYTES_H

#include "../xbz.h"

#ifdef __FRAMAC__
#include "../../spec/logic/bytes.acsl"
#endif

/* Copy src[from..from+n) to dst[at..at+n); the two must not overlap. */
/*@ requires range:    at + n <= SIZE_MAX && from + n <= SIZE_MAX;
    requires writable: \valid(dst + (at .. at + n - 1));
    requires readable: \valid_read(src + (from .. from + n - 1));
    requires disjoint: \separated(dst + (at .. at + n - 1),
                                  src + (from .. from + n - 1));
    assigns  dst[at .. at + n - 1];
    ensures  copied:   Copied{Pre,Post}(dst, at, src, from, n);
    ensures  others:   UnchangedBut{Pre,Post}(dst, at, at + n);
*/
void xbz_bytes_copy(uint8_t *dst, size_t at, const uint8_t *src, size_t from,
                    size_t n);

/* Whether src[from..from+n) are all 0. */
/*@ requires range:    from + n <= SIZE_MAX;
    requires readable: \valid_read(src + (from .. from + n - 1));
    assigns  \nothing;
    ensures  zero:     \result != 0 <==> AllZero(src, from, from + n);
*/
int xbz_bytes_are_zero(const uint8_t *src, size_t from, size_t n);

/* Make dst[0..n) all 0. */
/*@ requires writable: \valid(dst + (0 .. n - 1));
    assigns  dst[0 .. n - 1];
    ensures  zero:     AllZero(dst, 0, n);
*/
void xbz_bytes_clear(uint8_t *dst, size_t n);

#endif

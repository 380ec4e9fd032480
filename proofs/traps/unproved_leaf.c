/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Refused: neither proved there nor granted: leaves xbz_leaf_trap */
#include <stddef.h>

/*@ assigns \nothing;
    ensures same: \result == n;
*/
static inline size_t xbz_leaf_trap(size_t n) { return n; }

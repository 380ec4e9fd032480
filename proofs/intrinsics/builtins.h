/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* What compilers define without a header. */
#ifndef XBZ_MODEL_BUILTINS_H
#define XBZ_MODEL_BUILTINS_H

#include <stdint.h>

#include "../../spec/logic/bits.acsl"

/* The place of the lowest bit that is set. */
/*@ requires some:    m != 0;
    assigns  \result \from m;
    ensures  range:   0 <= \result < 64;
    ensures  set:     Bit(m, \result);
    ensures  lowest:  \forall integer k; 0 <= k < \result ==> !Bit(m, k);
*/
int __builtin_ctzll(unsigned long long m);

#endif

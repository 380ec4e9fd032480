/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "uleb128.h"

#ifdef __FRAMAC__
#include "../../proofs/lemmas/uleb128.acsl"
#endif

size_t xbz_uleb128_size(uint32_t value) {
  return value < 128u         ? 1
         : value < 16384u     ? 2
         : value < 2097152u   ? 3
         : value < 268435456u ? 4
                              : 5;
}

/* Division and remainder, not shifts: the same machine code, easier proofs. */
size_t xbz_uleb128_put(uint8_t *dst, size_t at, uint32_t value) {
  /*@ loop invariant groups: UlebLeft(\at(value, Pre), \at(at, Pre), value, at);
      loop invariant done:   \forall integer p; \at(at, Pre) <= p < at ==>
        dst[p] == UlebByte(\at(value, Pre), \at(at, Pre), p);
      loop assigns at, value,
                   dst[\at(at, Pre) ..
                       \at(at, Pre) + UlebSize(\at(value, Pre)) - 1];
      loop variant value;
  */
  while (value >= 128u) {
    dst[at] = (uint8_t)(value % 128u + 128u);
    value /= 128u;
    at++;
  }
  dst[at] = (uint8_t)value;
  return at + 1;
}

/* How many of src[at..at+limit) are marked 'more follow' before one is not. */
/*@ requires readable: \valid_read(src + (at .. at + limit - 1));
    requires limit:    limit <= XBZ_ULEB128_MAX && at + limit <= SIZE_MAX;
    assigns  \nothing;
    ensures  marked:   UlebMarked(src, at, \result);
    ensures  stop:     \result == limit ||
                       (\result < limit && Byte(src, at + \result) < 128);
*/
static size_t xbz_uleb128_marks(const uint8_t *src, size_t at, size_t limit) {
  size_t n = 0;
  /*@ loop invariant range:  0 <= n <= limit;
      loop invariant marked: UlebMarked(src, at, n);
      loop assigns n;
      loop variant limit - n;
  */
  while (n < limit && src[at + n] >= 128u)
    n++;
  return n;
}

/* The number made of the groups src[at..at+n), the lowest first. */
/*@ requires readable: \valid_read(src + (at .. at + n - 1));
    requires n:        1 <= n <= XBZ_ULEB128_MAX && at + n <= SIZE_MAX;
    assigns  \nothing;
    ensures  sum:      \result == UlebSum(src, at, n);
*/
static uint64_t xbz_uleb128_sum(const uint8_t *src, size_t at, size_t n) {
  return src[at] % 128u + (n < 2 ? 0u : src[at + 1] % 128u * 128u) +
         (n < 3 ? 0u : src[at + 2] % 128u * 16384u) +
         (n < 4 ? 0u : src[at + 3] % 128u * 2097152u) +
         (n < 5 ? 0u : src[at + 4] % 128u * (uint64_t)268435456u);
}

xbz_status xbz_uleb128_get(uint32_t *value, size_t *next, const uint8_t *src,
                           size_t len, size_t at) {
  size_t left = len - at;
  size_t limit = left < XBZ_ULEB128_MAX ? left : XBZ_ULEB128_MAX;
  size_t marks = xbz_uleb128_marks(src, at, limit);
  uint64_t sum;
  if (marks == XBZ_ULEB128_MAX)
    return XBZ_E_LENGTH;
  if (marks == limit)
    return XBZ_E_TRUNCATED;
  sum = xbz_uleb128_sum(src, at, marks + 1);
  if (sum > 0xffffffffu)
    return XBZ_E_LENGTH;
  *value = (uint32_t)sum;
  *next = at + marks + 1;
  return XBZ_OK;
}

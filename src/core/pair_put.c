/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "bytes.h"
#include "pair.h"
#include "uleb128.h"

#ifdef __FRAMAC__
#include "../../proofs/lemmas/encode.acsl"
#endif

size_t xbz_pair_len(size_t i, size_t z, size_t x) {
  return xbz_uleb128_size((uint32_t)(z - i)) +
         xbz_uleb128_size((uint32_t)(x - z)) + (x - z);
}

size_t xbz_pair_put(uint8_t *dst, size_t at, const uint8_t *new_page, size_t i,
                    size_t z, size_t x) {
  size_t mid = xbz_uleb128_put(dst, at, (uint32_t)(z - i));
  size_t data = xbz_uleb128_put(dst, mid, (uint32_t)(x - z));
  xbz_bytes_copy(dst, data, new_page, z, x - z);
  return data + (x - z);
}

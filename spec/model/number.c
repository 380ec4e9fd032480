/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Numbers, section 1 of the format, by powers of 128. */
#include "model.h"

enum { XBZ_MODEL_NUMBER_MAX = 5 };

/* 64 bits: the fifth group of an unacceptable number passes 32. */
static const uint64_t xbz_model_weight[XBZ_MODEL_NUMBER_MAX] = {
    1u, 128u, 16384u, 2097152u, 268435456u};

size_t xbz_model_number_write(uint8_t bytes[5], uint32_t value) {
  size_t size = 1;
  while (size < XBZ_MODEL_NUMBER_MAX && xbz_model_weight[size] <= value)
    size++;
  for (size_t k = 0; k < size; k++) {
    uint64_t group = value / xbz_model_weight[k] % 128;
    bytes[k] = (uint8_t)(k + 1 < size ? 128 + group : group);
  }
  return size;
}

xbz_status xbz_model_number_read(uint32_t *value, size_t *size,
                                 const uint8_t *src, size_t len) {
  size_t last = 0; /* the first byte whose bit 7 is clear */
  while (last < XBZ_MODEL_NUMBER_MAX && last < len && src[last] >= 128)
    last++;
  if (last == XBZ_MODEL_NUMBER_MAX)
    return XBZ_E_LENGTH;
  if (last == len)
    return XBZ_E_TRUNCATED;
  uint64_t sum = 0;
  for (size_t k = 0; k <= last; k++)
    sum += src[k] % 128 * xbz_model_weight[k];
  if (sum > UINT32_MAX)
    return XBZ_E_LENGTH;
  *value = (uint32_t)sum;
  *size = last + 1;
  return XBZ_OK;
}

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* The mutator for libFuzzer, by turns with libFuzzer's own. */
#include "mutate.h"

size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max_size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size,
                               unsigned seed);

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size,
                               unsigned seed) {
  if (seed % 2 == 0)
    return LLVMFuzzerMutate(data, size, max_size);
  return xbz_mutate(data, size, max_size, seed);
}

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "containers.h"

enum { XBZ_DATA_MAX = 1 << 17 };

static xbz_guard xbz_memory_made;

static bool xbz_read_pieces(uint8_t *dst, size_t cap, size_t *len,
                            const xbz_source *source, xbz_error *error) {
  const xbz_fuzz_container *container = source->context;
  xbz_memory memory = {container->bytes, container->len};
  xbz_source whole;
  xbz_memory_source(&whole, source->name, &memory);
  whole.offset = source->offset;
  if (container->piece > 0 && cap > container->piece)
    cap = container->piece;
  return whole.read(dst, cap, len, &whole, error);
}

xbz_source xbz_fuzz_container_source(xbz_fuzz_container *container) {
  return (xbz_source){"delta", 0, xbz_read_pieces, container};
}

xbz_fuzz_container xbz_fuzz_container_take(xbz_fuzz_input *input) {
  xbz_fuzz_memory(&xbz_memory_made, XBZ_DATA_MAX + XBZ_SEAL_OVERHEAD);
  uint8_t mode = xbz_fuzz_take(input);
  size_t size = xbz_fuzz_take(input);
  xbz_fuzz_container it = {.bytes = xbz_memory_made.low,
                           .sealed = mode % 4 != 0,
                           .old_len = xbz_fuzz_take_two(input),
                           .piece = mode / 4 % 2 == 0 ? 0 : size};
  xbz_image_id old_id;
  it.len = input->len < XBZ_DATA_MAX ? input->len : XBZ_DATA_MAX;
  if (it.len > 0)
    memcpy(it.bytes, input->bytes, it.len);
  if (mode % 4 == 3)
    it.len = xbz_seal_payload(it.bytes, it.len, (size_t)512 << size % 4,
                              (uint32_t)(1 + size / 4 * 331));
  it.bytes = memmove(xbz_guard_tail(xbz_memory_made, it.len), it.bytes, it.len);
  xbz_seal_old(&old_id, it.old_len);
  if (it.sealed)
    xbz_seal_parts(it.bytes, it.len, &old_id);
  return it;
}

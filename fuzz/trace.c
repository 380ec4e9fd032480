/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * Any bytes as a recording of dirty pages: a guest is made of it exactly where
 * the model takes it for one, in whatever pieces it is read, and does in each
 * round what the model says; a rejection says where.
 *
 * data: a recording, then the length of pieces.
 */
#include "fuzz.h"
#include "tests/guest/trace_replay.h"

enum { XBZ_TRACE_MOST = 1 << 16 };

static xbz_guard xbz_bytes;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  xbz_fuzz_input input = {data, size < XBZ_TRACE_MOST ? size : XBZ_TRACE_MOST};
  xbz_fuzz_memory(&xbz_bytes, XBZ_TRACE_MOST);
  size_t piece = xbz_fuzz_take(&input);
  xbz_trace_bytes it = {xbz_guard_copy(xbz_bytes, input.bytes, input.len),
                        input.len, piece};
  (void)xbz_trace_check(&it);
  return 0;
}

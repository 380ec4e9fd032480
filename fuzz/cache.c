/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * Any sequence of operations, resizes included: the cache answers what a naive
 * map does, and after each one holds exactly what the map does [C-1]. Any
 * shape: it is accepted if and only if [C-2] says so.
 *
 * data: operations of three bytes each, taken from its end.
 */
#include <stdbool.h>

#include "fuzz.h"
#include "tests/cache/map.h"

enum { XBZ_STEPS_MAX = 400 };

static const uint64_t xbz_bases[] = {0, UINT64_C(0xfffffff0),
                                     UINT64_MAX - XBZ_MAP_PAGES + 1};
static const uint32_t xbz_lifetimes[] = {0, 1, 2, 7, UINT32_MAX};
static const uint64_t xbz_starts[] = {0, 3, UINT64_MAX / 2, UINT64_MAX - 9};

static xbz_map_shape xbz_take_shape(xbz_fuzz_input *input) {
  uint8_t byte = xbz_fuzz_take(input);
  return (xbz_map_shape){.sets = (size_t)1 << byte / 8 % (XBZ_MAP_SETS_LOG + 1),
                         .ways = 1 + byte % XBZ_CACHE_WAYS_MAX};
}

static uint32_t xbz_take_number(xbz_fuzz_input *input) {
  uint32_t low = xbz_fuzz_take(input);
  unsigned shift = xbz_fuzz_take(input);
  return (low << shift % 32) - shift / 32 % 2;
}

/* [C-2], in numbers that cannot overflow. */
static bool xbz_shape_allowed(uint64_t sets, uint64_t ways, uint64_t page_len) {
  uint64_t entry = sizeof(xbz_cache_entry);
  uint64_t item = page_len > entry ? page_len : entry;
  uint64_t most = XBZ_CACHE_ARRAY_MAX / item;
  return sets > 0 && (sets & (sets - 1)) == 0 && ways > 0 &&
         ways <= XBZ_CACHE_WAYS_MAX && page_len > 0 &&
         page_len <= XBZ_PAGE_LEN_MAX && sets * ways <= UINT32_MAX &&
         sets * ways <= most;
}

static void xbz_try_shape(xbz_fuzz_input *input) {
  uint32_t sets = xbz_take_number(input);
  uint32_t ways = xbz_take_number(input);
  uint32_t page_len = xbz_take_number(input);
  bool allowed = xbz_shape_allowed(sets, ways, page_len);
  size_t slots = 0, bytes = 0;
  XBZ_CHECK_EQ(xbz_cache_storage_size(&slots, &bytes, sets, ways, page_len),
               allowed ? XBZ_OK : XBZ_E_ARGUMENT);
  XBZ_CHECK(slots == (allowed ? (size_t)sets * ways : 0));
  XBZ_CHECK(bytes == slots * page_len);
  if (!xbz_shape_allowed(sets, ways, 1))
    xbz_map_refuse(sets, ways, XBZ_CACHE_KEEP);
  xbz_map_refuse_null();
}

static void xbz_take_rare_step(uint8_t what, xbz_fuzz_input *input) {
  switch (what % 4) {
  case 0:
    xbz_map_resize(xbz_take_shape(input), XBZ_CACHE_KEEP);
    break;
  case 1:
    xbz_map_resize(xbz_take_shape(input), XBZ_CACHE_DROP);
    break;
  case 2:
    xbz_map_clear();
    break;
  default:
    xbz_try_shape(input);
  }
}

/* One operation, up to 3 generations before *now, which may grow. */
static void xbz_take_step(uint64_t *now, xbz_fuzz_input *input) {
  uint8_t what = xbz_fuzz_take(input);
  uint8_t when = xbz_fuzz_take(input);
  size_t i = xbz_fuzz_take(input) % XBZ_MAP_PAGES;
  *now += when % 16 == 15 ? UINT32_MAX : when % 4;
  uint64_t at = *now - when / 64;
  switch (what % 8) {
  case 0:
  case 1:
    xbz_map_lookup(i, at);
    break;
  case 2:
    xbz_map_update(i, what);
    break;
  case 3:
    xbz_map_invalidate(i);
    break;
  case 4:
    xbz_take_rare_step(what / 8, input);
    break;
  default:
    xbz_map_insert(i, what, at);
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  xbz_fuzz_input input = {data, size};
  uint8_t setting = xbz_fuzz_take(&input);
  xbz_map_shape shape = xbz_take_shape(&input);
  size_t page_len = 1 + xbz_fuzz_take(&input) % XBZ_MAP_LEN_MAX;
  uint64_t now = xbz_starts[setting / 16 % 4];
  xbz_map_start(xbz_bases[setting / 5 % 3], shape, page_len,
                xbz_lifetimes[setting % 5]);
  for (size_t step = 0; step < XBZ_STEPS_MAX && input.len > 0; step++) {
    xbz_note(0, "step", step);
    xbz_take_step(&now, &input);
    xbz_map_check();
  }
  return 0;
}

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "arena.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "tests/codec/random.h"

const char *const xbz_level_names[XBZ_LEVEL_COUNT] = {"L1", "L2", "L3", "DRAM"};

#define XBZ_KIB ((size_t)1 << 10)
#define XBZ_MIB ((size_t)1 << 20)

static size_t xbz_cache_size(int name, size_t usual) {
  long size = sysconf(name);
  return size > 0 ? (size_t)size : usual;
}

static size_t xbz_clamp(size_t size, size_t low, size_t high) {
  if (size < low)
    return low;
  return size > high ? high : size;
}

void xbz_level_sizes(size_t sizes[XBZ_LEVEL_COUNT]) {
  size_t l1 = xbz_cache_size(_SC_LEVEL1_DCACHE_SIZE, 32 * XBZ_KIB);
  size_t l2 = xbz_cache_size(_SC_LEVEL2_CACHE_SIZE, XBZ_MIB);
  size_t l3 = xbz_cache_size(_SC_LEVEL3_CACHE_SIZE, 32 * XBZ_MIB);
  sizes[XBZ_LEVEL_L1] = l1 / 2;
  sizes[XBZ_LEVEL_L2] = l2 / 2;
  sizes[XBZ_LEVEL_L3] = xbz_clamp(l3 / 4, 2 * l2, 16 * XBZ_MIB);
  sizes[XBZ_LEVEL_DRAM] = xbz_clamp(4 * l3, 64 * XBZ_MIB, 256 * XBZ_MIB);
}

size_t xbz_level_slots(const xbz_sample *sample, xbz_level level, size_t size) {
  size_t slots = size / (2 * sample->page_len);
  if (level == XBZ_LEVEL_L1)
    return slots > 0 && !sample->recorded ? 1 : 0;
  if (slots > sample->count)
    slots -= slots % sample->count;
  return slots;
}

/* A permutation of the slots. */
static void xbz_shuffle(uint32_t *order, size_t slots) {
  xbz_random random = {slots};
  for (size_t i = 0; i < slots; i++) {
    size_t other = xbz_random_below(&random, i + 1);
    order[i] = order[other];
    order[other] = (uint32_t)i;
  }
}

static void xbz_arena_fill(xbz_arena *arena) {
  size_t len = arena->sample->page_len;
  for (size_t i = 0; i < arena->slots; i++) {
    const uint8_t *old_page = xbz_sample_old(arena->sample, i % arena->classes);
    size_t place = arena->order[i] * len;
    memcpy(arena->old_pages + place, old_page, len);
    memcpy(arena->cached + place, old_page, len);
    memcpy(arena->new_pages + place, old_page + len, len);
  }
}

/* Zeros, or null. */
static uint8_t *xbz_map(size_t len) {
  void *map = mmap(NULL, len, PROT_READ | PROT_WRITE,
                   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (map == MAP_FAILED)
    return NULL;
  /* As the memory of virtual machines: large pages where there are any. */
  (void)madvise(map, len, MADV_HUGEPAGE);
  return map;
}

bool xbz_arena_open(xbz_arena *arena, const xbz_sample *sample, size_t slots,
                    xbz_error *error) {
  size_t plane = slots * sample->page_len;
  size_t map_len = 3 * plane + 2 * sample->page_len;
  *arena = (xbz_arena){
      .sample = sample,
      .slots = slots,
      .classes = slots < sample->count ? slots : sample->count,
      .map_len = map_len,
      .map = xbz_map(map_len),
      .order = malloc(slots * sizeof *arena->order),
      .sent = calloc(slots, sizeof *arena->sent),
  };
  if (arena->map == NULL || arena->order == NULL || arena->sent == NULL)
    return xbz_fail(error, "no memory for %zu MiB of pages", map_len / XBZ_MIB);
  arena->old_pages = arena->map;
  arena->new_pages = arena->old_pages + plane;
  arena->cached = arena->new_pages + plane;
  arena->dst = arena->cached + plane;
  xbz_shuffle(arena->order, slots);
  xbz_arena_fill(arena);
  return true;
}

void xbz_arena_close(xbz_arena *arena) {
  if (arena->map != NULL)
    (void)munmap(arena->map, arena->map_len);
  free(arena->order);
  free(arena->sent);
}

size_t xbz_arena_next(xbz_arena *arena, xbz_task *task, xbz_op op) {
  size_t at = arena->at, slot = arena->order[at];
  size_t place = slot * arena->sample->page_len;
  bool back = arena->sent[slot];
  arena->at = at + 1 == arena->slots ? 0 : at + 1;
  arena->sent[slot] = op == XBZ_OP_SEND ? !back : back;
  *task = (xbz_task){
      .old_page = arena->old_pages + place,
      .new_page = arena->new_pages + place,
      .live = (back ? arena->old_pages : arena->new_pages) + place,
      .cached = arena->cached + place,
      .page_len = arena->sample->page_len,
      .dst = arena->dst,
      .cap = arena->sample->page_len,
  };
  return at % arena->classes;
}

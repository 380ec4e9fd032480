/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "map.h"

#include <stdbool.h>
#include <string.h>

#include "tests/codec/check.h"
#include "tests/codec/guard.h"

/* What the map knows of one page. */
typedef struct xbz_known {
  uint64_t age;
  size_t way;
  uint8_t tag; /* says what its bytes are */
  bool held;
} xbz_known;

typedef struct xbz_map {
  xbz_known pages[XBZ_MAP_PAGES];
  uint64_t base; /* page i has number base + i */
  size_t sets, ways, page_len;
  uint64_t lifetime;
} xbz_map;

/* What is tested: a map, the cache, and two storages to move between. */
static xbz_map xbz_it;
static xbz_cache xbz_cached;
static xbz_guard xbz_entries[2];
static xbz_guard xbz_bytes[2];
static size_t xbz_storage;

static size_t xbz_set_of(size_t i) {
  return (size_t)((xbz_it.base + i) % xbz_it.sets);
}

/* As many bytes as the longest page has. */
static void xbz_fill(uint8_t page[XBZ_MAP_LEN_MAX], uint8_t tag) {
  for (size_t i = 0; i < XBZ_MAP_LEN_MAX; i++)
    page[i] = (uint8_t)(i * 31 + tag);
}

/* The page in this place, or XBZ_MAP_PAGES. */
static size_t xbz_map_at(size_t set, size_t way) {
  for (size_t i = 0; i < XBZ_MAP_PAGES; i++)
    if (xbz_it.pages[i].held && xbz_set_of(i) == set &&
        xbz_it.pages[i].way == way)
      return i;
  return XBZ_MAP_PAGES;
}

/* Make room for page i at now [C-6]; false when it is refused. */
static bool xbz_map_make_room(size_t i, uint64_t now, size_t *way) {
  size_t set = xbz_set_of(i);
  size_t oldest = XBZ_MAP_PAGES;
  for (*way = 0; *way < xbz_it.ways; (*way)++) {
    size_t there = xbz_map_at(set, *way);
    if (there == XBZ_MAP_PAGES)
      return true;
    if (oldest == XBZ_MAP_PAGES ||
        xbz_it.pages[there].age < xbz_it.pages[oldest].age)
      oldest = there;
  }
  xbz_known *victim = &xbz_it.pages[oldest];
  if (victim->age > now || now - victim->age < xbz_it.lifetime)
    return false;
  victim->held = false;
  *way = victim->way;
  return true;
}

/* The slot that the map has page i in. */
static size_t xbz_map_slot(size_t i) {
  return xbz_set_of(i) * xbz_it.ways + xbz_it.pages[i].way;
}

void xbz_map_check(void) {
  size_t held = 0, used = 0;
  for (size_t i = 0; i < XBZ_MAP_PAGES; i++) {
    const xbz_known *known = &xbz_it.pages[i];
    uint8_t want[XBZ_MAP_LEN_MAX];
    if (!known->held)
      continue;
    held++;
    const xbz_cache_entry *entry = &xbz_cached.entries[xbz_map_slot(i)];
    xbz_note(2, "page", i);
    XBZ_CHECK(entry->used);
    XBZ_CHECK(entry->page_no == xbz_it.base + i);
    XBZ_CHECK(entry->age == known->age);
    xbz_fill(want, known->tag);
    XBZ_CHECK_BYTES(xbz_cache_page(&xbz_cached, xbz_map_slot(i)), want,
                    xbz_it.page_len);
  }
  for (size_t slot = 0; slot < xbz_cached.slots; slot++)
    used += xbz_cached.entries[slot].used != 0;
  XBZ_CHECK_EQ(used, held);
}

void xbz_map_lookup(size_t i, uint64_t now) {
  xbz_known *known = &xbz_it.pages[i];
  size_t slot = SIZE_MAX;
  XBZ_CHECK_EQ(xbz_cache_lookup(&xbz_cached, &slot, xbz_it.base + i, now),
               known->held ? XBZ_OK : XBZ_MISS);
  XBZ_CHECK(slot == (known->held ? xbz_map_slot(i) : SIZE_MAX));
  if (known->held)
    known->age = now;
}

void xbz_map_insert(size_t i, uint8_t tag, uint64_t now) {
  xbz_known *known = &xbz_it.pages[i];
  size_t slot = SIZE_MAX;
  uint8_t page[XBZ_MAP_LEN_MAX];
  xbz_fill(page, tag);
  bool taken = known->held || xbz_map_make_room(i, now, &known->way);
  if (taken) {
    known->held = true;
    known->age = now;
    known->tag = tag;
  }
  XBZ_CHECK_EQ(xbz_cache_insert(&xbz_cached, &slot, xbz_it.base + i, page, now),
               taken ? XBZ_OK : XBZ_REFUSED);
  XBZ_CHECK(slot == (taken ? xbz_map_slot(i) : SIZE_MAX));
}

void xbz_map_update(size_t i, uint8_t tag) {
  xbz_known *known = &xbz_it.pages[i];
  uint8_t page[XBZ_MAP_LEN_MAX];
  xbz_fill(page, tag);
  XBZ_CHECK_EQ(xbz_cache_update(&xbz_cached, xbz_it.base + i, page),
               known->held ? XBZ_OK : XBZ_MISS);
  known->tag = tag;
}

void xbz_map_invalidate(size_t i) {
  xbz_known *known = &xbz_it.pages[i];
  XBZ_CHECK_EQ(xbz_cache_invalidate(&xbz_cached, xbz_it.base + i),
               known->held ? XBZ_OK : XBZ_MISS);
  known->held = false;
}

static void xbz_map_drop(void) {
  for (size_t i = 0; i < XBZ_MAP_PAGES; i++)
    xbz_it.pages[i].held = false;
}

/* Which pages stay when equally old ones compete is not specified [C-12]: the
   map learns who stayed, and where; how old they must be is checked below. */
static void xbz_map_learn(void) {
  xbz_map_drop();
  for (size_t slot = 0; slot < xbz_cached.slots; slot++) {
    const xbz_cache_entry *entry = &xbz_cached.entries[slot];
    if (!entry->used)
      continue;
    XBZ_CHECK(entry->page_no - xbz_it.base < XBZ_MAP_PAGES);
    xbz_known *known = &xbz_it.pages[(size_t)(entry->page_no - xbz_it.base)];
    known->held = true;
    known->way = slot % xbz_it.ways;
  }
}

/* Of the pages held before, those left out lost to as many as a set has, none
   of them older; and none came from nowhere. */
static void xbz_check_newest(const xbz_known *before) {
  for (size_t i = 0; i < XBZ_MAP_PAGES; i++) {
    size_t no_older = 0;
    xbz_note(2, "page", i);
    XBZ_CHECK(before[i].held || !xbz_it.pages[i].held);
    if (!before[i].held || xbz_it.pages[i].held)
      continue;
    for (size_t j = 0; j < XBZ_MAP_PAGES; j++)
      no_older += xbz_it.pages[j].held && xbz_set_of(j) == xbz_set_of(i) &&
                  xbz_it.pages[j].age >= before[i].age;
    XBZ_CHECK_EQ(no_older, xbz_it.ways);
  }
}

/* Storage of this many slots, at the end of the one not in use. */
static xbz_cache_entry *xbz_other_entries(size_t slots) {
  void *tail = xbz_guard_tail(xbz_entries[1 - xbz_storage],
                              slots * sizeof(xbz_cache_entry));
  return tail;
}

static uint8_t *xbz_other_bytes(size_t slots) {
  return xbz_guard_tail(xbz_bytes[1 - xbz_storage], slots * xbz_it.page_len);
}

/* The storages change places; rubbish in the old one must not matter. */
static void xbz_swap_storage(size_t old_slots) {
  size_t len = old_slots * sizeof(xbz_cache_entry);
  memset(xbz_guard_tail(xbz_entries[xbz_storage], len), XBZ_GUARD_PAINT, len);
  xbz_storage = 1 - xbz_storage;
}

static void xbz_map_set_shape(xbz_map_shape shape) {
  xbz_it.sets = shape.sets;
  xbz_it.ways = shape.ways;
}

void xbz_map_resize(xbz_map_shape shape, xbz_cache_keep keep) {
  xbz_known before[XBZ_MAP_PAGES];
  size_t old_slots = xbz_cached.slots;
  memcpy(before, xbz_it.pages, sizeof before);
  xbz_map_set_shape(shape);
  size_t slots = xbz_it.sets * xbz_it.ways;
  XBZ_CHECK_EQ(xbz_cache_resize(&xbz_cached, xbz_other_entries(slots),
                                xbz_other_bytes(slots), (uint32_t)xbz_it.sets,
                                (uint32_t)xbz_it.ways, keep),
               XBZ_OK);
  xbz_swap_storage(old_slots);
  XBZ_CHECK_EQ(xbz_cached.slots, slots);
  if (keep == XBZ_CACHE_DROP) {
    xbz_map_drop();
    return;
  }
  xbz_map_learn();
  xbz_check_newest(before);
}

void xbz_map_refuse(uint32_t sets, uint32_t ways, xbz_cache_keep keep) {
  xbz_cache_entry *entries = xbz_other_entries(XBZ_MAP_SLOTS_MAX);
  uint8_t *bytes = xbz_other_bytes(XBZ_MAP_SLOTS_MAX);
  xbz_cache other;
  XBZ_CHECK_EQ(xbz_cache_resize(&xbz_cached, entries, bytes, sets, ways, keep),
               XBZ_E_ARGUMENT);
  XBZ_CHECK_EQ(xbz_cache_init(&other, entries, bytes, sets, ways, 1, 0),
               XBZ_E_ARGUMENT);
}

void xbz_map_refuse_null(void) {
  XBZ_CHECK_EQ(xbz_cache_resize(&xbz_cached, NULL, xbz_other_bytes(1), 1, 1,
                                XBZ_CACHE_KEEP),
               XBZ_E_ARGUMENT);
  XBZ_CHECK_EQ(xbz_cache_resize(&xbz_cached, xbz_other_entries(1), NULL, 1, 1,
                                XBZ_CACHE_KEEP),
               XBZ_E_ARGUMENT);
}

void xbz_map_clear(void) {
  xbz_cache_clear(&xbz_cached);
  xbz_map_drop();
}

static void xbz_map_make_storage(void) {
  if (xbz_entries[0].low != NULL)
    return;
  for (size_t i = 0; i < 2; i++) {
    xbz_entries[i] =
        xbz_guard_make(XBZ_MAP_SLOTS_MAX * sizeof(xbz_cache_entry));
    xbz_bytes[i] = xbz_guard_make((size_t)XBZ_MAP_SLOTS_MAX * XBZ_MAP_LEN_MAX);
  }
}

void xbz_map_start(uint64_t base, xbz_map_shape shape, size_t page_len,
                   uint32_t lifetime) {
  xbz_map_make_storage();
  memset(xbz_it.pages, 0, sizeof xbz_it.pages);
  xbz_it.base = base;
  xbz_it.page_len = page_len;
  xbz_it.lifetime = lifetime;
  xbz_map_set_shape(shape);
  size_t slots = xbz_it.sets * xbz_it.ways;
  XBZ_CHECK_EQ(xbz_cache_init(&xbz_cached, xbz_other_entries(slots),
                              xbz_other_bytes(slots), (uint32_t)xbz_it.sets,
                              (uint32_t)xbz_it.ways, (uint32_t)xbz_it.page_len,
                              lifetime),
               XBZ_OK);
  xbz_storage = 1 - xbz_storage;
}

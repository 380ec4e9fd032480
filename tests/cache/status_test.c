/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * Every status of every call of the page cache, what each buffer holds
 * afterwards [C-13], and the worked example of spec/CACHE.md.
 */
#include <stdbool.h>
#include <string.h>

#include "src/xbz.h"
#include "tests/codec/check.h"

enum {
  XBZ_SLOTS = 4,
  XBZ_LEN = 4,
  XBZ_BEFORE = 12345,
  XBZ_PAINT = 0xa5,
};

/* A cache and its storage, to be compared as a whole. */
typedef struct xbz_box {
  xbz_cache cache;
  xbz_cache_entry entries[XBZ_SLOTS];
  uint8_t bytes[XBZ_SLOTS * XBZ_LEN];
} xbz_box;

static xbz_box xbz_it;
static xbz_box xbz_before;

static void xbz_save(void) { memcpy(&xbz_before, &xbz_it, sizeof xbz_it); }

/* Nothing was written, padding included. */
static void xbz_check_same(const void *got, const void *want, size_t len) {
  const uint8_t *a = got;
  const uint8_t *b = want;
  XBZ_CHECK_BYTES(a, b, len);
}

static void xbz_check_untouched(void) {
  xbz_check_same(&xbz_it, &xbz_before, sizeof xbz_it);
}

/* 2 sets of 2 ways, lifetime 2, over storage full of rubbish. */
static void xbz_start(void) {
  memset(&xbz_it, XBZ_PAINT, sizeof xbz_it);
  XBZ_CHECK_EQ(xbz_cache_init(&xbz_it.cache, xbz_it.entries, xbz_it.bytes, 2, 2,
                              XBZ_LEN, XBZ_CACHE_LIFETIME),
               XBZ_OK);
}

static void xbz_page_of(uint8_t *page, uint64_t page_no) {
  for (size_t i = 0; i < XBZ_LEN; i++)
    page[i] = (uint8_t)(page_no * 16 + i);
}

static bool xbz_shape_fits(uint32_t sets, uint32_t ways, uint32_t page_len) {
  const uint64_t most = SIZE_MAX / 4;
  uint64_t slots = (uint64_t)sets * ways;
  return slots * sizeof(xbz_cache_entry) <= most && slots * page_len <= most;
}

/* Shapes whose numbers are in range: only the machine's size can refuse. */
static void xbz_test_good_shapes(void) {
  static const struct {
    uint32_t sets, ways, page_len;
  } table[] = {
      {1, 1, 1},
      {1, 8, 4096},
      {2, 3, 7},
      {1024, 4, 4096},
      {1, 1, XBZ_PAGE_LEN_MAX},
      {1, 2, XBZ_PAGE_LEN_MAX},
      {1u << 18, 1, 4096},
      {1u << 19, 1, 4096},
      {1u << 28, 1, 1},
      {1u << 31, 1, 1},
      {1u << 29, 7, XBZ_PAGE_LEN_MAX},
      {1u << 28, 8, XBZ_PAGE_LEN_MAX},
  };
  for (size_t row = 0; row < sizeof table / sizeof *table; row++) {
    size_t slots = XBZ_BEFORE;
    size_t bytes_len = XBZ_BEFORE;
    bool fits =
        xbz_shape_fits(table[row].sets, table[row].ways, table[row].page_len);
    xbz_note(0, "row", row);
    XBZ_CHECK_EQ(xbz_cache_storage_size(&slots, &bytes_len, table[row].sets,
                                        table[row].ways, table[row].page_len),
                 fits ? XBZ_OK : XBZ_E_ARGUMENT);
    size_t want = (size_t)table[row].sets * table[row].ways;
    XBZ_CHECK(slots == (fits ? want : XBZ_BEFORE));
    XBZ_CHECK(bytes_len == (fits ? want * table[row].page_len : XBZ_BEFORE));
  }
}

static const struct {
  uint32_t sets, ways, page_len;
} xbz_bad_shapes[] = {
    {0, 1, 1},
    {3, 1, 1},
    {6, 1, 1},
    {UINT32_MAX, 1, 1},
    {(1u << 31) + 1, 1, 1},
    {1, 0, 1},
    {1, XBZ_CACHE_WAYS_MAX + 1, 1},
    {1, UINT32_MAX, 1},
    {1, 1, 0},
    {1, 1, XBZ_PAGE_LEN_MAX + 1},
    {1, 1, UINT32_MAX},
    {1u << 31, 2, 1},
    {1u << 29, 8, 1},
};
enum { XBZ_BAD_SHAPES = sizeof xbz_bad_shapes / sizeof *xbz_bad_shapes };

static void xbz_test_bad_shapes(void) {
  for (size_t row = 0; row < XBZ_BAD_SHAPES; row++) {
    uint32_t sets = xbz_bad_shapes[row].sets;
    uint32_t ways = xbz_bad_shapes[row].ways;
    uint32_t page_len = xbz_bad_shapes[row].page_len;
    size_t slots = XBZ_BEFORE;
    size_t bytes_len = XBZ_BEFORE;
    xbz_note(0, "bad row", row);
    XBZ_CHECK_EQ(
        xbz_cache_storage_size(&slots, &bytes_len, sets, ways, page_len),
        XBZ_E_ARGUMENT);
    XBZ_CHECK_EQ(slots, XBZ_BEFORE);
    XBZ_CHECK_EQ(bytes_len, XBZ_BEFORE);
    xbz_start();
    xbz_save();
    XBZ_CHECK_EQ(xbz_cache_init(&xbz_it.cache, xbz_it.entries, xbz_it.bytes,
                                sets, ways, page_len, 1),
                 XBZ_E_ARGUMENT);
    xbz_check_untouched();
  }
}

/* Null storage is refused by both calls that take storage. */
static void xbz_test_null_storage(void) {
  xbz_start();
  xbz_save();
  XBZ_CHECK_EQ(xbz_cache_init(&xbz_it.cache, NULL, xbz_it.bytes, 2, 2, 4, 2),
               XBZ_E_ARGUMENT);
  XBZ_CHECK_EQ(xbz_cache_init(&xbz_it.cache, xbz_it.entries, NULL, 2, 2, 4, 2),
               XBZ_E_ARGUMENT);
  XBZ_CHECK_EQ(
      xbz_cache_resize(&xbz_it.cache, NULL, xbz_it.bytes, 2, 2, XBZ_CACHE_KEEP),
      XBZ_E_ARGUMENT);
  XBZ_CHECK_EQ(xbz_cache_resize(&xbz_it.cache, xbz_it.entries, NULL, 2, 2,
                                XBZ_CACHE_DROP),
               XBZ_E_ARGUMENT);
  xbz_check_untouched();
}

/* A new cache is empty, has the shape asked for, and its bytes are untouched.
 */
static void xbz_test_init(void) {
  xbz_start();
  XBZ_CHECK(xbz_it.cache.entries == xbz_it.entries);
  XBZ_CHECK(xbz_it.cache.bytes == xbz_it.bytes);
  XBZ_CHECK_EQ(xbz_it.cache.sets, 2);
  XBZ_CHECK_EQ(xbz_it.cache.ways, 2);
  XBZ_CHECK_EQ(xbz_it.cache.slots, 4);
  XBZ_CHECK_EQ(xbz_it.cache.page_len, XBZ_LEN);
  XBZ_CHECK_EQ(xbz_it.cache.lifetime, 2);
  for (size_t slot = 0; slot < XBZ_SLOTS; slot++)
    XBZ_CHECK_EQ(xbz_it.entries[slot].used, 0);
  for (size_t i = 0; i < sizeof xbz_it.bytes; i++)
    XBZ_CHECK_EQ(xbz_it.bytes[i], XBZ_PAINT);
}

typedef struct xbz_held {
  int used;
  uint64_t page_no;
  uint64_t age;
} xbz_held;

/* The slots hold these pages, with the bytes of xbz_page_of. */
static void xbz_check_slots(const xbz_held *want) {
  for (size_t slot = 0; slot < xbz_it.cache.slots; slot++) {
    const xbz_cache_entry *entry = &xbz_it.cache.entries[slot];
    uint8_t page[XBZ_LEN];
    xbz_note(1, "slot", slot);
    XBZ_CHECK_EQ(entry->used != 0, want[slot].used);
    if (!want[slot].used)
      continue;
    XBZ_CHECK_EQ(entry->page_no, want[slot].page_no);
    XBZ_CHECK_EQ(entry->age, want[slot].age);
    xbz_page_of(page, entry->page_no);
    XBZ_CHECK(xbz_cache_page(&xbz_it.cache, slot) ==
              xbz_it.cache.bytes + slot * XBZ_LEN);
    XBZ_CHECK_BYTES(xbz_cache_page(&xbz_it.cache, slot), page, XBZ_LEN);
  }
}

enum xbz_call { XBZ_INSERT, XBZ_LOOKUP, XBZ_INVALIDATE };

typedef struct xbz_step {
  enum xbz_call call;
  xbz_status status;
  uint64_t page_no, now;
  size_t slot; /* what *slot is afterwards */
  xbz_held after[XBZ_SLOTS];
} xbz_step;

/* Steps 1 to 13 of the worked example. */
static const xbz_step xbz_example[] = {
    {XBZ_INSERT, XBZ_OK, 4, 1, 0, {{1, 4, 1}}},
    {XBZ_INSERT, XBZ_OK, 6, 1, 1, {{1, 4, 1}, {1, 6, 1}}},
    {XBZ_LOOKUP, XBZ_OK, 4, 2, 0, {{1, 4, 2}, {1, 6, 1}}},
    {XBZ_INSERT, XBZ_REFUSED, 8, 2, XBZ_BEFORE, {{1, 4, 2}, {1, 6, 1}}},
    {XBZ_INSERT, XBZ_OK, 8, 3, 1, {{1, 4, 2}, {1, 8, 3}}},
    {XBZ_LOOKUP, XBZ_MISS, 6, 3, XBZ_BEFORE, {{1, 4, 2}, {1, 8, 3}}},
    {XBZ_INSERT, XBZ_OK, 3, 4, 2, {{1, 4, 2}, {1, 8, 3}, {1, 3, 4}}},
    {XBZ_INSERT,
     XBZ_REFUSED,
     10,
     1,
     XBZ_BEFORE,
     {{1, 4, 2}, {1, 8, 3}, {1, 3, 4}}},
    {XBZ_INSERT, XBZ_OK, 4, 4, 0, {{1, 4, 4}, {1, 8, 3}, {1, 3, 4}}},
    {XBZ_INSERT, XBZ_OK, 10, 5, 1, {{1, 4, 4}, {1, 10, 5}, {1, 3, 4}}},
    {XBZ_INVALIDATE,
     XBZ_OK,
     4,
     0,
     XBZ_BEFORE,
     {{0, 0, 0}, {1, 10, 5}, {1, 3, 4}}},
    {XBZ_INSERT, XBZ_OK, 12, 5, 0, {{1, 12, 5}, {1, 10, 5}, {1, 3, 4}}},
    {XBZ_INSERT, XBZ_OK, 14, 7, 0, {{1, 14, 7}, {1, 10, 5}, {1, 3, 4}}},
};
enum { XBZ_STEPS = sizeof xbz_example / sizeof *xbz_example };

static xbz_status xbz_take_step(const xbz_step *step, size_t *slot) {
  uint8_t page[XBZ_LEN];
  if (step->call == XBZ_LOOKUP)
    return xbz_cache_lookup(&xbz_it.cache, slot, step->page_no, step->now);
  if (step->call == XBZ_INVALIDATE)
    return xbz_cache_invalidate(&xbz_it.cache, step->page_no);
  xbz_page_of(page, step->page_no);
  return xbz_cache_insert(&xbz_it.cache, slot, step->page_no, page, step->now);
}

/* Leaves the cache as the example does. */
static void xbz_test_example(void) {
  xbz_start();
  for (size_t i = 0; i < XBZ_STEPS; i++) {
    const xbz_step *step = &xbz_example[i];
    size_t slot = XBZ_BEFORE;
    xbz_note(0, "step", i + 1);
    xbz_save();
    XBZ_CHECK_EQ(xbz_take_step(step, &slot), step->status);
    XBZ_CHECK_EQ(slot, step->slot);
    xbz_check_slots(step->after);
    if (step->status != XBZ_OK)
      xbz_check_untouched();
  }
}

static void xbz_test_update(void) {
  static const uint8_t page[XBZ_LEN] = {9, 8, 7, 6};
  xbz_test_example();
  xbz_save();
  XBZ_CHECK_EQ(xbz_cache_update(&xbz_it.cache, 4, page), XBZ_MISS);
  XBZ_CHECK_EQ(xbz_cache_invalidate(&xbz_it.cache, 4), XBZ_MISS);
  xbz_check_untouched();
  XBZ_CHECK_EQ(xbz_cache_update(&xbz_it.cache, 10, page), XBZ_OK);
  memcpy(xbz_before.bytes + XBZ_LEN, page, XBZ_LEN);
  xbz_check_untouched();
}

static void xbz_test_clear(void) {
  static const xbz_held none[XBZ_SLOTS] = {{0, 0, 0}};
  xbz_test_example();
  xbz_save();
  xbz_cache_clear(&xbz_it.cache);
  xbz_check_slots(none);
  xbz_check_same(&xbz_it.cache, &xbz_before.cache, sizeof xbz_it.cache);
  XBZ_CHECK_BYTES(xbz_it.bytes, xbz_before.bytes, sizeof xbz_it.bytes);
}

/* Step 14 of the example, and the same without keeping. */
static void xbz_test_resize(xbz_cache_keep keep) {
  static const xbz_held kept[2] = {{1, 14, 7}, {1, 10, 5}};
  static const xbz_held none[2] = {{0, 0, 0}, {0, 0, 0}};
  xbz_cache_entry entries[2];
  uint8_t bytes[2 * XBZ_LEN];
  memset(entries, XBZ_PAINT, sizeof entries);
  xbz_test_example();
  xbz_save();
  XBZ_CHECK_EQ(xbz_cache_resize(&xbz_it.cache, entries, bytes, 1, 2, keep),
               XBZ_OK);
  xbz_check_slots(keep == XBZ_CACHE_KEEP ? kept : none);
  XBZ_CHECK(xbz_it.cache.entries == entries && xbz_it.cache.bytes == bytes);
  XBZ_CHECK_EQ(xbz_it.cache.sets, 1);
  XBZ_CHECK_EQ(xbz_it.cache.slots, 2);
  XBZ_CHECK_EQ(xbz_it.cache.page_len, XBZ_LEN);
  XBZ_CHECK_EQ(xbz_it.cache.lifetime, XBZ_CACHE_LIFETIME);
  memcpy(&xbz_it.cache, &xbz_before.cache, sizeof xbz_it.cache);
  xbz_check_untouched();
}

static void xbz_test_resize_refused(void) {
  xbz_cache_entry entries[2] = {{1, 2, 3}, {4, 5, 6}};
  uint8_t bytes[2 * XBZ_LEN] = {1};
  for (size_t row = 0; row < XBZ_BAD_SHAPES; row++) {
    if (xbz_bad_shapes[row].page_len != 1)
      continue;
    xbz_note(0, "resize to bad row", row);
    xbz_test_example();
    xbz_save();
    XBZ_CHECK_EQ(xbz_cache_resize(&xbz_it.cache, entries, bytes,
                                  xbz_bad_shapes[row].sets,
                                  xbz_bad_shapes[row].ways, XBZ_CACHE_KEEP),
                 XBZ_E_ARGUMENT);
    xbz_check_untouched();
    XBZ_CHECK_EQ(entries[0].used, 3);
    XBZ_CHECK_EQ(entries[1].page_no, 4);
    XBZ_CHECK_EQ(bytes[0], 1);
  }
}

int main(void) {
  xbz_test_good_shapes();
  xbz_test_bad_shapes();
  xbz_test_null_storage();
  xbz_test_init();
  xbz_test_example();
  xbz_test_update();
  xbz_test_clear();
  xbz_test_resize(XBZ_CACHE_KEEP);
  xbz_test_resize(XBZ_CACHE_DROP);
  xbz_test_resize_refused();
  return 0;
}

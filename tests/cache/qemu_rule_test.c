/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * One way and a lifetime of 2: the cache hits, admits, refuses and displaces
 * exactly as QEMU's rule says, here stated in addresses as QEMU does.
 */
#include <stdbool.h>
#include <string.h>

#include "src/xbz.h"
#include "tests/codec/check.h"
#include "tests/codec/random.h"

enum {
  XBZ_PAGE = 64,
  XBZ_MOST = 64, /* slots */
  XBZ_STEPS = 20000,
};

typedef struct xbz_rule_item {
  bool present;
  uint64_t addr;
  uint64_t age;
  uint8_t data[XBZ_PAGE];
} xbz_rule_item;

typedef struct xbz_rule {
  xbz_rule_item items[XBZ_MOST];
  size_t n; /* a power of two */
} xbz_rule;

static xbz_rule_item *xbz_rule_item_of(xbz_rule *rule, uint64_t addr) {
  return &rule->items[(size_t)(addr / XBZ_PAGE) & (rule->n - 1)];
}

static bool xbz_rule_hit(xbz_rule *rule, uint64_t addr, uint64_t generation) {
  xbz_rule_item *item = xbz_rule_item_of(rule, addr);
  bool hit = item->present && item->addr == addr;
  if (hit)
    item->age = generation;
  return hit;
}

static bool xbz_rule_insert(xbz_rule *rule, uint64_t addr, const uint8_t *data,
                            uint64_t generation) {
  xbz_rule_item *item = xbz_rule_item_of(rule, addr);
  if (item->present && item->addr != addr && item->age + 2 > generation)
    return false;
  item->present = true;
  item->addr = addr;
  item->age = generation;
  memcpy(item->data, data, XBZ_PAGE);
  return true;
}

static void xbz_check_same(const xbz_cache *cache, const xbz_rule *rule) {
  for (size_t i = 0; i < rule->n; i++) {
    const xbz_rule_item *item = &rule->items[i];
    const xbz_cache_entry *entry = &cache->entries[i];
    xbz_note(2, "slot", i);
    XBZ_CHECK_EQ(entry->used != 0, item->present);
    if (!item->present)
      continue;
    XBZ_CHECK(entry->page_no == item->addr / XBZ_PAGE);
    XBZ_CHECK(entry->age == item->age);
    XBZ_CHECK_BYTES(xbz_cache_page(cache, i), item->data, XBZ_PAGE);
  }
}

/* Send one page as a sender does: on a hit its bytes, else an insertion. */
static void xbz_send(xbz_cache *cache, xbz_rule *rule, uint64_t addr,
                     const uint8_t *data, uint64_t generation) {
  size_t slot = 0;
  uint64_t page_no = addr / XBZ_PAGE;
  bool hit = xbz_rule_hit(rule, addr, generation);
  XBZ_CHECK_EQ(xbz_cache_lookup(cache, &slot, page_no, generation),
               hit ? XBZ_OK : XBZ_MISS);
  if (hit) {
    memcpy(xbz_rule_item_of(rule, addr)->data, data, XBZ_PAGE);
    memcpy(xbz_cache_page(cache, slot), data, XBZ_PAGE);
    return;
  }
  bool taken = xbz_rule_insert(rule, addr, data, generation);
  XBZ_CHECK_EQ(xbz_cache_insert(cache, &slot, page_no, data, generation),
               taken ? XBZ_OK : XBZ_REFUSED);
}

/* Insertion without a lookup before it, as of a zero page. */
static void xbz_put(xbz_cache *cache, xbz_rule *rule, uint64_t addr,
                    const uint8_t *data, uint64_t generation) {
  size_t slot = 0;
  bool taken = xbz_rule_insert(rule, addr, data, generation);
  XBZ_CHECK_EQ(
      xbz_cache_insert(cache, &slot, addr / XBZ_PAGE, data, generation),
      taken ? XBZ_OK : XBZ_REFUSED);
}

static void xbz_test_slots(size_t n, uint64_t base) {
  static xbz_cache_entry entries[XBZ_MOST];
  static uint8_t bytes[XBZ_MOST * XBZ_PAGE];
  static xbz_rule rule;
  xbz_cache cache;
  xbz_random random = {n};
  uint64_t generation = 1;
  memset(&rule, 0, sizeof rule);
  rule.n = n;
  XBZ_CHECK_EQ(xbz_cache_init(&cache, entries, bytes, (uint32_t)n, 1, XBZ_PAGE,
                              XBZ_CACHE_LIFETIME),
               XBZ_OK);
  size_t steps = xbz_check_count(XBZ_STEPS);
  for (size_t step = 0; step < steps; step++) {
    uint8_t data[XBZ_PAGE];
    uint64_t addr = base + xbz_random_below(&random, 3 * n) * XBZ_PAGE;
    xbz_note(1, "step", step);
    memset(data, xbz_random_byte(&random), sizeof data);
    if (xbz_random_below(&random, 4) == 0)
      xbz_put(&cache, &rule, addr, data, generation);
    else
      xbz_send(&cache, &rule, addr, data, generation);
    generation += xbz_random_below(&random, 2 * n) == 0;
    xbz_check_same(&cache, &rule);
  }
}

int main(void) {
  for (size_t n = 1; n <= XBZ_MOST; n *= 4) {
    xbz_note(0, "slots", n);
    xbz_test_slots(n, 0);
    xbz_test_slots(n, UINT64_C(1) << 40);
  }
  return 0;
}

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * Someone reads the pages meanwhile. So each byte or word is stored at once, by
 * an atomic store: what a reader sees of it was there at some moment.
 */
#include "load.h"

#include <string.h>

#include "../../xbz.h"

/*
 * That the sender reads a page while its guest writes to it is no mistake, it
 * is what live migration is: a page that changed meanwhile is sent again. So
 * ThreadSanitizer is not told of the two stores below, and of nothing else.
 */
#define XBZ_RACES_ON_PURPOSE __attribute__((no_sanitize("thread")))

/* xorshift64*: a state other than 0 never becomes 0. */
static uint64_t xbz_roll(xbz_load_part *part) {
  uint64_t x = part->random;
  x ^= x >> 12;
  x ^= x << 25;
  x ^= x >> 27;
  part->random = x;
  return x * UINT64_C(0x2545f4914f6cdd1d);
}

XBZ_RACES_ON_PURPOSE static void xbz_put(uint64_t *words, size_t i,
                                         uint64_t value) {
  uint64_t *word = words + i;
  __atomic_store_n(word, value, __ATOMIC_RELAXED);
}

XBZ_RACES_ON_PURPOSE static void xbz_put_byte(uint8_t *bytes, size_t i,
                                              uint8_t value) {
  uint8_t *byte = bytes + i;
  __atomic_store_n(byte, value, __ATOMIC_RELAXED);
}

static uint64_t *xbz_words_of(const xbz_load_part *part, uint64_t page) {
  return part->words + page * part->page_words;
}

static void xbz_add_bytes(const xbz_load_part *part, uint64_t page) {
  uint8_t *bytes = (uint8_t *)xbz_words_of(part, page);
  for (size_t i = 0; i < part->page_words * sizeof(uint64_t); i += 1024)
    xbz_put_byte(bytes, i, (uint8_t)(bytes[i] + 1));
}

static void xbz_add_counters(const xbz_load_part *part, uint64_t page) {
  uint64_t *words = xbz_words_of(part, page);
  for (size_t i = 0; i < 64; i++) {
    size_t at = i * part->page_words / 64;
    xbz_put(words, at, words[at] + 1);
  }
}

static void xbz_scatter_words(xbz_load_part *part, uint64_t page) {
  uint64_t *words = xbz_words_of(part, page);
  for (size_t i = 0; i < 16; i++) {
    uint64_t at = xbz_roll(part) % part->page_words;
    xbz_put(words, at, xbz_roll(part));
  }
}

static void xbz_fill(xbz_load_part *part, uint64_t page) {
  uint64_t *words = xbz_words_of(part, page);
  for (size_t i = 0; i < part->page_words; i++)
    xbz_put(words, i, xbz_roll(part));
}

/* A page in use becomes zeros; one of zeros comes into use. */
static void xbz_take_or_clear(const xbz_load_part *part, uint64_t page) {
  uint64_t *words = xbz_words_of(part, page);
  if (words[0] == 0)
    xbz_put(words, 0, part->turn + 1);
  else
    for (size_t i = 0; i < part->page_words; i++)
      xbz_put(words, i, 0);
}

static void xbz_write_document(xbz_load_part *part) {
  xbz_add_bytes(part, part->turn % part->pages);
}

static void xbz_write_counters(xbz_load_part *part) {
  uint64_t page = xbz_roll(part) % part->pages;
  xbz_add_counters(part, page - page % 4);
}

static void xbz_write_words(xbz_load_part *part) {
  xbz_scatter_words(part, xbz_roll(part) % part->pages);
}

static void xbz_write_dense(xbz_load_part *part) {
  xbz_fill(part, xbz_roll(part) % part->pages);
}

static void xbz_write_mixed(xbz_load_part *part) {
  uint64_t page = xbz_roll(part) % part->pages;
  switch ((part->first + page) % 8) {
  case 0:
  case 1:
    break;
  case 2:
    xbz_take_or_clear(part, page);
    break;
  case 3:
    xbz_fill(part, page);
    break;
  case 4:
    xbz_scatter_words(part, page);
    break;
  case 5:
    xbz_add_counters(part, page);
    break;
  default:
    xbz_add_bytes(part, page);
    break;
  }
}

static const xbz_load xbz_loads[] = {
    {"document",
     "the load of the XBZRLE document: one byte in each 1024 goes up by one, "
     "page after page",
     xbz_write_document},
    {"counters", "64 counters of 8 bytes go up in a page, of every fourth page",
     xbz_write_counters},
    {"words", "16 random words of 8 bytes in a random page", xbz_write_words},
    {"dense", "all of a random page, with random bytes", xbz_write_dense},
    {"mixed",
     "by page number modulo 8: 0, 1 untouched; 2 now zero, now not; 3 dense; 4 "
     "words; 5 counters; 6, 7 document",
     xbz_write_mixed},
};

enum { XBZ_LOADS = sizeof xbz_loads / sizeof xbz_loads[0] };

const xbz_load *xbz_load_at(size_t i) {
  return i < XBZ_LOADS ? &xbz_loads[i] : NULL;
}

const xbz_load *xbz_load_find(const char *name) {
  for (size_t i = 0; i < XBZ_LOADS; i++)
    if (strcmp(name, xbz_loads[i].name) == 0)
      return &xbz_loads[i];
  return NULL;
}

xbz_load_part xbz_load_part_of(uint8_t *memory, size_t page_len, uint64_t pages,
                               size_t i, size_t count, uint64_t seed) {
  uint64_t share = pages / count, more = pages % count;
  uint64_t first = share * i + (i < more ? i : more);
  uint8_t *start = memory + first * page_len;
  xbz_load_part part = {
      .words = (uint64_t *)(void *)start,
      .page_words = page_len / sizeof(uint64_t),
      .first = first,
      .pages = share + (i < more ? 1 : 0),
      .random = (seed + i) * 2 + 1,
  };
  /* The first numbers of small seeds are alike. */
  for (int warm = 0; warm < 16; warm++)
    (void)xbz_roll(&part);
  return part;
}

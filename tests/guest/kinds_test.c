/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* A turn of each load changes what its description says, and nothing else. */
#include "src/host/guest/load.h"
#include "tests/codec/check.h"

enum {
  XBZ_LEN = 8192,
  XBZ_PAGES = 37,
  XBZ_TURNS = 700,
  XBZ_WORDS = XBZ_LEN / 8,
};

typedef uint64_t xbz_pages[XBZ_PAGES][XBZ_WORDS];

static xbz_pages xbz_old, xbz_new;

/* What a turn did to one page. */
typedef struct xbz_change {
  size_t words;    /* that differ */
  size_t by_one;   /* that are one more now */
  size_t in_place; /* of these, at places that divide the page into 64 */
  size_t bytes;    /* first of each 1024 that are one more, the others not */
} xbz_change;

static xbz_change xbz_look(const uint64_t *was, const uint64_t *is) {
  const uint8_t *old_bytes = (const uint8_t *)was;
  const uint8_t *new_bytes = (const uint8_t *)is;
  xbz_change change = {0, 0, 0, 0};
  for (size_t i = 0; i < XBZ_WORDS; i++) {
    change.words += was[i] != is[i];
    change.by_one += is[i] == was[i] + 1;
    change.in_place += is[i] == was[i] + 1 && i % (XBZ_WORDS / 64) == 0;
  }
  for (size_t i = 0; i < XBZ_LEN; i += 1024)
    change.bytes += new_bytes[i] == (uint8_t)(old_bytes[i] + 1);
  return change;
}

static void xbz_check_document(const xbz_change *change) {
  XBZ_CHECK_EQ(change->words, XBZ_LEN / 1024);
  XBZ_CHECK_EQ(change->bytes, XBZ_LEN / 1024);
}

static void xbz_check_counters(const xbz_change *change) {
  XBZ_CHECK_EQ(change->words, 64);
  XBZ_CHECK_EQ(change->by_one, 64);
  XBZ_CHECK_EQ(change->in_place, 64);
}

static void xbz_check_words(const xbz_change *change) {
  XBZ_CHECK(change->words >= 10 && change->words <= 16);
}

static void xbz_check_dense(const xbz_change *change) {
  XBZ_CHECK_EQ(change->words, XBZ_WORDS);
}

/* In use to zeros, or from zeros to one word. */
static void xbz_check_zero(const xbz_change *change, size_t page) {
  size_t used = 0;
  for (size_t i = 0; i < XBZ_WORDS; i++)
    used += xbz_new[page][i] != 0;
  XBZ_CHECK_EQ(change->words, 1);
  XBZ_CHECK(used <= 1);
}

static void xbz_check_mixed(const xbz_change *change, size_t number) {
  switch (number % 8) {
  case 2:
    xbz_check_zero(change, number - 1);
    return;
  case 3:
    xbz_check_dense(change);
    return;
  case 4:
    xbz_check_words(change);
    return;
  case 5:
    xbz_check_counters(change);
    return;
  default:
    XBZ_CHECK(number % 8 > 5);
    xbz_check_document(change);
  }
}

/* The part's first page has the number 1. */
static void xbz_check_change(const char *name, const xbz_change *change,
                             size_t page, size_t turn) {
  if (strcmp(name, "document") == 0) {
    XBZ_CHECK_EQ(page, turn % XBZ_PAGES);
    xbz_check_document(change);
  } else if (strcmp(name, "counters") == 0) {
    XBZ_CHECK_EQ(page % 4, 0);
    xbz_check_counters(change);
  } else if (strcmp(name, "words") == 0)
    xbz_check_words(change);
  else if (strcmp(name, "dense") == 0)
    xbz_check_dense(change);
  else {
    XBZ_CHECK(strcmp(name, "mixed") == 0);
    xbz_check_mixed(change, page + 1);
  }
}

/* Which pages were ever written. */
static uint64_t xbz_try_load(const xbz_load *load) {
  xbz_load_part part =
      xbz_load_part_of((uint8_t *)xbz_new, XBZ_LEN, XBZ_PAGES, 0, 1, 7);
  uint64_t written = 0;
  part.first = 1;
  memset(xbz_old, 0, sizeof xbz_old);
  memset(xbz_new, 0, sizeof xbz_new);
  for (; part.turn < XBZ_TURNS; part.turn++) {
    size_t pages = 0;
    xbz_note(0, "turn", part.turn);
    load->write(&part);
    for (size_t i = 0; i < XBZ_PAGES; i++) {
      if (memcmp(xbz_old[i], xbz_new[i], XBZ_LEN) == 0)
        continue;
      xbz_change change = xbz_look(xbz_old[i], xbz_new[i]);
      xbz_note(1, "page", i);
      xbz_check_change(load->name, &change, i, (size_t)part.turn);
      memcpy(xbz_old[i], xbz_new[i], XBZ_LEN);
      written |= UINT64_C(1) << i;
      pages++;
    }
    XBZ_CHECK(pages <= 1);
    XBZ_CHECK(pages == 1 || strcmp(load->name, "mixed") == 0);
  }
  return written;
}

/* The pages that a load is to reach. */
static uint64_t xbz_reached(const char *name) {
  uint64_t pages = 0;
  for (size_t i = 0; i < XBZ_PAGES; i++) {
    bool reached = true;
    if (strcmp(name, "counters") == 0)
      reached = i % 4 == 0;
    if (strcmp(name, "mixed") == 0)
      reached = (i + 1) % 8 > 1;
    pages |= (uint64_t)reached << i;
  }
  return pages;
}

/* Parts tile the memory, in order, whatever the numbers. */
static void xbz_try_parts(void) {
  for (size_t count = 1; count <= XBZ_PAGES; count++) {
    uint64_t next = 0;
    for (size_t i = 0; i < count; i++) {
      xbz_load_part part =
          xbz_load_part_of((uint8_t *)xbz_new, XBZ_LEN, XBZ_PAGES, i, count, 1);
      XBZ_CHECK(part.first == next && part.pages > 0);
      XBZ_CHECK(part.words == xbz_new[next]);
      next += part.pages;
    }
    XBZ_CHECK_EQ(next, XBZ_PAGES);
  }
}

int main(void) {
  const xbz_load *load;
  for (size_t i = 0; (load = xbz_load_at(i)) != NULL; i++) {
    xbz_check_subject = load->name;
    XBZ_CHECK_EQ(xbz_try_load(load), xbz_reached(load->name));
    XBZ_CHECK(strlen(load->description) > 10);
  }
  xbz_try_parts();
  return 0;
}

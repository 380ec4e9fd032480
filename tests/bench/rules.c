/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* The samples that are made by a rule. */
#include <stdlib.h>
#include <string.h>

#include "sample.h"
#include "tests/codec/random.h"

typedef void xbz_change(xbz_random *random, uint8_t *page, size_t len,
                        size_t amount);

static uint8_t xbz_other_byte(xbz_random *random, uint8_t byte) {
  return (uint8_t)(byte ^ (1 + xbz_random_below(random, 255)));
}

static void xbz_change_field(xbz_random *random, uint8_t *page, size_t len,
                             size_t amount) {
  size_t at = xbz_random_below(random, len - amount);
  for (size_t i = at; i < at + amount; i++)
    page[i] = xbz_other_byte(random, page[i]);
}

static void xbz_change_places(xbz_random *random, uint8_t *page, size_t len,
                              size_t amount) {
  for (size_t i = 0; i < amount; i++)
    xbz_change_field(random, page, len, 1);
}

/* A counter of 8 bytes in every amount bytes goes up a little. */
static void xbz_change_counters(xbz_random *random, uint8_t *page, size_t len,
                                size_t amount) {
  for (size_t at = 0; at + 8 <= len; at += amount) {
    size_t carry = 1 + xbz_random_below(random, 300);
    for (size_t i = 0; i < 8; i++) {
      carry += page[at + i];
      page[at + i] = (uint8_t)carry;
      carry >>= 8;
    }
  }
}

static void xbz_change_words(xbz_random *random, uint8_t *page, size_t len,
                             size_t amount) {
  for (size_t at = 0; at + 8 <= len; at += amount)
    for (size_t i = at; i < at + 8; i++)
      page[i] = xbz_other_byte(random, page[i]);
}

static void xbz_change_percent(xbz_random *random, uint8_t *page, size_t len,
                               size_t amount) {
  for (size_t i = 0; i < len; i++)
    if (xbz_random_below(random, 100) < amount)
      page[i] = xbz_other_byte(random, page[i]);
}

/* Every word of 8 bytes now points elsewhere: its low 2 to 4 bytes change. */
static void xbz_change_pointers(xbz_random *random, uint8_t *page, size_t len,
                                size_t amount) {
  for (size_t at = 0; at + 8 <= len; at += amount) {
    size_t end = at + 2 + xbz_random_below(random, 3);
    for (size_t i = at; i < end; i++)
      page[i] = xbz_other_byte(random, page[i]);
  }
}

static void xbz_change_all(xbz_random *random, uint8_t *page, size_t len,
                           size_t amount) {
  for (size_t i = 0; i < len; i += amount)
    page[i] =
        amount > 1 ? xbz_other_byte(random, page[i]) : xbz_random_byte(random);
}

static const struct {
  const char *name;
  size_t page_len, count;
  xbz_change *change;
  size_t amount;
  bool sparse;
} xbz_rules[] = {
    {"identical", 4096, 64, xbz_change_field, 0, true},
    {"1 byte", 4096, 64, xbz_change_field, 1, true},
    {"16 bytes", 4096, 64, xbz_change_field, 16, true},
    {"16 places", 4096, 64, xbz_change_places, 16, false},
    {"64 counters", 4096, 64, xbz_change_counters, 64, false},
    {"64 words", 4096, 64, xbz_change_words, 64, false},
    {"random 1 %", 4096, 64, xbz_change_percent, 1, false},
    {"random 5 %", 4096, 64, xbz_change_percent, 5, false},
    {"random 10 %", 4096, 64, xbz_change_percent, 10, false},
    {"random 25 %", 4096, 64, xbz_change_percent, 25, false},
    {"pointers", 4096, 64, xbz_change_pointers, 8, false},
    {"all random", 4096, 64, xbz_change_all, 1, false},
    {"every other byte", 4096, 64, xbz_change_all, 2, false},
    {"identical 64K", 65536, 8, xbz_change_field, 0, true},
    {"counters 64K", 65536, 8, xbz_change_counters, 64, false},
    {"random 10 % 64K", 65536, 8, xbz_change_percent, 10, false},
    {"identical 2M", 2097152, 2, xbz_change_field, 0, true},
    {"counters 2M", 2097152, 2, xbz_change_counters, 64, false},
    {"random 10 % 2M", 2097152, 2, xbz_change_percent, 10, false},
};

size_t xbz_sample_rules(void) { return sizeof xbz_rules / sizeof xbz_rules[0]; }

/* A word as memory has them: zero, a small number, an address, or anything. */
static uint64_t xbz_word_random(xbz_random *random) {
  uint64_t word = xbz_random_next(random);
  switch (xbz_random_below(random, 4)) {
  case 0:
    return 0;
  case 1:
    return word & 0xffff;
  case 2:
    return UINT64_C(0x7f5a00000000) | (word & 0xffffff8);
  default:
    return word;
  }
}

static void xbz_page_fill(xbz_random *random, uint8_t *page, size_t len) {
  for (size_t at = 0; at < len; at += 8) {
    uint64_t word = xbz_word_random(random);
    for (size_t i = 0; i < 8; i++)
      page[at + i] = (uint8_t)(word >> (8 * i));
  }
}

bool xbz_sample_make(xbz_sample *sample, size_t rule, xbz_error *error) {
  size_t len = xbz_rules[rule].page_len, count = xbz_rules[rule].count;
  xbz_random random = {rule + 1};
  *sample = (xbz_sample){.sparse = xbz_rules[rule].sparse,
                         .page_len = len,
                         .count = count,
                         .bytes = malloc(2 * count * len)};
  if (sample->bytes == NULL)
    return xbz_fail(error, "no memory for '%s'", xbz_rules[rule].name);
  memcpy(sample->name, xbz_rules[rule].name, strlen(xbz_rules[rule].name));
  for (size_t pair = 0; pair < count; pair++) {
    uint8_t *old_page = sample->bytes + 2 * pair * len;
    xbz_page_fill(&random, old_page, len);
    memcpy(old_page + len, old_page, len);
    xbz_rules[rule].change(&random, old_page + len, len,
                           xbz_rules[rule].amount);
  }
  return true;
}

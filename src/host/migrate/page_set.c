/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "page_set.h"

#include <stdlib.h>
#include <string.h>

static size_t xbz_page_set_words(const xbz_page_set *set) {
  return (size_t)(set->pages / 64 + (set->pages % 64 != 0));
}

bool xbz_page_set_open(xbz_page_set *set, uint64_t pages) {
  set->pages = pages;
  set->words = calloc(xbz_page_set_words(set), sizeof *set->words);
  return set->words != NULL;
}

void xbz_page_set_close(xbz_page_set *set) {
  free(set->words);
  set->words = NULL;
}

/* No bit beyond the last page is ever set. */
void xbz_page_set_fill(xbz_page_set *set) {
  memset(set->words, 0xff, xbz_page_set_words(set) * sizeof *set->words);
  if (set->pages % 64 != 0)
    set->words[set->pages / 64] = (UINT64_C(1) << (set->pages % 64)) - 1;
}

void xbz_page_set_clear(xbz_page_set *set) {
  memset(set->words, 0, xbz_page_set_words(set) * sizeof *set->words);
}

void xbz_page_set_take(xbz_page_set *set, xbz_page_set *other) {
  for (size_t i = 0; i < xbz_page_set_words(set); i++)
    set->words[i] |= other->words[i];
  xbz_page_set_clear(other);
}

static uint64_t xbz_bits(uint64_t word) {
  return (uint64_t)__builtin_popcountll(word);
}

uint64_t xbz_page_set_count(const xbz_page_set *set) {
  return xbz_page_set_union(set, set);
}

uint64_t xbz_page_set_union(const xbz_page_set *set,
                            const xbz_page_set *other) {
  uint64_t count = 0;
  for (size_t i = 0; i < xbz_page_set_words(set); i++)
    count += xbz_bits(set->words[i] | other->words[i]);
  return count;
}

uint64_t xbz_page_set_next(const xbz_page_set *set, uint64_t from) {
  size_t at = (size_t)(from / 64);
  uint64_t word = 0;
  if (from >= set->pages)
    return set->pages;
  word = set->words[at] & (UINT64_MAX << (from % 64));
  while (word == 0 && ++at < xbz_page_set_words(set))
    word = set->words[at];
  return word == 0 ? set->pages
                   : (uint64_t)at * 64 + (uint64_t)__builtin_ctzll(word);
}

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * Section 3 of the format as predicates: an encoding is judged clause by
 * clause, without making one to compare with.
 */
#include "runs.h"

static bool xbz_model_runs_canonical_form(const xbz_model_runs *runs) {
  for (size_t r = 0; r < runs->count; r++)
    if (!runs->pair[r].shortest)
      return false;
  return runs->count > 0;
}

bool xbz_model_canonical_form(const uint8_t *src, size_t src_len,
                              size_t page_len) {
  xbz_model_runs runs;
  bool holds = xbz_model_runs_read(&runs, src, src_len, page_len) == XBZ_OK &&
               xbz_model_runs_canonical_form(&runs);
  xbz_model_runs_free(&runs);
  return holds;
}

static bool xbz_model_equal(const uint8_t *old_page, const uint8_t *new_page,
                            size_t from, size_t to) {
  for (size_t i = from; i < to; i++)
    if (old_page[i] != new_page[i])
      return false;
  return true;
}

/*
 * The pair says what it must: nothing changed in its zrun, and every byte of
 * its nzrun did, to what the input holds. Runs are then maximal [F-21], for
 * they alternate.
 */
static bool xbz_model_pair_true(const xbz_model_pair *pair, const uint8_t *src,
                                const uint8_t *old_page,
                                const uint8_t *new_page) {
  size_t position = pair->position;
  for (size_t i = 0; i < pair->nzrun; i++)
    if (old_page[position + i] == new_page[position + i] ||
        new_page[position + i] != src[pair->offset + i])
      return false;
  return xbz_model_equal(old_page, new_page, position - pair->zrun, position);
}

static bool xbz_model_runs_true(const xbz_model_runs *runs, const uint8_t *src,
                                const uint8_t *old_page,
                                const uint8_t *new_page, size_t page_len) {
  for (size_t r = 0; r < runs->count; r++)
    if (!xbz_model_pair_true(&runs->pair[r], src, old_page, new_page))
      return false;
  return xbz_model_equal(old_page, new_page, xbz_model_runs_end(runs),
                         page_len);
}

bool xbz_model_canonical(const uint8_t *src, size_t src_len,
                         const uint8_t *old_page, const uint8_t *new_page,
                         size_t page_len) {
  xbz_model_runs runs;
  bool holds = xbz_model_runs_read(&runs, src, src_len, page_len) == XBZ_OK &&
               xbz_model_runs_canonical_form(&runs) &&
               xbz_model_runs_true(&runs, src, old_page, new_page, page_len);
  xbz_model_runs_free(&runs);
  return holds;
}

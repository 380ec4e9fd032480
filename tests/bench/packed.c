/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "measure.h"

/* Encode and decode pair by pair; page has room for two pages. */
static bool xbz_pack(uint8_t *bytes, size_t *lens, uint8_t *page,
                     const xbz_contender *contender, const xbz_sample *sample) {
  size_t len = sample->page_len;
  for (size_t pair = 0; pair < sample->count; pair++) {
    const uint8_t *old_page = xbz_sample_old(sample, pair);
    const uint8_t *new_page = xbz_sample_new(sample, pair);
    uint8_t *dst = bytes + pair * len;
    xbz_task task = {.old_page = old_page,
                     .new_page = new_page,
                     .cached = page,
                     .page_len = len,
                     .packed = dst,
                     .dst = dst,
                     .cap = len};
    lens[pair] = contender->work[XBZ_OP_ENCODE](contender, &task);
    if (lens[pair] > len)
      return false;
    if (lens[pair] == len)
      memcpy(dst, new_page, len);
    memcpy(page, old_page, len);
    task.packed_len = lens[pair];
    if (contender->work[XBZ_OP_DECODE](contender, &task) != lens[pair] ||
        memcmp(page, new_page, len) != 0)
      return false;
  }
  return true;
}

/* Sending leaves the live page in the cache, and the reference's bytes. */
static bool xbz_sends(const xbz_packed *packed, uint8_t *page, size_t index,
                      const xbz_contender *contender,
                      const xbz_sample *sample) {
  size_t len = sample->page_len;
  uint8_t *dst = page + len;
  for (size_t pair = 0; pair < sample->count; pair++) {
    size_t wanted = packed->lens[index][pair];
    memcpy(page, xbz_sample_old(sample, pair), len);
    xbz_task task = {.live = xbz_sample_new(sample, pair),
                     .cached = page,
                     .page_len = len,
                     .dst = dst,
                     .cap = len};
    if (contender->work[XBZ_OP_SEND](contender, &task) != wanted ||
        memcmp(page, task.live, len) != 0)
      return false;
    if (wanted < len &&
        memcmp(dst, packed->bytes[index] + pair * len, wanted) != 0)
      return false;
  }
  return true;
}

/* Whether contender index packs as the reference, which is the first, does. */
static bool xbz_packs_alike(const xbz_packed *packed, size_t index,
                            const xbz_sample *sample) {
  for (size_t pair = 0; pair < sample->count; pair++) {
    size_t len = packed->lens[0][pair], place = pair * sample->page_len;
    if (packed->lens[index][pair] != len ||
        memcmp(packed->bytes[index] + place, packed->bytes[0] + place, len) !=
            0)
      return false;
  }
  return true;
}

static bool xbz_packed_check(const xbz_packed *packed, uint8_t *page,
                             size_t index, const xbz_contenders *all,
                             const xbz_sample *sample) {
  const xbz_contender *contender = &all->list[index];
  if (contender->work[XBZ_OP_DECODE] != NULL &&
      !xbz_pack(packed->bytes[index], packed->lens[index], page, contender,
                sample))
    return false;
  if (contender->kind == XBZ_CONTENDER_BACKEND &&
      !xbz_packs_alike(packed, index, sample))
    return false;
  if (contender->kind > XBZ_CONTENDER_BACKEND)
    return true;
  return xbz_sends(packed, page, index, contender, sample);
}

bool xbz_packed_make(xbz_packed *packed, const xbz_contenders *all,
                     const xbz_sample *sample, xbz_error *error) {
  size_t len = sample->page_len;
  uint8_t *page = malloc(3 * len);
  bool memory = page != NULL, good = true;
  for (size_t i = 0; i < all->count; i++) {
    packed->bytes[i] = calloc(sample->count, len);
    packed->lens[i] = calloc(sample->count, sizeof *packed->lens[i]);
    memory = memory && packed->bytes[i] != NULL && packed->lens[i] != NULL;
  }
  for (size_t i = 0; memory && good && i < all->count; i++) {
    good = xbz_packed_check(packed, page, i, all, sample);
    if (!good)
      (void)xbz_fail(error, "%s: wrong bytes for '%s'", all->list[i].name,
                     sample->name);
  }
  free(page);
  return memory ? good : xbz_fail(error, "no memory for '%s'", sample->name);
}

void xbz_packed_free(xbz_packed *packed, const xbz_contenders *all) {
  for (size_t i = 0; i < all->count; i++) {
    free(packed->bytes[i]);
    free(packed->lens[i]);
  }
}

double xbz_packed_mean(const xbz_packed *packed, size_t contender,
                       const xbz_sample *sample) {
  size_t sum = 0;
  for (size_t pair = 0; pair < sample->count; pair++)
    sum += packed->lens[contender][pair];
  return (double)sum / (double)sample->count;
}

bool xbz_packed_decodes(const xbz_packed *packed, const xbz_sample *sample) {
  for (size_t pair = 0; pair < sample->count; pair++)
    if (packed->lens[0][pair] > 0 && packed->lens[0][pair] < sample->page_len)
      return true;
  return false;
}

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "keys.h"

#include <stdlib.h>

enum { XBZ_ROOM_MIN = 64 };

/* The slot of the key, or the free one where it belongs. */
static xbz_key_slot *xbz_slot(const xbz_keys *keys, uint64_t key) {
  uint64_t mixed = key * UINT64_C(0x9e3779b97f4a7c15);
  size_t at = (size_t)(mixed ^ mixed >> 32) & (keys->room - 1);
  while (keys->slots[at].number_after != 0 && keys->slots[at].key != key)
    at = (at + 1) & (keys->room - 1);
  return &keys->slots[at];
}

bool xbz_keys_find(uint32_t *number, const xbz_keys *keys, uint64_t key) {
  if (keys->room == 0 || xbz_slot(keys, key)->number_after == 0)
    return false;
  *number = xbz_slot(keys, key)->number_after - 1;
  return true;
}

static bool xbz_keys_grow(xbz_keys *keys) {
  xbz_keys more = {.room = keys->room == 0 ? XBZ_ROOM_MIN : 2 * keys->room,
                   .count = keys->count};
  more.slots = calloc(more.room, sizeof *more.slots);
  if (more.slots == NULL)
    return false;
  for (size_t i = 0; i < keys->room; i++)
    if (keys->slots[i].number_after != 0)
      *xbz_slot(&more, keys->slots[i].key) = keys->slots[i];
  free(keys->slots);
  *keys = more;
  return true;
}

bool xbz_keys_add(xbz_keys *keys, uint64_t key) {
  if (keys->room / 2 <= keys->count && !xbz_keys_grow(keys))
    return false;
  keys->count++;
  *xbz_slot(keys, key) = (xbz_key_slot){key, keys->count};
  return true;
}

void xbz_keys_free(xbz_keys *keys) {
  free(keys->slots);
  *keys = (xbz_keys){NULL, 0, 0};
}

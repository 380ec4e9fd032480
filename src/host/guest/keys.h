/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Numbers for keys, from 0, in the order in which they were first seen. */
#ifndef XBZ_GUEST_KEYS_H
#define XBZ_GUEST_KEYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct xbz_key_slot {
  uint64_t key;
  uint32_t number_after; /* number + 1; 0: the slot is free */
} xbz_key_slot;

/* All zeros at first. */
typedef struct xbz_keys {
  xbz_key_slot *slots; /* a power of two of them, half of them free */
  size_t room;
  uint32_t count;
} xbz_keys;

/* The number of a key; false if it was never added. */
bool xbz_keys_find(uint32_t *number, const xbz_keys *keys, uint64_t key);

/* Add a key that is not there; false if there is no memory for it. */
bool xbz_keys_add(xbz_keys *keys, uint64_t key);

void xbz_keys_free(xbz_keys *keys);

#endif

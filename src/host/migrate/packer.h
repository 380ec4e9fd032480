/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Whole pages compressed by zstd [M-22], if this build has it. */
#ifndef XBZ_MIGRATE_PACKER_H
#define XBZ_MIGRATE_PACKER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

bool xbz_packer_usable(void);

/* Pack page[0..page_len) into fewer bytes at dst, or answer 0. */
size_t xbz_packer_pack(uint8_t *dst, const uint8_t *page, size_t page_len);

/* Whether src[0..len) unpacks to exactly page_len bytes; they are in dst. */
bool xbz_packer_unpack(uint8_t *dst, size_t page_len, const uint8_t *src,
                       size_t len);

#endif

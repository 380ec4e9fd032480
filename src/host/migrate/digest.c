/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "digest.h"

#include <openssl/evp.h>
#include <string.h>

bool xbz_digest(uint8_t *dst, size_t dst_len, const uint8_t *page,
                size_t page_len) {
  uint8_t whole[32];
  unsigned int len = 0;
  if (EVP_Digest(page, page_len, whole, &len, EVP_sha256(), NULL) != 1)
    return false;
  memcpy(dst, whole, dst_len);
  return true;
}

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "image.h"

#include <string.h>

static bool xbz_digest_fail(xbz_error *error) {
  return xbz_fail(error, "SHA-256 is not available from libcrypto");
}

bool xbz_identifier_open(xbz_identifier *identifier, xbz_error *error) {
  identifier->len = 0;
  identifier->sha256 = EVP_MD_CTX_new();
  if (identifier->sha256 == NULL ||
      EVP_DigestInit_ex(identifier->sha256, EVP_sha256(), NULL) != 1)
    return xbz_digest_fail(error);
  return true;
}

bool xbz_identifier_add(xbz_identifier *identifier, const uint8_t *src,
                        size_t len, xbz_error *error) {
  identifier->len += len;
  return EVP_DigestUpdate(identifier->sha256, src, len) == 1 ||
         xbz_digest_fail(error);
}

bool xbz_identifier_get(xbz_image_id *id, xbz_identifier *identifier,
                        xbz_error *error) {
  id->len = identifier->len;
  return EVP_DigestFinal_ex(identifier->sha256, id->sha256, NULL) == 1 ||
         xbz_digest_fail(error);
}

void xbz_identifier_close(xbz_identifier *identifier) {
  EVP_MD_CTX_free(identifier->sha256);
  identifier->sha256 = NULL;
}

bool xbz_image_read(uint8_t *dst, size_t cap, size_t *len, xbz_source *image,
                    xbz_identifier *identifier, xbz_error *error) {
  return xbz_source_fill(dst, cap, len, image, error) &&
         xbz_identifier_add(identifier, dst, *len, error);
}

bool xbz_image_read_padded(uint8_t *dst, size_t cap, xbz_source *image,
                           xbz_identifier *identifier, xbz_error *error) {
  size_t len = 0;
  if (!xbz_image_read(dst, cap, &len, image, identifier, error))
    return false;
  memset(dst + len, 0, cap - len);
  return true;
}

bool xbz_image_read_rest(xbz_image_id *id, uint8_t *buffer, size_t cap,
                         xbz_source *image, xbz_identifier *identifier,
                         xbz_error *error) {
  size_t len = cap;
  while (len == cap) {
    if (!xbz_image_read(buffer, cap, &len, image, identifier, error))
      return false;
  }
  return xbz_identifier_get(id, identifier, error);
}

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* SHA-256 as FIPS 180-4 has it, in a build without libcrypto. */
#include <string.h>

#include "digest.h"

#define XBZ_BLOCK 64u

static const uint32_t xbz_sha_round[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1,
    0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3,
    0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786,
    0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147,
    0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
    0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b,
    0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a,
    0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208,
    0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

static uint32_t xbz_right(uint32_t x, unsigned n) {
  return x >> n | x << (32 - n);
}

static uint32_t xbz_be32(const uint8_t *p) {
  return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 |
         p[3];
}

/* The words of a block, and those that follow from them. */
static void xbz_sha_schedule(uint32_t *w, const uint8_t *block) {
  for (size_t i = 0; i < 16; i++)
    w[i] = xbz_be32(block + 4 * i);
  for (size_t i = 16; i < 64; i++) {
    const uint32_t a = w[i - 15], b = w[i - 2];
    w[i] = w[i - 16] + (xbz_right(a, 7) ^ xbz_right(a, 18) ^ a >> 3) +
           w[i - 7] + (xbz_right(b, 17) ^ xbz_right(b, 19) ^ b >> 10);
  }
}

/* s[0] to s[7] are a to h of the standard. */
static void xbz_sha_block(uint32_t *hash, const uint8_t *block) {
  uint32_t w[64], s[8];
  xbz_sha_schedule(w, block);
  memcpy(s, hash, sizeof s);
  for (size_t i = 0; i < 64; i++) {
    const uint32_t one =
        s[7] +
        (xbz_right(s[4], 6) ^ xbz_right(s[4], 11) ^ xbz_right(s[4], 25)) +
        ((s[4] & s[5]) ^ (~s[4] & s[6])) + xbz_sha_round[i] + w[i];
    const uint32_t two =
        (xbz_right(s[0], 2) ^ xbz_right(s[0], 13) ^ xbz_right(s[0], 22)) +
        ((s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]));
    memmove(s + 1, s, 7 * sizeof *s);
    s[4] += one;
    s[0] = one + two;
  }
  for (size_t i = 0; i < 8; i++)
    hash[i] += s[i];
}

/* What is left of the page, a bit, and the length in bits. */
static void xbz_sha_end(uint32_t *hash, const uint8_t *rest, size_t len,
                        uint64_t page_len) {
  uint8_t tail[2 * XBZ_BLOCK] = {0};
  const size_t end = len < XBZ_BLOCK - 8 ? XBZ_BLOCK : 2 * XBZ_BLOCK;
  memcpy(tail, rest, len);
  tail[len] = 0x80;
  for (size_t i = 0; i < 8; i++)
    tail[end - 1 - i] = (uint8_t)(page_len * 8 >> 8 * i);
  for (size_t at = 0; at < end; at += XBZ_BLOCK)
    xbz_sha_block(hash, tail + at);
}

bool xbz_digest(uint8_t *dst, size_t dst_len, const uint8_t *page,
                size_t page_len) {
  uint32_t hash[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                      0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  size_t at = 0;
  for (; page_len - at >= XBZ_BLOCK; at += XBZ_BLOCK)
    xbz_sha_block(hash, page + at);
  xbz_sha_end(hash, page + at, page_len - at, page_len);
  for (size_t i = 0; i < dst_len; i++)
    dst[i] = (uint8_t)(hash[i / 4] >> (24 - 8 * (i % 4)));
  return true;
}

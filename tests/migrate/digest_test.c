/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Digests are those of SHA-256, whichever code makes them. */
#include "src/host/migrate/digest.h"
#include "tests/codec/check.h"

enum { XBZ_SHA = 32, XBZ_MILLION = 1000000 };

static void xbz_check_digest(const uint8_t *bytes, size_t len,
                             const uint8_t *want) {
  xbz_note(0, "length", len);
  for (size_t dst_len = 0; dst_len <= XBZ_SHA; dst_len++) {
    uint8_t got[XBZ_SHA + 1];
    memset(got, 0x5a, sizeof got);
    XBZ_CHECK(xbz_digest(got, dst_len, bytes, len));
    XBZ_CHECK_BYTES(got, want, dst_len);
    XBZ_CHECK_EQ(got[dst_len], 0x5a);
  }
}

/* The examples of FIPS 180-4 for SHA-256. */
static const uint8_t xbz_of_abc[XBZ_SHA] = {
    0xba, 0x78, 0x16, 0xbf, 0x8f, 0x01, 0xcf, 0xea, 0x41, 0x41, 0x40,
    0xde, 0x5d, 0xae, 0x22, 0x23, 0xb0, 0x03, 0x61, 0xa3, 0x96, 0x17,
    0x7a, 0x9c, 0xb4, 0x10, 0xff, 0x61, 0xf2, 0x00, 0x15, 0xad};
static const uint8_t xbz_of_two_blocks[XBZ_SHA] = {
    0x24, 0x8d, 0x6a, 0x61, 0xd2, 0x06, 0x38, 0xb8, 0xe5, 0xc0, 0x26,
    0x93, 0x0c, 0x3e, 0x60, 0x39, 0xa3, 0x3c, 0xe4, 0x59, 0x64, 0xff,
    0x21, 0x67, 0xf6, 0xec, 0xed, 0xd4, 0x19, 0xdb, 0x06, 0xc1};
static const uint8_t xbz_of_a_million[XBZ_SHA] = {
    0xcd, 0xc7, 0x6e, 0x5c, 0x99, 0x14, 0xfb, 0x92, 0x81, 0xa1, 0xc7,
    0xe2, 0x84, 0xd7, 0x3e, 0x67, 0xf1, 0x80, 0x9a, 0x48, 0xa4, 0x97,
    0x20, 0x0e, 0x04, 0x6d, 0x39, 0xcc, 0xc7, 0x11, 0x2c, 0xd0};

/* The digest of the digests of 0, 1, ... 299 bytes 0, 1, 2, ... 250, 0, ... */
static const uint8_t xbz_of_all_lengths[XBZ_SHA] = {
    0xfa, 0x70, 0xb8, 0x67, 0xdb, 0x0a, 0x30, 0xac, 0xb7, 0x21, 0x8d,
    0x62, 0x94, 0x5d, 0xb0, 0xdf, 0x52, 0xeb, 0x39, 0x38, 0x08, 0xb3,
    0x06, 0x75, 0xea, 0x9a, 0xac, 0x6b, 0x05, 0x8a, 0x9a, 0x9d};

static void xbz_test_examples(void) {
  static const char two_blocks[] =
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
  static uint8_t million[XBZ_MILLION];
  xbz_check_digest((const uint8_t *)"abc", 3, xbz_of_abc);
  xbz_check_digest((const uint8_t *)two_blocks, sizeof two_blocks - 1,
                   xbz_of_two_blocks);
  memset(million, 'a', sizeof million);
  xbz_check_digest(million, sizeof million, xbz_of_a_million);
}

static void xbz_test_lengths(void) {
  static uint8_t bytes[300], digests[sizeof bytes * XBZ_SHA];
  for (size_t i = 0; i < sizeof bytes; i++)
    bytes[i] = (uint8_t)(i % 251);
  for (size_t len = 0; len < sizeof bytes; len++)
    XBZ_CHECK(xbz_digest(digests + len * XBZ_SHA, XBZ_SHA, bytes, len));
  xbz_check_digest(digests, sizeof digests, xbz_of_all_lengths);
}

int main(void) {
  xbz_test_examples();
  xbz_test_lengths();
  return 0;
}

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Every leaf, by name, does what src/fast/leaf.h says. */
#include <string.h>

#include "backends.h"
#include "leaves.h"
#include "src/fast/targets.h"
#include "tests/codec/guard.h"
#include "tests/codec/random.h"

enum { XBZ_BLOCK = 64, XBZ_ROUNDS = 4000, XBZ_EQUAL = 300 };

static xbz_guard xbz_left, xbz_right;

/* Null for the reference, which has no leaf. */
static const xbz_leaf *xbz_leaf_of(xbz_backend backend) {
#if XBZ_TARGET_X86_64
  if (backend == XBZ_BACKEND_SSE2)
    return &xbz_leaf_sse2;
  if (backend == XBZ_BACKEND_AVX2)
    return &xbz_leaf_avx2;
  if (backend == XBZ_BACKEND_AVX512BW)
    return &xbz_leaf_avx512bw;
#elif XBZ_TARGET_AARCH64
  if (backend == XBZ_BACKEND_NEON)
    return &xbz_leaf_neon;
#endif
  return backend == XBZ_BACKEND_PORTABLE ? &xbz_leaf_portable : NULL;
}

static uint64_t xbz_mask_of(const uint8_t *a, const uint8_t *b) {
  uint64_t mask = 0;
  for (unsigned k = 0; k < XBZ_BLOCK; k++)
    if (a[k] != b[k])
      mask |= (uint64_t)1 << k;
  return mask;
}

static void xbz_check_bits(const xbz_leaf *leaf, uint64_t mask) {
  unsigned count = 0, first = XBZ_BLOCK;
  for (unsigned k = XBZ_BLOCK; k-- > 0;)
    if ((mask >> k & 1) != 0) {
      count++;
      first = k;
    }
  XBZ_CHECK_EQ(leaf->count(mask), count);
  if (mask == 0)
    return;
  XBZ_CHECK_EQ(leaf->first(mask), first);
  XBZ_CHECK_EQ(leaf->rest(mask, first), mask ^ (uint64_t)1 << first);
}

/* Blocks at a[at..) and b[at..); b's becomes a's. */
static void xbz_check_block(const xbz_leaf *leaf, const uint8_t *a, uint8_t *b,
                            size_t at) {
  uint8_t want[XBZ_BLOCK];
  uint64_t mask = xbz_mask_of(a + at, b + at);
  memcpy(want, a + at, XBZ_BLOCK);
  XBZ_CHECK_EQ(leaf->diff(a, b, at), mask);
  XBZ_CHECK_EQ(leaf->diff(b, a, at), mask);
  xbz_check_bits(leaf, mask);
  XBZ_CHECK_EQ(leaf->update(b, a, at), mask);
  XBZ_CHECK_BYTES(b + at, want, XBZ_BLOCK);
  XBZ_CHECK_BYTES(a + at, want, XBZ_BLOCK);
  XBZ_CHECK_EQ(leaf->update(b, a, at), 0);
}

/* All lanes see all pairs of bytes. */
static void xbz_test_lanes(const xbz_leaf *leaf) {
  uint8_t *a = xbz_guard_tail(xbz_left, XBZ_BLOCK);
  uint8_t *b = xbz_guard_tail(xbz_right, XBZ_BLOCK);
  for (size_t pair = 0; pair < 0x10000; pair += xbz_check_divisor()) {
    for (size_t k = 0; k < XBZ_BLOCK; k++) {
      a[k] = (uint8_t)((pair >> 8) + 7 * k);
      b[k] = (uint8_t)(pair + 13 * k);
    }
    uint64_t mask = xbz_mask_of(a, b);
    XBZ_CHECK_EQ(leaf->diff(a, b, 0), mask);
    XBZ_CHECK_EQ(leaf->update(b, a, 0), mask);
    XBZ_CHECK_BYTES(b, a, XBZ_BLOCK);
  }
}

/* Each lane alone, with each difference, amid lanes that are equal and amid
 * lanes that are not. */
static void xbz_test_lane(const xbz_leaf *leaf) {
  uint8_t a[XBZ_BLOCK], b[XBZ_BLOCK];
  for (size_t lane = 0; lane < XBZ_BLOCK; lane++)
    for (size_t i = 0; i < 0x200; i++) {
      memset(a, 3, XBZ_BLOCK);
      memset(b, i < 0x100 ? 3 : 0x83, XBZ_BLOCK);
      b[lane] = (uint8_t)(i & 0xff);
      uint64_t mask = xbz_mask_of(a, b);
      XBZ_CHECK_EQ(leaf->diff(a, b, 0), mask);
      XBZ_CHECK_EQ(leaf->update(b, a, 0), mask);
      XBZ_CHECK_BYTES(b, a, XBZ_BLOCK);
    }
}

/* Blocks at every offset, changed here and there, up to the guards. */
static void xbz_test_blocks(const xbz_leaf *leaf) {
  xbz_random random = {1};
  for (size_t i = 0; i < xbz_check_count(XBZ_ROUNDS); i++) {
    size_t len = XBZ_BLOCK + i % XBZ_BLOCK;
    size_t rarity = 1 + xbz_random_below(&random, 40);
    uint8_t *a = i % 2 == 0 ? xbz_left.low : xbz_guard_tail(xbz_left, len);
    uint8_t *b = i % 2 == 0 ? xbz_right.low : xbz_guard_tail(xbz_right, len);
    for (size_t k = 0; k < len; k++) {
      a[k] = xbz_random_byte(&random);
      b[k] = xbz_random_below(&random, rarity) == 0 ? xbz_random_byte(&random)
                                                    : a[k];
    }
    xbz_check_block(leaf, a, b, 0);
    xbz_check_block(leaf, a, b, len - XBZ_BLOCK);
  }
}

/* Each difference in each place of the pages, also next to [at..at+256). */
static void xbz_test_equal(const xbz_leaf *leaf) {
  uint8_t *a = xbz_guard_tail(xbz_left, XBZ_EQUAL);
  uint8_t *b = xbz_guard_tail(xbz_right, XBZ_EQUAL);
  memset(a, 9, XBZ_EQUAL);
  memset(b, 9, XBZ_EQUAL);
  for (size_t at = 0; at <= XBZ_EQUAL - 256; at += 11)
    for (size_t place = 0; place < XBZ_EQUAL; place++)
      for (unsigned bit = 0; bit <= 8; bit++) {
        bool inside = place >= at && place < at + 256;
        b[place] = (uint8_t)(9 ^ (1u << bit & 0xff));
        XBZ_CHECK_EQ(leaf->equal(a, b, at) != 0, bit == 8 || !inside);
        XBZ_CHECK_EQ(leaf->equal(b, a, at) != 0, bit == 8 || !inside);
        b[place] = 9;
      }
}

static void xbz_test_copy(const xbz_leaf *leaf) {
  for (size_t at = 0; at < 40; at++) {
    uint8_t dst[56], want[56];
    uint8_t *src = xbz_guard_tail(xbz_left, 16 + at);
    for (size_t i = 0; i < 16 + at; i++)
      src[i] = (uint8_t)(200 - 3 * i);
    memset(dst, 1, sizeof dst);
    memset(want, 1, sizeof want);
    memcpy(want + at, src + at, 16);
    leaf->copy16(dst, at, src, at);
    XBZ_CHECK_BYTES(dst, want, sizeof dst);
  }
}

/* Every pair of bits, all above and all below one, and every byte value in
 * every byte. */
static void xbz_test_bits(const xbz_leaf *leaf) {
  for (unsigned i = 0; i < XBZ_BLOCK; i++) {
    for (unsigned k = 0; k < XBZ_BLOCK; k++)
      xbz_check_bits(leaf, (uint64_t)1 << i | (uint64_t)1 << k);
    xbz_check_bits(leaf, UINT64_MAX << i);
    xbz_check_bits(leaf, UINT64_MAX >> i);
  }
  for (uint64_t value = 0; value < 0x100; value++)
    for (unsigned byte = 0; byte < 8; byte++)
      xbz_check_bits(leaf, value << 8 * byte);
}

static size_t xbz_leaves;

static void xbz_visit(xbz_backend backend) {
  const xbz_leaf *leaf = xbz_leaf_of(backend);
  if (leaf == NULL)
    return;
  xbz_leaves++;
  xbz_test_lanes(leaf);
  xbz_test_lane(leaf);
  xbz_test_blocks(leaf);
  xbz_test_equal(leaf);
  xbz_test_copy(leaf);
  xbz_test_bits(leaf);
}

/* Every backend but the reference has a leaf. */
int main(void) {
  xbz_backend list[XBZ_BACKEND_COUNT];
  xbz_left = xbz_guard_make(XBZ_EQUAL);
  xbz_right = xbz_guard_make(XBZ_EQUAL);
  xbz_backends_each(xbz_visit);
  XBZ_CHECK_EQ(xbz_leaves + 1, xbz_backend_list(list, XBZ_BACKEND_COUNT));
  return 0;
}

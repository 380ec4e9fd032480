/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * Every backend against the reference on pairs of pages as memory has them, and
 * on inputs that are almost well-formed. The argument says how many pairs.
 */
#include "tests/codec/pages.h"
#include "twin.h"

enum { XBZ_PAIRS = 1500 };

static size_t xbz_pairs = XBZ_PAIRS;

/* Bytes that matter to a decoder. */
static uint8_t xbz_header_byte(xbz_random *random) {
  static const uint8_t bytes[] = {0,    1,    2,    5,    0x0f,
                                  0x10, 0x7f, 0x80, 0x81, 0xff};
  return bytes[xbz_random_below(random, sizeof bytes)];
}

/* Spoil src a little; its new length. */
static size_t xbz_spoil(xbz_random *random, uint8_t *src, size_t len) {
  size_t faults = xbz_random_below(random, 3);
  for (size_t i = 0; i < faults && len > 0; i++)
    src[xbz_random_below(random, len)] = xbz_header_byte(random);
  if (len > 0 && xbz_random_below(random, 3) == 0)
    len -= 1 + xbz_random_below(random, len);
  if (xbz_random_below(random, 3) == 0)
    src[len++] = xbz_header_byte(random);
  return len;
}

/* A few bytes that matter, and nothing else. */
static size_t xbz_brief(xbz_random *random, uint8_t *src) {
  size_t len = xbz_random_below(random, 24);
  for (size_t i = 0; i < len; i++)
    src[i] = xbz_header_byte(random);
  return len;
}

static size_t xbz_page_len(xbz_random *random) {
  if (xbz_random_below(random, 2) == 0)
    return 4096;
  return 1 + xbz_random_below(random, XBZ_TWIN_PAGE);
}

static void xbz_visit(xbz_backend backend) {
  static uint8_t old_page[XBZ_TWIN_PAGE], new_page[XBZ_TWIN_PAGE];
  uint8_t delta[XBZ_TWIN_DELTA];
  xbz_random random = {3};
  for (size_t i = 0; i < xbz_check_count(xbz_pairs); i++) {
    size_t page_len = xbz_page_len(&random);
    xbz_edge edge = i % 2 == 0 ? XBZ_EDGE_LOW : XBZ_EDGE_HIGH;
    xbz_note(3, "pair", i);
    xbz_pages_random(&random, old_page, new_page, page_len);
    size_t len = xbz_twin_reference(delta, old_page, new_page, page_len);
    xbz_twin_encode(backend, edge, old_page, new_page, page_len,
                    xbz_random_below(&random, len + 200));
    xbz_twin_encode(backend, edge, old_page, new_page, page_len, len);
    xbz_twin_decode(backend, edge, old_page, page_len, delta, len);
    xbz_twin_decode(backend, edge, new_page, page_len, delta, len);
    len = xbz_spoil(&random, delta, len);
    xbz_twin_decode(backend, edge, old_page, page_len, delta, len);
    len = xbz_brief(&random, delta);
    xbz_twin_decode(backend, edge, old_page, 1 + page_len % 300, delta, len);
  }
}

int main(int argc, char **argv) {
  if (argc > 1)
    xbz_pairs = strtoul(argv[1], NULL, 10);
  XBZ_CHECK(xbz_pairs > 0);
  xbz_twin_open();
  xbz_backends_each(xbz_visit);
  return 0;
}

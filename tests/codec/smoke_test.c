/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* The example of QEMU's document, both ways: what must work before all else. */
#include "xbz.h"

#include <stdio.h>
#include <string.h>

enum { XBZ_PAGE_LEN = 4096 };

static const uint8_t xbz_example[] = {
    0xe9, 0x07, 0x0f, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09,
    0x0a, 0x0b, 0x0c, 0x0d, 0x0e, 0x0f, 0x03, 0x01, 0x67, 0x01, 0x01, 0x69};

static int xbz_failures;

static void xbz_expect(int held, const char *what) {
  if (held)
    return;
  printf("smoke_test: not so: %s\n", what);
  xbz_failures++;
}

int main(void) {
  static uint8_t old_page[XBZ_PAGE_LEN], new_page[XBZ_PAGE_LEN];
  uint8_t delta[64];
  size_t delta_len = 0, end = 0;

  for (size_t i = 0; i < 15; i++)
    new_page[1001 + i] = (uint8_t)(i + 1);
  new_page[1019] = 0x67;
  new_page[1021] = 0x69;

  xbz_expect(xbz_page_encode(delta, sizeof delta, &delta_len, old_page,
                             new_page, XBZ_PAGE_LEN) == XBZ_OK,
             "the pages encode");
  xbz_expect(delta_len == sizeof xbz_example &&
                 memcmp(delta, xbz_example, sizeof xbz_example) == 0,
             "the delta is the document's 24 bytes");
  xbz_expect(xbz_page_decode(old_page, XBZ_PAGE_LEN, &end, xbz_example,
                             sizeof xbz_example) == XBZ_OK,
             "the document's bytes decode");
  xbz_expect(end == 1022, "the last changed byte is at 1021");
  xbz_expect(memcmp(old_page, new_page, XBZ_PAGE_LEN) == 0,
             "the old page has become the new one");
  return xbz_failures != 0;
}

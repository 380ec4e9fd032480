/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* A project that vendors xbz: keep a copy of a page, send it, receive it. */
#include "xbz.h"

#include <stdio.h>
#include <string.h>

#define PAGE_LEN 512u

int main(void) {
  static uint8_t sent[PAGE_LEN], live[PAGE_LEN], received[PAGE_LEN];
  uint8_t delta[PAGE_LEN];
  size_t delta_len = 0;
  size_t end = 0;

  live[0] = 1;
  live[PAGE_LEN - 1] = 2;
  if (xbz_page_encode(delta, sizeof delta, &delta_len, sent, live, PAGE_LEN) !=
      XBZ_OK) {
    return 1;
  }
  if (xbz_page_decode(received, PAGE_LEN, &end, delta, delta_len) != XBZ_OK) {
    return 2;
  }
  printf("%u changed bytes in a delta of %u\n", 2u, (unsigned)delta_len);
  return memcmp(received, live, PAGE_LEN) == 0 ? 0 : 3;
}

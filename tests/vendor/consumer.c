/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* A project that vendors xbz: keep a copy of a page, send it, receive it. */
#include "xbz.h"

#include <stdio.h>
#include <string.h>

int main(void) {
  static uint8_t sent[512], live[512], received[512];
  uint8_t delta[512];
  size_t delta_len = 0;
  size_t end = 0;

  xbz_backend backend = xbz_backend_detect();
  live[0] = 1;
  live[sizeof live - 1] = 2;
  if (xbz_page_encode_with(backend, delta, sizeof delta, &delta_len, sent, live,
                           sizeof live) != XBZ_OK) {
    return 1;
  }
  if (xbz_page_decode(received, sizeof received, &end, delta, delta_len) !=
      XBZ_OK) {
    return 2;
  }
  printf("a delta of %u bytes\n", (unsigned)delta_len);
  return memcmp(received, live, sizeof live) == 0 ? 0 : 3;
}

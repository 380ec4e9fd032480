/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Another process writes to the page while every backend but the reference
 * encodes and updates it: the encoding makes the old page the new one, whatever
 * that has become. */
#include "tests/codec/writer.h"

#include <string.h>

#include "backends.h"
#include "tests/codec/check.h"

enum {
  XBZ_LEN = 4096 + 300, /* two blocks, the second of them not whole */
  XBZ_STEPS = 4000,
  XBZ_CAUGHT = 10 /* pages seen to change during a step */
};

static xbz_writer xbz_guest;

/* One step; there is the receiver's page. */
static xbz_status xbz_step(xbz_backend backend, uint8_t *page, uint8_t *there) {
  static uint8_t delta[XBZ_LEN];
  size_t len = 0, end = 0;
  xbz_status status =
      xbz_page_encode_update_with(backend, delta, sizeof delta, &len, page,
                                  xbz_writer_page(&xbz_guest, 0), XBZ_LEN);
  if (status == XBZ_OK)
    XBZ_CHECK_EQ(xbz_page_decode(there, XBZ_LEN, &end, delta, len), XBZ_OK);
  else if (status == XBZ_NO_FIT)
    memcpy(there, page, XBZ_LEN);
  else
    XBZ_CHECK_EQ(status, XBZ_UNCHANGED);
  XBZ_CHECK_BYTES(there, page, XBZ_LEN);
  return status;
}

/* Until both enough was encoded and enough was caught in the act: a writer that
 * gets no processor proves nothing. */
static void xbz_visit(xbz_backend backend) {
  static uint8_t page[XBZ_LEN], there[XBZ_LEN];
  size_t caught = 0, deltas = 0;
  if (backend == XBZ_BACKEND_REF)
    return;
  memset(page, 0, sizeof page);
  memset(there, 0, sizeof there);
  for (size_t step = 0; step < XBZ_STEPS / xbz_check_divisor() ||
                        caught < XBZ_CAUGHT || deltas == 0;
       step++) {
    xbz_note(3, "step", step);
    deltas += xbz_step(backend, page, there) == XBZ_OK;
    caught += memcmp(page, xbz_writer_page(&xbz_guest, 0), XBZ_LEN) != 0;
  }
}

int main(void) {
  xbz_guest = xbz_writer_start(1, XBZ_LEN);
  xbz_backends_each(xbz_visit);
  xbz_writer_stop(&xbz_guest);
  return 0;
}

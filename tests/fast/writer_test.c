/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Another process writes to the page while every backend but the reference
 * encodes and updates it: the encoding makes the old page the new one, whatever
 * that has become, and what is said of its being zero is true. */
#include "tests/codec/writer.h"

#include <string.h>

#include "backends.h"
#include "tests/codec/check.h"

enum {
  XBZ_LEN = 4096 + 300, /* two blocks, the second of them not whole */
  XBZ_SHORT = 3,        /* short enough to be zero, and not, all the time */
  XBZ_STEPS = 4000,
  XBZ_SHORT_STEPS = 400000,
  XBZ_CAUGHT = 10 /* pages seen to change during a step */
};

static xbz_writer xbz_guest;

static bool xbz_is_zero(const uint8_t *page, size_t len) {
  for (size_t i = 0; i < len; i++)
    if (page[i] != 0)
      return false;
  return true;
}

/* One step; there is the receiver's page. */
static xbz_status xbz_step(xbz_backend backend, uint8_t *page, uint8_t *there) {
  static uint8_t delta[XBZ_LEN];
  const size_t page_len = xbz_guest.page_len;
  size_t len = 0, end = 0;
  int zero = 0;
  xbz_status status = xbz_page_encode_update_with(
      backend, delta, sizeof delta, &len, &zero, page,
      xbz_writer_page(&xbz_guest, 0), page_len);
  if (status == XBZ_OK)
    XBZ_CHECK_EQ(xbz_page_decode(there, page_len, &end, delta, len), XBZ_OK);
  else if (status == XBZ_NO_FIT)
    memcpy(there, page, page_len);
  else
    XBZ_CHECK_EQ(status, XBZ_UNCHANGED);
  XBZ_CHECK_BYTES(there, page, page_len);
  XBZ_CHECK_EQ(zero != 0, xbz_is_zero(page, page_len));
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

/* The same for a page that becomes zero, and not zero, many times. */
static void xbz_visit_short(xbz_backend backend) {
  uint8_t page[XBZ_SHORT] = {0}, there[XBZ_SHORT] = {0};
  size_t became = 0;
  if (backend == XBZ_BACKEND_REF)
    return;
  for (size_t step = 0;
       step < XBZ_SHORT_STEPS / xbz_check_divisor() || became < XBZ_CAUGHT;
       step++) {
    const bool was = xbz_is_zero(page, sizeof page);
    xbz_note(3, "step", step);
    (void)xbz_step(backend, page, there);
    became += was != xbz_is_zero(page, sizeof page);
  }
}

static void xbz_run(size_t page_len, void (*visit)(xbz_backend backend)) {
  xbz_guest = xbz_writer_start(1, page_len);
  xbz_backends_each(visit);
  xbz_writer_stop(&xbz_guest);
}

int main(void) {
  xbz_run(XBZ_LEN, xbz_visit);
  xbz_run(XBZ_SHORT, xbz_visit_short);
  return 0;
}

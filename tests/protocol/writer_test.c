/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * Another process writes to the pages, without a pause, while the sender makes
 * messages of them, as a guest does [P-24]. Whatever it catches, the receiver's
 * page is what the cache holds.
 */
#include "tests/codec/writer.h"

#include <string.h>

#include "src/xbz_backend.h"
#include "tests/codec/check.h"
#include "tests/codec/random.h"

enum {
  XBZ_PAGES = 4,
  XBZ_LEN = 4096,
  XBZ_SLOTS = 2,
  XBZ_STEPS = 20000,
  XBZ_CAUGHT = 20, /* pages seen to change during a step */
};

typedef uint8_t xbz_memory[XBZ_PAGES][XBZ_LEN];

static xbz_memory xbz_there; /* the receiver's */
static xbz_cache xbz_cached;
static xbz_cache_entry xbz_entries[XBZ_SLOTS];
static uint8_t xbz_bytes[XBZ_SLOTS * XBZ_LEN];
static uint8_t xbz_snapshot[XBZ_LEN];
static uint8_t xbz_delta[XBZ_LEN];
static xbz_sender xbz_it;

static void xbz_check_coherent(void) {
  for (size_t slot = 0; slot < XBZ_SLOTS; slot++)
    if (xbz_entries[slot].used)
      XBZ_CHECK_BYTES(xbz_bytes + slot * XBZ_LEN,
                      xbz_there[xbz_entries[slot].page_no], XBZ_LEN);
}

static xbz_event xbz_send(const xbz_writer *guest, size_t i) {
  xbz_sent sent = xbz_sender_page(&xbz_it, i, xbz_writer_page(guest, i));
  if (sent.message.kind != XBZ_KIND_NONE)
    XBZ_CHECK_EQ(xbz_receiver_apply(xbz_there[i], XBZ_LEN, sent.message.kind,
                                    sent.message.bytes, sent.message.len),
                 XBZ_OK);
  xbz_check_coherent();
  return sent.event;
}

static int xbz_every_kind_sent(void) {
  const xbz_counters *counters = &xbz_it.counters;
  return counters->zero > 0 && counters->miss > 0 && counters->overflow > 0;
}

/* Until both enough was sent and enough was caught in the act: a writer that
   gets no processor proves nothing. */
static void xbz_send_all(const xbz_writer *guest, size_t steps) {
  size_t caught = 0;
  size_t deltas[XBZ_BACKEND_COUNT] = {0};
  xbz_backend list[XBZ_BACKEND_COUNT];
  size_t usable = xbz_backend_list(list, XBZ_BACKEND_COUNT);
  size_t silent = usable; /* backends that have made no delta yet */
  xbz_random dice = {2};
  for (size_t step = 0; step < steps || caught < XBZ_CAUGHT || silent > 0 ||
                        !xbz_every_kind_sent();
       step++) {
    size_t i = xbz_random_below(&dice, XBZ_PAGES);
    xbz_note(0, "step", step);
    if (step % 8 == 0)
      xbz_sender_sync(&xbz_it);
    xbz_backend backend = list[xbz_random_below(&dice, usable)];
    xbz_sender_use(&xbz_it, backend);
    if (xbz_send(guest, i) == XBZ_EVENT_DELTA)
      silent -= deltas[backend]++ == 0;
    caught += memcmp(xbz_there[i], xbz_writer_page(guest, i), XBZ_LEN) != 0;
  }
}

/* Usage: writer_test [STEPS] */
int main(int argc, char **argv) {
  size_t steps = argc > 1 ? (size_t)strtoull(argv[1], NULL, 10)
                          : xbz_check_count(XBZ_STEPS);
  XBZ_CHECK_EQ(xbz_cache_init(&xbz_cached, xbz_entries, xbz_bytes, 1, XBZ_SLOTS,
                              XBZ_LEN, XBZ_CACHE_LIFETIME),
               XBZ_OK);
  XBZ_CHECK_EQ(xbz_sender_init(&xbz_it, &xbz_cached, xbz_snapshot, xbz_delta),
               XBZ_OK);
  xbz_sender_enable(&xbz_it);
  xbz_writer guest = xbz_writer_start(XBZ_PAGES, XBZ_LEN);
  xbz_send_all(&guest, steps);
  xbz_writer_stop(&guest);
  return 0;
}

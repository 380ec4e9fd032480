/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * Another process writes to the pages, without a pause, while the sender makes
 * messages of them, as a guest does [P-24]. Whatever it catches, the receiver's
 * page is what the cache holds.
 */
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include "src/xbz.h"
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

/* Until the parent is gone, or ends it. */
static void xbz_scribble(volatile uint8_t *live, pid_t parent) {
  xbz_random dice = {1};
  while (getppid() == parent) {
    volatile uint8_t *page =
        live + xbz_random_below(&dice, XBZ_PAGES) * XBZ_LEN;
    size_t roll = xbz_random_below(&dice, 64);
    size_t count = roll == 0 ? XBZ_LEN : 16 * roll;
    uint8_t byte = roll < 2 ? 0 : xbz_random_byte(&dice);
    size_t at = xbz_random_below(&dice, XBZ_LEN);
    for (size_t i = 0; i < count; i++)
      page[(at + i) % XBZ_LEN] = (uint8_t)(byte * (i | 1));
  }
}

static void xbz_check_coherent(void) {
  for (size_t slot = 0; slot < XBZ_SLOTS; slot++)
    if (xbz_entries[slot].used)
      XBZ_CHECK_BYTES(xbz_bytes + slot * XBZ_LEN,
                      xbz_there[xbz_entries[slot].page_no], XBZ_LEN);
}

static xbz_event xbz_send(uint8_t *live, size_t i) {
  xbz_sent sent = xbz_sender_page(&xbz_it, i, live + i * XBZ_LEN);
  if (sent.message.kind != XBZ_KIND_NONE)
    XBZ_CHECK_EQ(xbz_receiver_apply(xbz_there[i], XBZ_LEN, sent.message.kind,
                                    sent.message.bytes, sent.message.len),
                 XBZ_OK);
  xbz_check_coherent();
  return sent.event;
}

/* Until both enough was sent and enough was caught in the act: a writer that
   gets no processor proves nothing. */
static void xbz_send_all(uint8_t *live) {
  size_t steps = xbz_check_count(XBZ_STEPS);
  size_t caught = 0;
  size_t deltas = 0;
  xbz_random dice = {2};
  for (size_t step = 0; step < steps || caught < XBZ_CAUGHT || deltas == 0;
       step++) {
    size_t i = xbz_random_below(&dice, XBZ_PAGES);
    xbz_note(0, "step", step);
    if (step % 8 == 0)
      xbz_sender_sync(&xbz_it);
    deltas += xbz_send(live, i) == XBZ_EVENT_DELTA;
    caught += memcmp(xbz_there[i], live + i * XBZ_LEN, XBZ_LEN) != 0;
  }
}

int main(void) {
  uint8_t *live = mmap(NULL, sizeof(xbz_memory), PROT_READ | PROT_WRITE,
                       MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  XBZ_CHECK(live != MAP_FAILED);
  XBZ_CHECK_EQ(xbz_cache_init(&xbz_cached, xbz_entries, xbz_bytes, 1, XBZ_SLOTS,
                              XBZ_LEN, XBZ_CACHE_LIFETIME),
               XBZ_OK);
  XBZ_CHECK_EQ(xbz_sender_init(&xbz_it, &xbz_cached, xbz_snapshot, xbz_delta),
               XBZ_OK);
  xbz_sender_enable(&xbz_it);
  pid_t parent = getpid();
  pid_t writer = fork();
  XBZ_CHECK(writer >= 0);
  if (writer == 0) {
    xbz_scribble(live, parent);
    return 0;
  }
  xbz_send_all(live);
  XBZ_CHECK_EQ(kill(writer, SIGKILL), 0);
  XBZ_CHECK(waitpid(writer, NULL, 0) == writer);
  return 0;
}

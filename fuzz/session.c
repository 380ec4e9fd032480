/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * Any sequence of a session's events, with a guest that writes between them:
 * after each, sender and receiver are coherent [P-30], and the receiver's page
 * is the one last sent [P-31].
 *
 * data: events of two bytes each, taken from its end.
 */
#include <stdbool.h>

#include "backends.h"
#include "fuzz.h"

enum {
  XBZ_PAGES = 8,
  XBZ_LEN = 24,
  XBZ_SETS_LOG = 2,
  XBZ_WAYS = 3,
  XBZ_SLOTS = XBZ_WAYS << XBZ_SETS_LOG,
  XBZ_EVENTS_MOST = 400
};

typedef uint8_t xbz_memory[XBZ_PAGES][XBZ_LEN];

static xbz_memory xbz_live, xbz_there, xbz_expect;
static xbz_cache_entry xbz_entries[2][XBZ_SLOTS];
static uint8_t xbz_bytes[2][XBZ_SLOTS * XBZ_LEN];
static uint8_t xbz_snapshot[XBZ_LEN], xbz_delta[XBZ_LEN];
static xbz_cache xbz_cached;
static xbz_sender xbz_it;
static size_t xbz_storage;

static void xbz_check_coherent(void) {
  XBZ_CHECK(memcmp(xbz_there, xbz_expect, sizeof xbz_there) == 0);
  for (size_t slot = 0; slot < xbz_cached.slots; slot++)
    if (xbz_cached.entries[slot].used)
      XBZ_CHECK_BYTES(xbz_cached.bytes + slot * XBZ_LEN,
                      xbz_there[xbz_cached.entries[slot].page_no], XBZ_LEN);
}

/* Over the wire, and to the receiver. */
static void xbz_carry(const xbz_message *message) {
  uint8_t wire[XBZ_MESSAGE_HEAD + XBZ_LEN];
  xbz_message got = {0, NULL, 0, 0};
  size_t len = 0, pos = 0;
  XBZ_CHECK_EQ(xbz_message_put(wire, sizeof wire, &len, message, XBZ_LEN),
               XBZ_OK);
  XBZ_CHECK_EQ(xbz_message_get(&got, &pos, wire, len, 0, XBZ_LEN), XBZ_OK);
  XBZ_CHECK(pos == len && got.page_no == message->page_no);
  XBZ_CHECK_EQ(xbz_receiver_apply(xbz_there[got.page_no], XBZ_LEN, got.kind,
                                  got.bytes, got.len),
               XBZ_OK);
}

static void xbz_send(size_t i) {
  xbz_sent sent = xbz_sender_page(&xbz_it, i, xbz_live[i]);
  XBZ_CHECK((sent.message.kind == XBZ_KIND_NONE) ==
            (sent.event == XBZ_EVENT_UNCHANGED));
  if (sent.message.kind != XBZ_KIND_NONE)
    xbz_carry(&sent.message);
  memcpy(xbz_expect[i], xbz_live[i], XBZ_LEN);
}

/* Some bytes of a page change, or all, or it becomes zero. */
static void xbz_write(size_t i, uint8_t how) {
  if (how % 8 == 7)
    memset(xbz_live[i], 0, XBZ_LEN);
  else
    for (size_t at = how % XBZ_LEN; at < XBZ_LEN; at += 1 + how / 8 % 8)
      xbz_live[i][at] = (uint8_t)(xbz_live[i][at] + how);
}

static void xbz_resize(uint8_t how) {
  uint32_t sets = (uint32_t)1 << how % (XBZ_SETS_LOG + 1);
  uint32_t ways = 1 + how / 8 % XBZ_WAYS;
  size_t storage = 1 - xbz_storage;
  XBZ_CHECK_EQ(
      xbz_sender_resize(&xbz_it, NULL, NULL, sets, ways, XBZ_CACHE_KEEP),
      XBZ_E_ARGUMENT);
  XBZ_CHECK_EQ(xbz_sender_resize(&xbz_it, xbz_entries[storage],
                                 xbz_bytes[storage], sets, ways,
                                 how < 128 ? XBZ_CACHE_KEEP : XBZ_CACHE_DROP),
               XBZ_OK);
  xbz_storage = storage;
}

static bool xbz_here(xbz_backend wanted) {
  const xbz_backend *list = NULL;
  for (size_t k = xbz_fuzz_backends(&list); k-- > 0;)
    if (list[k] == wanted)
      return true;
  return false;
}

/* By a name, as a user would: of any backend, or of none. */
static void xbz_choose(uint8_t how) {
  const xbz_backend wanted = (xbz_backend)(how % (XBZ_BACKEND_COUNT + 1));
  const char *known = xbz_backend_name(wanted);
  const bool there = xbz_here(wanted) && how < 128;
  xbz_backend chosen = XBZ_BACKEND_REF;
  char name[16];
  (void)snprintf(name, sizeof name, "%s%s", known == NULL ? "" : known,
                 how < 128 ? "" : "x");
  XBZ_CHECK_EQ(xbz_backend_select(&chosen, known == NULL ? NULL : name),
               there ? XBZ_OK : XBZ_E_ARGUMENT);
  XBZ_CHECK(chosen == (there ? wanted : XBZ_BACKEND_REF));
  XBZ_CHECK_EQ(xbz_backend_select(NULL, name), XBZ_E_ARGUMENT);
  xbz_sender_use(&xbz_it, chosen);
}

/* A connection is lost with what was sent last, or what came is rejected; then
   the session begins anew [P-12]. */
static void xbz_lose(size_t i, uint8_t how) {
  (void)xbz_sender_page(&xbz_it, i, xbz_live[i]);
  if (how < 128)
    XBZ_CHECK_EQ(xbz_receiver_apply(xbz_there[i], XBZ_LEN, XBZ_KIND_RAW,
                                    xbz_live[i], XBZ_LEN - 1),
                 XBZ_E_MESSAGE_LEN);
  xbz_sender_begin(&xbz_it);
}

/* The receiver's page changes behind the sender's back, who is told. */
static void xbz_bypass(size_t i, uint8_t how) {
  memset(xbz_there[i], how, XBZ_LEN);
  memset(xbz_expect[i], how, XBZ_LEN);
  (void)xbz_sender_invalidate(&xbz_it, i);
}

static void xbz_rare(size_t i, uint8_t how) {
  switch (how % 8) {
  case 0:
    xbz_sender_begin(&xbz_it);
    break;
  case 1:
    xbz_sender_disable(&xbz_it);
    break;
  case 2:
    xbz_sender_last(&xbz_it);
    break;
  case 3:
    xbz_bypass(i, how);
    break;
  case 4:
    xbz_it.generation = UINT64_MAX - 1; /* as after so many rounds */
    memset(&xbz_it.counters, 0xff, sizeof xbz_it.counters);
    break;
  case 5:
    xbz_choose(how);
    break;
  case 6:
    xbz_lose(i, how);
    break;
  default:
    xbz_sender_enable(&xbz_it);
  }
}

static void xbz_begin(void) {
  memset(xbz_live, 1, sizeof xbz_live);
  memset(xbz_there, 2, sizeof xbz_there);
  memset(xbz_expect, 2, sizeof xbz_expect);
  xbz_storage = 0;
  XBZ_CHECK_EQ(xbz_cache_init(&xbz_cached, xbz_entries[0], xbz_bytes[0], 2, 2,
                              XBZ_LEN, XBZ_CACHE_LIFETIME),
               XBZ_OK);
  XBZ_CHECK_EQ(xbz_sender_init(&xbz_it, &xbz_cached, NULL, xbz_delta),
               XBZ_E_ARGUMENT);
  XBZ_CHECK_EQ(xbz_sender_init(&xbz_it, &xbz_cached, xbz_snapshot, NULL),
               XBZ_E_ARGUMENT);
  XBZ_CHECK_EQ(xbz_sender_init(&xbz_it, &xbz_cached, xbz_snapshot, xbz_delta),
               XBZ_OK);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  xbz_fuzz_input input = {data, size};
  xbz_begin();
  for (size_t n = 0; n < XBZ_EVENTS_MOST && input.len > 0; n++) {
    uint8_t what = xbz_fuzz_take(&input), how = xbz_fuzz_take(&input);
    size_t i = what / 8 % XBZ_PAGES;
    if (what % 8 < 2)
      xbz_write(i, how);
    else if (what % 8 < 5)
      xbz_send(i);
    else if (what % 8 == 5)
      xbz_sender_sync(&xbz_it);
    else if (what % 8 == 6)
      xbz_rare(i, how);
    else
      xbz_resize(how);
    xbz_check_coherent();
  }
  return 0;
}

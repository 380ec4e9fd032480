/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * What a migration needs beside the guest's memory: at the sender the cache and
 * 3 bits a page, at the receiver the memory itself and 1 bit a page, and at
 * both together a few buffers that do not grow with the guest, nor with what
 * is sent, nor with time. A page that zstd packs takes more for a moment.
 */
#include <malloc.h>
#include <pthread.h>
#include <sys/socket.h>

#include "src/host/migrate/migrate.h"
#include "src/host/migrate/socket.h"
#include "tests/codec/check.h"
#include "toy.h"

static const xbz_wishes xbz_all = {.delta = true, .base_digest = true};

/* Looked at when the sender takes a page: all that lives long lives then. */
static xbz_guest xbz_inner;
static size_t xbz_before, xbz_peak;
static uint64_t xbz_looks;

static size_t xbz_live(void) {
  const struct mallinfo2 info = mallinfo2();
  return info.uordblks + info.hblkhd;
}

static const uint8_t *xbz_look(void *self, uint64_t page_no) {
  const size_t now = xbz_looks++ % 16 == 0 ? xbz_live() - xbz_before : 0;
  xbz_peak = now > xbz_peak ? now : xbz_peak;
  return xbz_inner.page(self, page_no);
}

typedef struct xbz_peer {
  xbz_link link;
  xbz_arrival *arrival;
  xbz_ending ending;
  xbz_error error;
} xbz_peer;

static void *xbz_peer_run(void *self) {
  xbz_peer *peer = self;
  peer->ending = xbz_arrival_receive(peer->arrival, &peer->link, &peer->error);
  peer->link.close(peer->link.self);
  return NULL;
}

/* One migration; xbz_peak has the most memory that it took. */
static void xbz_migrate(xbz_toy *toy, xbz_control *control) {
  const xbz_link_options options = {-1, XBZ_STALL_MS};
  xbz_guest guest = toy->guest;
  pthread_t thread;
  xbz_migration *migration = NULL;
  xbz_link link;
  xbz_peer peer;
  xbz_error error;
  int fds[2];
  xbz_inner = guest;
  guest.page = xbz_look;
  xbz_peak = 0;
  xbz_before = xbz_live();
  XBZ_CHECK(socketpair(AF_UNIX, SOCK_STREAM, 0, fds) == 0);
  XBZ_CHECK(xbz_link_adopt(&link, fds[0], &options, &error));
  XBZ_CHECK(xbz_link_adopt(&peer.link, fds[1], &options, &error));
  migration = xbz_migration_new(&guest, control, &xbz_all, &error);
  peer.arrival = xbz_arrival_new(UINT32_MAX, &xbz_all, &error);
  XBZ_CHECK(migration != NULL && peer.arrival != NULL);
  XBZ_CHECK(pthread_create(&thread, NULL, xbz_peer_run, &peer) == 0);
  XBZ_CHECK_EQ(xbz_migration_send(migration, &link, &error), XBZ_END_EQUAL);
  link.close(link.self);
  XBZ_CHECK(pthread_join(thread, NULL) == 0);
  XBZ_CHECK_EQ(peer.ending, XBZ_END_EQUAL);
  xbz_migration_free(migration);
  xbz_arrival_free(peer.arrival);
}

/* What it took less what it may, whatever the buffers are. */
static size_t xbz_buffers(size_t page_len, uint64_t pages, uint64_t cache) {
  const xbz_limits limits = {.cache_size = cache};
  const size_t memory = page_len * (size_t)pages;
  const size_t bits = 4 * ((size_t)pages / 8);
  size_t expected = 0;
  xbz_control control;
  xbz_migrate_info info;
  xbz_toy toy;
  xbz_error error;
  XBZ_CHECK(xbz_control_open(&control, &limits, &error));
  xbz_toy_open(&toy, &control, 1, page_len, pages);
  toy.everywhere = true;
  toy.calm_from = 5;
  xbz_migrate(&toy, &control);
  info = xbz_control_info(&control);
  XBZ_CHECK(info.counters.pages > 0 || cache == 0);
  XBZ_CHECK(info.cache_size <= cache);
  expected = memory + bits + (size_t)info.cache_size +
             (size_t)info.cache_size / page_len * sizeof(xbz_cache_entry);
  XBZ_CHECK(xbz_peak >= expected);
  printf("page %6zu, guest %9zu, cache %8zu: %7zu more\n", page_len, memory,
         (size_t)info.cache_size, xbz_peak - expected);
  xbz_toy_close(&toy);
  xbz_control_close(&control);
  return xbz_peak - expected;
}

/* Room for a record at the sender's way out, and for two at each way in; what
   depends on the page is a few pages. */
#define XBZ_BUFFERS (6u << 16)

int main(void) {
  static const size_t page_lens[] = {4096, 65536};
  static const uint64_t caches[] = {0, 1 << 20, 1 << 24};
  (void)xbz_buffers(4096, 8, 0); /* what libraries take once is no part of it */
  for (size_t i = 0; i < 2; i++)
    for (size_t c = 0; c < 3; c++)
      for (uint64_t pages = 512; pages <= 4096; pages *= 8) {
        const size_t few = i == 0 ? 1 : 8;
        xbz_note(0, "page length", page_lens[i]);
        xbz_note(1, "cache", caches[c]);
        xbz_note(2, "pages", pages / few);
        XBZ_CHECK(xbz_buffers(page_lens[i], pages / few, caches[c]) <=
                  XBZ_BUFFERS + 8 * page_lens[i]);
      }
  return 0;
}

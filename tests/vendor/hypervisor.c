/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * A hypervisor that vendors the engine. Its guest has one processor, and it
 * keeps its dirty log itself: what it has to give the engine is four functions.
 *
 *   hypervisor receive ADDRESS
 *   hypervisor send ADDRESS
 *
 * Either prints a sum of the guest's memory, as it is when the guest has moved.
 */
#include "migrate.h"
#include "socket.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum {
  XBZ_PAGE_LEN = 4096,
  XBZ_PAGES = 1024,
  XBZ_WORDS = (XBZ_PAGES + 63) / 64
};

static uint8_t xbz_memory[(size_t)XBZ_PAGES * XBZ_PAGE_LEN];

typedef struct xbz_machine {
  pthread_mutex_t running; /* the processor has it for each instruction */
  uint64_t log[XBZ_WORDS]; /* a bit for each page, as the engine wants it */
  bool off;
} xbz_machine;

/* The page is logged when it has been written, not before: else the engine
   could take the bit, and send the page, just before the write. */
static void xbz_machine_store(xbz_machine *it, size_t at, uint8_t byte) {
  const size_t page_no = at / XBZ_PAGE_LEN;
  xbz_memory[at] = byte;
  (void)__atomic_fetch_or(&it->log[page_no / 64], UINT64_C(1) << (page_no % 64),
                          __ATOMIC_RELEASE);
}

static void *xbz_machine_run(void *self) {
  const struct timespec moment = {0, 100000};
  xbz_machine *it = self;
  bool off = false;
  for (size_t at = 0; !off; at = (at + XBZ_PAGE_LEN + 8) % sizeof xbz_memory) {
    (void)pthread_mutex_lock(&it->running);
    xbz_machine_store(it, at, (uint8_t)(xbz_memory[at] + 1));
    off = it->off;
    (void)pthread_mutex_unlock(&it->running);
    (void)nanosleep(&moment, NULL);
  }
  return NULL;
}

/* What the engine calls. */

static bool xbz_machine_sync(void *self, uint64_t *dirty, xbz_error *error) {
  xbz_machine *it = self;
  (void)error; /* one that has to ask its kernel would say here why it cannot */
  for (size_t i = 0; i < XBZ_WORDS; i++)
    dirty[i] |= __atomic_exchange_n(&it->log[i], 0, __ATOMIC_ACQUIRE);
  return true;
}

static const uint8_t *xbz_machine_page(void *self, uint64_t page_no) {
  (void)self;
  return xbz_memory + page_no * XBZ_PAGE_LEN;
}

static bool xbz_machine_pause(void *self, xbz_error *error) {
  xbz_machine *it = self;
  return pthread_mutex_lock(&it->running) == 0 ||
         xbz_fail(error, "the processor cannot be stopped");
}

static bool xbz_machine_resume(void *self, xbz_error *error) {
  xbz_machine *it = self;
  return pthread_mutex_unlock(&it->running) == 0 ||
         xbz_fail(error, "the processor cannot be started again");
}

static void xbz_print_sum(const uint8_t *bytes, size_t len) {
  uint64_t sum = 0;
  for (size_t i = 0; i < len; i++)
    sum = sum * 31 + bytes[i];
  printf("%016llx\n", (unsigned long long)sum);
}

/* What a hypervisor also does: connect again after XBZ_END_LOST, and let its
   user see xbz_control_info and call xbz_control_set and xbz_control_cancel
   from another thread. */
static xbz_ending xbz_move(xbz_machine *it, xbz_link *link, xbz_error *error) {
  const xbz_limits limits = {.downtime_ms = 1000,
                             .cache_size = sizeof xbz_memory};
  const xbz_wishes wishes = {.delta = true, .backend = xbz_backend_detect()};
  xbz_guest guest = {it,
                     XBZ_PAGE_LEN,
                     XBZ_PAGES,
                     xbz_machine_sync,
                     xbz_machine_page,
                     xbz_machine_pause,
                     xbz_machine_resume};
  xbz_migration *migration = NULL;
  xbz_ending ending = XBZ_END_FAILED;
  xbz_control control;
  if (!xbz_control_open(&control, &limits, error))
    return ending;
  migration = xbz_migration_new(&guest, &control, &wishes, error);
  if (migration != NULL)
    ending = xbz_migration_send(migration, link, error);
  xbz_migration_free(migration);
  xbz_control_close(&control);
  return ending;
}

static xbz_ending xbz_hypervisor_send(const char *address, xbz_error *error) {
  const xbz_link_options options = {-1, XBZ_STALL_MS};
  xbz_machine it = {.running = PTHREAD_MUTEX_INITIALIZER};
  xbz_ending ending = XBZ_END_FAILED;
  pthread_t processor;
  xbz_link link;
  if (!xbz_link_connect(&link, address, &options, error))
    return ending;
  if (pthread_create(&processor, NULL, xbz_machine_run, &it) == 0) {
    ending = xbz_move(&it, &link, error);
    if (ending == XBZ_END_EQUAL) {
      xbz_print_sum(xbz_memory, sizeof xbz_memory);
      (void)pthread_mutex_unlock(&it.running); /* it has been paused for good */
    }
    (void)pthread_mutex_lock(&it.running);
    it.off = true;
    (void)pthread_mutex_unlock(&it.running);
    (void)pthread_join(processor, NULL);
  }
  link.close(link.self);
  return ending;
}

static xbz_ending xbz_hypervisor_receive(const char *address,
                                         xbz_error *error) {
  const xbz_link_options options = {-1, XBZ_STALL_MS};
  const xbz_wishes grants = {.delta = true};
  xbz_arrival *arrival = xbz_arrival_new(sizeof xbz_memory, &grants, error);
  xbz_ending ending = XBZ_END_LOST;
  xbz_listener listener;
  if (arrival == NULL || !xbz_listener_open(&listener, address, error)) {
    xbz_arrival_free(arrival);
    return XBZ_END_FAILED;
  }
  while (ending == XBZ_END_LOST) {
    xbz_link link;
    if (!xbz_listener_accept(&listener, &link, &options, error))
      break;
    ending = xbz_arrival_receive(arrival, &link, error);
    link.close(link.self);
  }
  if (ending == XBZ_END_EQUAL) {
    uint64_t len = 0;
    const uint8_t *bytes = xbz_arrival_memory(arrival, &len);
    xbz_print_sum(bytes, (size_t)len); /* here the guest would go on */
  }
  xbz_listener_close(&listener);
  xbz_arrival_free(arrival);
  return ending;
}

int main(int argc, char **argv) {
  xbz_error error = {"usage: hypervisor {receive | send} ADDRESS"};
  xbz_ending ending = XBZ_END_FAILED;
  if (argc == 3 && strcmp(argv[1], "receive") == 0)
    ending = xbz_hypervisor_receive(argv[2], &error);
  else if (argc == 3 && strcmp(argv[1], "send") == 0)
    ending = xbz_hypervisor_send(argv[2], &error);
  if (ending == XBZ_END_EQUAL)
    return 0;
  fprintf(stderr, "hypervisor: %s\n", error.text);
  return 1;
}

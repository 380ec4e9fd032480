/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Links over real sockets: migrations, peers that vanish or stand still, last
 * words, and addresses that are none. */
#include <sys/socket.h>
#include <unistd.h>

#include "src/host/migrate/migrate.h"
#include "src/host/migrate/socket.h"
#include "tests/codec/check.h"
#include "toy.h"

enum { XBZ_SPEECH = 8 << 20 };

static const xbz_wishes xbz_all = {
    .delta = true, .base_digest = true, .compress = true};

typedef struct xbz_peer {
  xbz_listener listener;
  xbz_arrival *arrival;
  xbz_ending ending;
  xbz_error error;
} xbz_peer;

static void *xbz_peer_run(void *self) {
  static const xbz_link_options options = {-1, XBZ_STALL_MS};
  xbz_peer *peer = self;
  xbz_link link;
  XBZ_CHECK(
      xbz_listener_accept(&peer->listener, &link, &options, &peer->error));
  peer->ending = xbz_arrival_receive(peer->arrival, &link, &peer->error);
  link.close(link.self);
  return NULL;
}

static void xbz_send_to(xbz_peer *peer) {
  const xbz_limits limits = {.cache_size = 1 << 20, .downtime_ms = 0};
  xbz_control control;
  xbz_toy toy;
  xbz_migration *migration = NULL;
  xbz_error error;
  xbz_link link;
  uint64_t len = 0;
  const uint8_t *memory = NULL;
  XBZ_CHECK(xbz_control_open(&control, &limits, &error));
  xbz_toy_open(&toy, &control, 3, 4096, 500);
  toy.writes = 200;
  toy.calm_from = 6;
  migration = xbz_migration_new(&toy.guest, &control, &xbz_all, &error);
  XBZ_CHECK(migration != NULL);
  XBZ_CHECK(xbz_link_connect(
      &link, peer->listener.address,
      &(xbz_link_options){control.cancel_fd, XBZ_STALL_MS}, &error));
  XBZ_CHECK_EQ(xbz_migration_send(migration, &link, &error), XBZ_END_EQUAL);
  link.close(link.self);
  memory = xbz_arrival_memory(peer->arrival, &len);
  XBZ_CHECK(memory != NULL && len == (uint64_t)4096 * 500);
  XBZ_CHECK_BYTES(memory, toy.memory, len);
  xbz_migration_free(migration);
  xbz_toy_close(&toy);
  xbz_control_close(&control);
}

static void xbz_test_migrate(const char *address) {
  pthread_t thread;
  xbz_peer peer;
  xbz_check_subject = address;
  XBZ_CHECK(xbz_listener_open(&peer.listener, address, &peer.error));
  peer.arrival = xbz_arrival_new(1 << 24, &xbz_all, &peer.error);
  XBZ_CHECK(peer.arrival != NULL);
  XBZ_CHECK(pthread_create(&thread, NULL, xbz_peer_run, &peer) == 0);
  xbz_send_to(&peer);
  XBZ_CHECK(pthread_join(thread, NULL) == 0);
  XBZ_CHECK_EQ(peer.ending, XBZ_END_EQUAL);
  xbz_arrival_free(peer.arrival);
  xbz_listener_close(&peer.listener);
}

/* Two connected links; stall is the first one's time limit. */
static void xbz_connected(xbz_link *links, int cancel_fd, int stall) {
  int fds[2];
  xbz_error error;
  XBZ_CHECK(socketpair(AF_UNIX, SOCK_STREAM, 0, fds) == 0);
  XBZ_CHECK(xbz_link_adopt(&links[0], fds[0],
                           &(xbz_link_options){cancel_fd, stall}, &error));
  XBZ_CHECK(
      xbz_link_adopt(&links[1], fds[1], &(xbz_link_options){-1, -1}, &error));
}

/* Whether waiting for a byte, or for room, fails with these words. */
static void xbz_test_waiting(int cancel_fd, int stall, const char *words) {
  static uint8_t bytes[1 << 20];
  xbz_link links[2];
  xbz_error error;
  size_t len = 0;
  bool sent = true;
  xbz_check_subject = words;
  xbz_connected(links, cancel_fd, stall);
  XBZ_CHECK(!links[0].ready(links[0].self));
  XBZ_CHECK(!links[0].recv(links[0].self, bytes, sizeof bytes, &len, &error));
  XBZ_CHECK(strstr(error.text, words) != NULL);
  while (sent)
    sent = links[0].send(links[0].self, bytes, sizeof bytes, &error);
  XBZ_CHECK(strstr(error.text, words) != NULL);
  links[0].close(links[0].self);
  links[1].close(links[1].self);
}

static void xbz_test_cancelled(void) {
  const xbz_limits limits = {0};
  xbz_control control;
  xbz_listener listener;
  xbz_error error;
  xbz_link link;
  XBZ_CHECK(xbz_control_open(&control, &limits, &error));
  xbz_control_cancel(&control);
  xbz_test_waiting(control.cancel_fd, -1, "cancelled");
  XBZ_CHECK(xbz_listener_open(&listener, "tcp:127.0.0.1:0", &error));
  XBZ_CHECK(!xbz_listener_accept(
      &listener, &link, &(xbz_link_options){control.cancel_fd, -1}, &error));
  XBZ_CHECK(strcmp(error.text, "cancelled") == 0);
  xbz_listener_close(&listener);
  xbz_control_close(&control);
}

/* A peer that has gone is an error, not a signal. */
static void xbz_test_gone(void) {
  uint8_t bytes[16] = {0};
  xbz_link links[2];
  xbz_error error;
  size_t len = 1;
  xbz_connected(links, -1, -1);
  links[1].close(links[1].self);
  XBZ_CHECK(links[0].ready(links[0].self));
  XBZ_CHECK(links[0].recv(links[0].self, bytes, sizeof bytes, &len, &error));
  XBZ_CHECK_EQ(len, 0);
  XBZ_CHECK(!links[0].send(links[0].self, bytes, sizeof bytes, &error));
  XBZ_CHECK(strstr(error.text, "send: ") == error.text);
  links[0].close(links[0].self);
}

/* Say much at once, and close without having read the answer. */
static void *xbz_farewell_run(void *self) {
  static const uint8_t bytes[XBZ_SPEECH];
  const xbz_link *link = self;
  xbz_error error;
  XBZ_CHECK(link->send(link->self, bytes, sizeof bytes, &error));
  link->close(link->self);
  return NULL;
}

/* What was said last arrives [M-38], also where TCP has to wait until the peer,
 * who reads slowly, has room for it. */
static void xbz_test_farewell(void) {
  static uint8_t bytes[XBZ_SPEECH / 32];
  const xbz_link_options options = {-1, XBZ_STALL_MS};
  xbz_listener listener;
  xbz_link links[2];
  xbz_error error;
  pthread_t thread;
  size_t len = 1, all = 0;
  XBZ_CHECK(xbz_listener_open(&listener, "tcp:127.0.0.1:0", &error));
  XBZ_CHECK(xbz_link_connect(&links[0], listener.address, &options, &error));
  XBZ_CHECK(xbz_listener_accept(&listener, &links[1], &options, &error));
  XBZ_CHECK(links[1].send(links[1].self, bytes, 1, &error));
  XBZ_CHECK(pthread_create(&thread, NULL, xbz_farewell_run, &links[0]) == 0);
  for (; len > 0; all += len) {
    XBZ_CHECK(links[1].recv(links[1].self, bytes, sizeof bytes, &len, &error));
    (void)usleep(1000);
  }
  XBZ_CHECK_EQ(all, XBZ_SPEECH);
  links[1].close(links[1].self);
  XBZ_CHECK(pthread_join(thread, NULL) == 0);
  xbz_listener_close(&listener);
}

static void xbz_test_addresses(void) {
  static const char *const wrong[] = {"",
                                      "tcp",
                                      "tcp:",
                                      "tcp:1",
                                      "tcp::5",
                                      "tcp:host:",
                                      "unix:",
                                      "udp:127.0.0.1:5",
                                      "tcp:[]:5",
                                      "tcp:127.0.0.1:99999999",
                                      "unix:/nowhere/at/all"};
  const xbz_link_options options = {-1, XBZ_STALL_MS};
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
    xbz_listener listener;
    xbz_link link;
    xbz_error error;
    xbz_check_subject = wrong[i];
    XBZ_CHECK(!xbz_listener_open(&listener, wrong[i], &error));
    XBZ_CHECK(strstr(error.text, wrong[i]) != NULL);
    XBZ_CHECK(!xbz_link_connect(&link, wrong[i], &options, &error));
    XBZ_CHECK(strstr(error.text, wrong[i]) != NULL);
  }
}

int main(void) {
  char address[128];
  (void)snprintf(address, sizeof address, "unix:/tmp/xbz-%ld.sock",
                 (long)getpid());
  xbz_test_migrate(address);
  XBZ_CHECK(access(address + 5, F_OK) != 0);
  xbz_test_migrate("tcp:127.0.0.1:0");
  xbz_test_waiting(-1, 20, "the peer has not moved for 20 ms");
  xbz_test_cancelled();
  xbz_test_gone();
  xbz_test_farewell();
  xbz_test_addresses();
  return 0;
}

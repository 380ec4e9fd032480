/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* A link that speaks TLS does as links do; and what is needed to make one. */
#include <openssl/ssl.h>
#include <pthread.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "certificates.h"
#include "src/host/migrate/socket.h"
#include "tests/codec/check.h"

static char xbz_folder[32];
static xbz_tls *xbz_client, *xbz_server;

/* The server's side of a connection, in a thread for as long as both have to
   talk. */
typedef struct xbz_host {
  xbz_link link;
  bool started;
  xbz_error error;
} xbz_host;

static void *xbz_host_start(void *self) {
  xbz_host *host = self;
  host->started = xbz_tls_start(&host->link, xbz_server, &host->error);
  return NULL;
}

/* Links over two ends of a socket; fds[0] is the client's. */
static void xbz_pair(int fds[2], xbz_link links[2],
                     const xbz_link_options *options) {
  xbz_error error;
  XBZ_CHECK(socketpair(AF_UNIX, SOCK_STREAM, 0, fds) == 0);
  for (int i = 0; i < 2; i++)
    XBZ_CHECK(xbz_link_adopt(&links[i], fds[i], options, &error));
}

/* The same, and both speak TLS. */
static void xbz_meet(int fds[2], xbz_link links[2],
                     const xbz_link_options *options) {
  pthread_t thread;
  xbz_host host = {.started = false};
  xbz_error error;
  xbz_pair(fds, links, options);
  host.link = links[1];
  XBZ_CHECK(pthread_create(&thread, NULL, xbz_host_start, &host) == 0);
  XBZ_CHECK(xbz_tls_start(&links[0], xbz_client, &error));
  XBZ_CHECK(pthread_join(thread, NULL) == 0 && host.started);
  links[1] = host.link;
}

static const xbz_link_options xbz_usual = {-1, XBZ_STALL_MS};

static void xbz_close_both(const xbz_link links[2]) {
  links[0].close(links[0].self);
  links[1].close(links[1].self);
}

/* Nothing is ready until a whole record has come; a goodbye is an end, and so
   are none and a wrong byte, but these are errors. */
static void xbz_test_ready(void) {
  xbz_link links[2];
  int fds[2];
  uint8_t bytes[8] = {0};
  size_t len = 0;
  xbz_error error;
  xbz_meet(fds, links, &xbz_usual);
  XBZ_CHECK(!links[1].ready(links[1].self));
  XBZ_CHECK(links[0].send(links[0].self, (const uint8_t *)"12345", 5, &error));
  for (size_t i = 0; i < 2; i++)
    XBZ_CHECK(links[1].ready(links[1].self));
  XBZ_CHECK(links[1].recv(links[1].self, bytes, 3, &len, &error));
  XBZ_CHECK(len == 3 && memcmp(bytes, "123", 3) == 0);
  XBZ_CHECK(links[1].ready(links[1].self));
  XBZ_CHECK(links[1].recv(links[1].self, bytes, 8, &len, &error));
  XBZ_CHECK(len == 2 && memcmp(bytes, "45", 2) == 0);
  XBZ_CHECK(!links[1].ready(links[1].self));
  links[0].close(links[0].self);
  for (size_t i = 0; i < 2; i++) {
    XBZ_CHECK(links[1].ready(links[1].self));
    XBZ_CHECK(links[1].recv(links[1].self, bytes, 8, &len, &error));
    XBZ_CHECK_EQ(len, 0);
  }
  links[1].close(links[1].self);
}

static int xbz_cancel_fd(unsigned cancelled) {
  const int fd = eventfd(cancelled, EFD_CLOEXEC);
  XBZ_CHECK(fd >= 0);
  return fd;
}

static void xbz_cancel(int fd) { XBZ_CHECK(eventfd_write(fd, 1) == 0); }

/* What comes below is these bytes, and then the end, or nothing until it is
   cancelled. */
static void xbz_test_end(const char *below, bool shut, bool ready,
                         const char *words) {
  const int cancel_fd = xbz_cancel_fd(0);
  xbz_link links[2];
  int fds[2];
  uint8_t byte = 0;
  size_t len = 1;
  xbz_error error;
  xbz_check_subject = words;
  xbz_meet(fds, links, &(xbz_link_options){cancel_fd, -1});
  XBZ_CHECK(write(fds[0], below, strlen(below)) == (ssize_t)strlen(below));
  if (shut)
    XBZ_CHECK(shutdown(fds[0], SHUT_WR) == 0);
  XBZ_CHECK(links[1].ready(links[1].self) == ready);
  if (!ready)
    xbz_cancel(cancel_fd);
  for (size_t i = 0; i < 2; i++) {
    XBZ_CHECK(!links[1].recv(links[1].self, &byte, 1, &len, &error));
    XBZ_CHECK(strstr(error.text, words) != NULL);
    XBZ_CHECK(links[1].ready(links[1].self));
  }
  xbz_close_both(links);
  XBZ_CHECK(close(cancel_fd) == 0);
  xbz_check_subject = "";
}

/* Sending to who does not listen, or is gone, fails as it does below; a gone
   peer's last words can still be had. */
static void xbz_test_send(void) {
  const int cancel_fd = xbz_cancel_fd(0);
  static uint8_t bytes[1 << 20];
  xbz_link links[2];
  int fds[2];
  uint8_t word[4];
  size_t len = 0;
  xbz_error error;
  xbz_meet(fds, links, &(xbz_link_options){cancel_fd, -1});
  xbz_cancel(cancel_fd);
  while (links[0].send(links[0].self, bytes, sizeof bytes, &error))
    ;
  XBZ_CHECK(strcmp(error.text, "cancelled") == 0);
  xbz_close_both(links);
  XBZ_CHECK(close(cancel_fd) == 0);
  xbz_meet(fds, links, &xbz_usual);
  XBZ_CHECK(links[1].send(links[1].self, (const uint8_t *)"why", 3, &error));
  XBZ_CHECK(shutdown(fds[1], SHUT_RD) == 0);
  XBZ_CHECK(!links[0].send(links[0].self, bytes, sizeof bytes, &error));
  XBZ_CHECK(strstr(error.text, "send: ") == error.text);
  XBZ_CHECK(links[0].recv(links[0].self, word, sizeof word, &len, &error));
  XBZ_CHECK(len == 3 && memcmp(word, "why", 3) == 0);
  xbz_close_both(links);
}

/* A start waits for no one longer than the link below does, nor when it is
   cancelled. */
static void xbz_test_waiting(int cancel_fd, int stall, const char *words) {
  const xbz_link_options options = {cancel_fd, stall};
  xbz_tls *const sides[] = {xbz_client, xbz_server};
  for (size_t i = 0; i < 2; i++) {
    xbz_link links[2];
    int fds[2];
    xbz_error error;
    xbz_pair(fds, links, &options);
    XBZ_CHECK(!xbz_tls_start(&links[0], sides[i], &error));
    XBZ_CHECK(strstr(error.text, words) != NULL);
    links[1].close(links[1].self);
  }
}

static void xbz_test_cancelled(void) {
  const int cancel_fd = xbz_cancel_fd(1);
  xbz_test_waiting(cancel_fd, -1, "cancelled");
  XBZ_CHECK(close(cancel_fd) == 0);
}

/* A client that has all that is asked for, but only this version. */
static void *xbz_client_of_version(void *self) {
  const int *fd = self;
  SSL_CTX *context = SSL_CTX_new(TLS_client_method());
  SSL *ssl = NULL;
  XBZ_CHECK(SSL_CTX_set_max_proto_version(context, TLS1_2_VERSION) == 1);
  ssl = SSL_new(context);
  XBZ_CHECK(SSL_set_fd(ssl, *fd) == 1);
  XBZ_CHECK(SSL_connect(ssl) != 1);
  SSL_free(ssl);
  SSL_CTX_free(context);
  XBZ_CHECK(close(*fd) == 0);
  return NULL;
}

static void xbz_test_version(void) {
  pthread_t thread;
  xbz_link link;
  int fds[2];
  xbz_error error;
  XBZ_CHECK(socketpair(AF_UNIX, SOCK_STREAM, 0, fds) == 0);
  XBZ_CHECK(xbz_link_adopt(&link, fds[1], &xbz_usual, &error));
  XBZ_CHECK(pthread_create(&thread, NULL, xbz_client_of_version, fds) == 0);
  XBZ_CHECK(!xbz_tls_start(&link, xbz_server, &error));
  XBZ_CHECK(strcmp(error.text, "TLS: unsupported protocol") == 0);
  XBZ_CHECK(pthread_join(thread, NULL) == 0);
}

/* Files that are of no use are named. */
static void xbz_test_files(void) {
  static const struct {
    const char *cert, *key, *ca, *name, *words;
  } cases[] = {
      {"none", "sender.key", "ca.pem", NULL, "none: No such file"},
      {"sender.pem", "none", "ca.pem", NULL, "none: No such file"},
      {"sender.pem", "sender.key", "none", NULL, "none: No such file"},
      {"sender.key", "sender.key", "ca.pem", NULL, "sender.key: no start line"},
      {"sender.pem", "sender.pem", "ca.pem", NULL, "sender.pem: "},
      {"sender.pem", "listener.key", "ca.pem", NULL, "key: key values mis"},
      {"sender.pem", "locked.key", "ca.pem", NULL, "locked.key: "},
      {"sender.pem", "sender.key", "ca.key", NULL, "ca.key: no certificate"},
      {"sender.pem", "sender.key", "ca.pem", "", "name of the peer is empty"}};
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    char paths[3][64];
    const xbz_tls_options options = {XBZ_TLS_CLIENT, paths[0], paths[1],
                                     paths[2], cases[i].name};
    xbz_error error = {""};
    (void)snprintf(paths[0], 64, "%s/%s", xbz_folder, cases[i].cert);
    (void)snprintf(paths[1], 64, "%s/%s", xbz_folder, cases[i].key);
    (void)snprintf(paths[2], 64, "%s/%s", xbz_folder, cases[i].ca);
    XBZ_CHECK(xbz_tls_new(&options, &error) == NULL);
    xbz_check_subject = error.text;
    XBZ_CHECK(strstr(error.text, cases[i].words) != NULL);
    xbz_check_subject = "";
  }
}

int main(void) {
  xbz_certificates_open(xbz_folder);
  xbz_client = xbz_certificates_use(xbz_folder, XBZ_TLS_CLIENT, "sender", "ca",
                                    "listener");
  xbz_server =
      xbz_certificates_use(xbz_folder, XBZ_TLS_SERVER, "listener", "ca", NULL);
  xbz_test_files();
  xbz_test_ready();
  xbz_test_end("", true, true, "TLS: the connection was cut");
  xbz_test_end("\x17\x03\x03", true, true, "TLS: the connection was cut");
  xbz_test_end("\x17\x03\x03", false, false, "cancelled");
  xbz_test_end("hello, hello", false, true, "TLS: ");
  xbz_test_send();
  xbz_test_waiting(-1, 20, "has not moved for 20 ms");
  xbz_test_cancelled();
  xbz_test_version();
  xbz_tls_free(xbz_client);
  xbz_tls_free(xbz_server);
  xbz_certificates_close(xbz_folder);
  return 0;
}

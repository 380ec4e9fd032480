/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "socket.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "wait.h"

typedef struct xbz_socket {
  int fd;
  xbz_link_options options;
} xbz_socket;

static bool xbz_again(void) { return errno == EAGAIN || errno == EWOULDBLOCK; }

static bool xbz_socket_send(void *self, const uint8_t *src, size_t len,
                            xbz_error *error) {
  const xbz_socket *s = self;
  while (len > 0) {
    const ssize_t sent = send(s->fd, src, len, MSG_NOSIGNAL);
    if (sent > 0) {
      src += sent;
      len -= (size_t)sent;
    } else if (xbz_again()) {
      if (!xbz_wait(s->fd, POLLOUT, &s->options, error))
        return false;
    } else if (errno != EINTR) {
      return xbz_fail(error, "send: %s", strerror(errno));
    }
  }
  return true;
}

static bool xbz_socket_recv(void *self, uint8_t *dst, size_t cap, size_t *len,
                            xbz_error *error) {
  const xbz_socket *s = self;
  for (;;) {
    const ssize_t got = recv(s->fd, dst, cap, 0);
    if (got >= 0) {
      *len = (size_t)got;
      return true;
    }
    if (xbz_again()) {
      if (!xbz_wait(s->fd, POLLIN, &s->options, error))
        return false;
    } else if (errno != EINTR) {
      return xbz_fail(error, "receive: %s", strerror(errno));
    }
  }
}

static bool xbz_socket_ready(void *self) {
  const xbz_socket *s = self;
  struct pollfd fd = {s->fd, POLLIN, 0};
  return poll(&fd, 1, 0) > 0;
}

static void xbz_socket_close(void *self) {
  xbz_socket *s = self;
  (void)close(s->fd);
  free(s);
}

/* Small records wait for nothing; a peer that vanished is noticed. Not every
   socket has these options. */
static void xbz_socket_tune(int fd) {
  const int on = 1;
  (void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  (void)setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
}

bool xbz_link_adopt(xbz_link *link, int fd, const xbz_link_options *options,
                    xbz_error *error) {
  xbz_socket *s = malloc(sizeof *s);
  if (s == NULL || fcntl(fd, F_SETFL, O_NONBLOCK) < 0 ||
      fcntl(fd, F_SETFD, FD_CLOEXEC) < 0) {
    (void)xbz_fail(error, "socket: %s",
                   s == NULL ? "no memory" : strerror(errno));
    (void)close(fd);
    free(s);
    return false;
  }
  xbz_socket_tune(fd);
  *s = (xbz_socket){fd, *options};
  link->self = s;
  link->send = xbz_socket_send;
  link->recv = xbz_socket_recv;
  link->ready = xbz_socket_ready;
  link->close = xbz_socket_close;
  return true;
}

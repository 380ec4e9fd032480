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

#include "clock.h"
#include "wait.h"

/* Longest wait, in seconds, for a peer to close too. */
#define XBZ_FAREWELL 5.0

typedef struct xbz_socket {
  int fd;
  bool tcp;
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

/* TCP drops what it has yet to send when a socket is closed that has something
   unread, or is sent something later: so say that nothing more comes, and read
   until the peer closes too. */
static void xbz_socket_part(int fd) {
  const double end = xbz_clock() + XBZ_FAREWELL;
  uint8_t unread[4096];
  struct pollfd peer = {fd, POLLIN, 0};
  double left = XBZ_FAREWELL;
  ssize_t got = shutdown(fd, SHUT_WR) == 0 ? 1 : 0;
  while (got > 0 && left > 0) {
    const int ready = poll(&peer, 1, (int)(left * 1000) + 1);
    if (ready > 0)
      got = recv(fd, unread, sizeof unread, 0);
    left = end - xbz_clock();
  }
}

static void xbz_socket_close(void *self) {
  xbz_socket *s = self;
  if (s->tcp)
    xbz_socket_part(s->fd);
  (void)close(s->fd);
  free(s);
}

/* Small records wait for nothing; a peer that vanished is noticed. Returns
   whether it is a TCP socket: others do not have these options. */
static bool xbz_socket_tune(int fd) {
  const int on = 1;
  (void)setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
  return setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on) == 0;
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
  *s = (xbz_socket){fd, xbz_socket_tune(fd), *options};
  link->self = s;
  link->send = xbz_socket_send;
  link->recv = xbz_socket_recv;
  link->ready = xbz_socket_ready;
  link->close = xbz_socket_close;
  return true;
}

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "address.h"
#include "socket.h"
#include "unix_socket.h"
#include "wait.h"

#define XBZ_BACKLOG 8 /* connections that wait to be accepted */

/* How the port, which may have been chosen by the system, is reached. */
static bool xbz_listener_name(xbz_listener *listener, const char *address,
                              xbz_error *error) {
  const char *colon = strrchr(address, ':');
  struct sockaddr_storage where;
  struct sockaddr_in in;
  struct sockaddr_in6 in6;
  socklen_t len = sizeof where;
  memset(&where, 0, sizeof where);
  if (getsockname(listener->fd, (struct sockaddr *)&where, &len) != 0)
    return xbz_fail(error, "%s: %s", address, strerror(errno));
  memcpy(&in, &where, sizeof in);
  memcpy(&in6, &where, sizeof in6);
  if (where.ss_family == AF_UNIX)
    len = (socklen_t)snprintf(listener->address, sizeof listener->address, "%s",
                              address);
  else
    len = (socklen_t)snprintf(
        listener->address, sizeof listener->address, "%.*s:%u",
        (int)(colon - address), address,
        ntohs(where.ss_family == AF_INET6 ? in6.sin6_port : in.sin_port));
  return len < sizeof listener->address ||
         xbz_fail(error, "%s: too long an address", address);
}

static bool xbz_listener_bind(xbz_listener *listener, const xbz_address *where,
                              const char *address, xbz_error *error) {
  const int on = 1;
  if (where->where.ss_family == AF_UNIX)
    return xbz_unix_bind(listener->fd, where, address, error);
  (void)setsockopt(listener->fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  return bind(listener->fd, (const struct sockaddr *)&where->where,
              where->len) == 0 ||
         xbz_fail(error, "%s: cannot listen: %s", address, strerror(errno));
}

static bool xbz_listener_listen(xbz_listener *listener,
                                const xbz_address *where, const char *address,
                                xbz_error *error) {
  if (!xbz_listener_bind(listener, where, address, error))
    return false;
  if (listen(listener->fd, XBZ_BACKLOG) != 0)
    return xbz_fail(error, "%s: cannot listen: %s", address, strerror(errno));
  return xbz_listener_name(listener, address, error);
}

bool xbz_listener_open(xbz_listener *listener, const char *address,
                       xbz_error *error) {
  xbz_address where;
  if (!xbz_address_parse(&where, address, error))
    return false;
  listener->address[0] = '\0';
  listener->fd = socket(where.where.ss_family,
                        SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (listener->fd < 0)
    return xbz_fail(error, "%s: %s", address, strerror(errno));
  if (xbz_listener_listen(listener, &where, address, error))
    return true;
  (void)close(listener->fd);
  return false;
}

bool xbz_listener_accept(xbz_listener *listener, xbz_link *link,
                         const xbz_link_options *options, xbz_error *error) {
  const xbz_link_options patient = {options->cancel_fd, -1};
  for (;;) {
    const int fd = accept(listener->fd, NULL, NULL);
    if (fd >= 0)
      return xbz_link_adopt(link, fd, options, error);
    if (errno == EAGAIN || errno == EWOULDBLOCK) {
      if (!xbz_wait(listener->fd, POLLIN, &patient, error))
        return false;
    } else if (errno != EINTR && errno != ECONNABORTED) {
      return xbz_fail(error, "%s: %s", listener->address, strerror(errno));
    }
  }
}

void xbz_listener_close(xbz_listener *listener) {
  (void)close(listener->fd);
  if (strncmp(listener->address, "unix:", 5) == 0)
    (void)unlink(listener->address + 5);
}

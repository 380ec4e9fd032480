/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "address.h"
#include "socket.h"
#include "wait.h"

/* Finish a connect that could not be done at once; 0 or an error number. */
static bool xbz_connect_wait(int fd, int *status,
                             const xbz_link_options *options,
                             xbz_error *error) {
  socklen_t len = sizeof *status;
  if (!xbz_wait(fd, POLLOUT, options, error))
    return false;
  if (getsockopt(fd, SOL_SOCKET, SO_ERROR, status, &len) != 0)
    *status = errno;
  return true;
}

static bool xbz_connect(int fd, const xbz_address *address, const char *text,
                        const xbz_link_options *options, xbz_error *error) {
  int status = 0;
  if (connect(fd, (const struct sockaddr *)&address->where, address->len) != 0)
    status = errno;
  if (status == EINPROGRESS || status == EINTR) {
    if (!xbz_connect_wait(fd, &status, options, error))
      return false;
  }
  return status == 0 ||
         xbz_fail(error, "%s: cannot connect: %s", text, strerror(status));
}

bool xbz_link_connect(xbz_link *link, const char *address,
                      const xbz_link_options *options, xbz_error *error) {
  xbz_address where;
  int fd = -1;
  if (!xbz_address_parse(&where, address, error))
    return false;
  fd = socket(where.where.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK,
              0);
  if (fd < 0)
    return xbz_fail(error, "%s: %s", address, strerror(errno));
  if (!xbz_connect(fd, &where, address, options, error)) {
    (void)close(fd);
    return false;
  }
  return xbz_link_adopt(link, fd, options, error);
}

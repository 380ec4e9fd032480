/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "wait.h"

#include <errno.h>
#include <poll.h>
#include <string.h>

bool xbz_wait(int fd, short events, const xbz_link_options *options,
              xbz_error *error) {
  struct pollfd fds[] = {{fd, events, 0}, {options->cancel_fd, POLLIN, 0}};
  int ready = 0;
  do
    ready = poll(fds, 2, options->stall_ms);
  while (ready < 0 && errno == EINTR);
  if (ready < 0)
    return xbz_fail(error, "poll: %s", strerror(errno));
  if (ready == 0)
    return xbz_fail(error, "the peer has not moved for %d ms",
                    options->stall_ms);
  if (fds[1].revents != 0)
    return xbz_fail(error, "cancelled");
  return true;
}

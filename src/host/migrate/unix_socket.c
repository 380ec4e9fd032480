/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "unix_socket.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static bool xbz_unix_fail(const char *text, const char *verb,
                          xbz_error *error) {
  return xbz_fail(error, "%s: cannot %s: %s", text, verb, strerror(errno));
}

/* Whether nobody listens any more at a name that is taken. */
static bool xbz_unix_stale(const xbz_address *address, const char *path,
                           const char *text, xbz_error *error) {
  struct stat st;
  if (lstat(path, &st) != 0)
    return xbz_unix_fail(text, "look at it", error);
  if (!S_ISSOCK(st.st_mode))
    return xbz_fail(error, "%s: exists, and is no socket", text);
  int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (fd < 0)
    return xbz_unix_fail(text, "make a socket", error);
  bool stale = connect(fd, (const struct sockaddr *)&address->where,
                       address->len) != 0 &&
               errno == ECONNREFUSED;
  (void)close(fd);
  return stale || xbz_fail(error, "%s: another process listens there", text);
}

static bool xbz_unix_name(int fd, const xbz_address *address) {
  return bind(fd, (const struct sockaddr *)&address->where, address->len) == 0;
}

bool xbz_unix_bind(int fd, const xbz_address *address, const char *text,
                   xbz_error *error) {
  struct sockaddr_un name;
  memcpy(&name, &address->where, sizeof name);
  const char *path = name.sun_path;
  /* Linux gives the file the mode of the socket, less the umask: so nobody
   * else gets in, not even at first. */
  if (fchmod(fd, S_IRUSR | S_IWUSR) != 0)
    return xbz_unix_fail(text, "set the permissions of", error);
  if (xbz_unix_name(fd, address))
    return true;
  if (errno != EADDRINUSE)
    return xbz_unix_fail(text, "listen", error);
  return xbz_unix_stale(address, path, text, error) &&
         ((unlink(path) == 0 && xbz_unix_name(fd, address)) ||
          xbz_unix_fail(text, "listen", error));
}

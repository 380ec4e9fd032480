/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "unix_socket.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#define XBZ_BACKLOG 8

typedef struct sockaddr_un xbz_unix_name;

static bool xbz_unix_name_make(xbz_unix_name *name, const char *path,
                               xbz_error *error) {
  size_t len = strlen(path);
  if (len == 0 || len >= sizeof name->sun_path)
    return xbz_fail(error, "%s: a socket's name has 1 to %zu bytes", path,
                    sizeof name->sun_path - 1);
  memset(name, 0, sizeof *name);
  name->sun_family = AF_UNIX;
  memcpy(name->sun_path, path, len);
  return true;
}

static bool xbz_unix_fail(const char *path, const char *verb,
                          xbz_error *error) {
  return xbz_fail(error, "%s: cannot %s: %s", path, verb, strerror(errno));
}

/* The one cast that sockets need: their addresses come in several types. */
static const struct sockaddr *xbz_unix_address(const xbz_unix_name *name) {
  return (const struct sockaddr *)name;
}

/* Whether nobody listens any more at a name that is taken. */
static bool xbz_unix_stale(const xbz_unix_name *name, xbz_error *error) {
  struct stat st;
  if (lstat(name->sun_path, &st) != 0)
    return xbz_unix_fail(name->sun_path, "look at it", error);
  if (!S_ISSOCK(st.st_mode))
    return xbz_fail(error, "%s: exists, and is no socket", name->sun_path);
  int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (fd < 0)
    return xbz_unix_fail(name->sun_path, "make a socket", error);
  bool stale = connect(fd, xbz_unix_address(name), sizeof *name) != 0 &&
               errno == ECONNREFUSED;
  (void)close(fd);
  return stale ||
         xbz_fail(error, "%s: another process listens there", name->sun_path);
}

static bool xbz_unix_bind(int fd, const xbz_unix_name *name, xbz_error *error) {
  /* Linux gives the file the mode of the socket, less the umask: so nobody
   * else gets in, not even at first. */
  if (fchmod(fd, S_IRUSR | S_IWUSR) != 0)
    return xbz_unix_fail(name->sun_path, "set the permissions of", error);
  bool bound = bind(fd, xbz_unix_address(name), sizeof *name) == 0;
  if (!bound && errno == EADDRINUSE) {
    if (!xbz_unix_stale(name, error))
      return false;
    bound = unlink(name->sun_path) == 0 &&
            bind(fd, xbz_unix_address(name), sizeof *name) == 0;
  }
  return (bound && listen(fd, XBZ_BACKLOG) == 0) ||
         xbz_unix_fail(name->sun_path, "listen", error);
}

int xbz_unix_listen(const char *path, xbz_error *error) {
  xbz_unix_name name;
  if (!xbz_unix_name_make(&name, path, error))
    return -1;
  int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0) {
    (void)xbz_unix_fail(path, "make a socket", error);
    return -1;
  }
  if (xbz_unix_bind(fd, &name, error))
    return fd;
  (void)close(fd);
  return -1;
}

int xbz_unix_connect(const char *path, xbz_error *error) {
  xbz_unix_name name;
  if (!xbz_unix_name_make(&name, path, error))
    return -1;
  int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd >= 0 && connect(fd, xbz_unix_address(&name), sizeof name) == 0)
    return fd;
  (void)xbz_unix_fail(path, "connect", error);
  if (fd >= 0)
    (void)close(fd);
  return -1;
}

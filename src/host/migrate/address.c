/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "address.h"

#include <netdb.h>
#include <stdlib.h>
#include <string.h>
#include <sys/un.h>

static bool xbz_address_unix(xbz_address *address, const char *text,
                             const char *path, xbz_error *error) {
  struct sockaddr_un where;
  const size_t len = strlen(path);
  if (len == 0 || len >= sizeof where.sun_path)
    return xbz_fail(error, "%s: the path is to have 1 to %zu characters", text,
                    sizeof where.sun_path - 1);
  memset(&where, 0, sizeof where);
  where.sun_family = AF_UNIX;
  memcpy(where.sun_path, path, len);
  memcpy(&address->where, &where, sizeof where);
  address->len = (socklen_t)sizeof where;
  return true;
}

/* HOST and PORT are separated by the last colon; brackets are not of the name.
 */
static bool xbz_address_split(char *host, size_t cap, const char **port,
                              const char *name) {
  const char *colon = strrchr(name, ':');
  size_t len = colon == NULL ? 0 : (size_t)(colon - name);
  if (len >= 2 && name[0] == '[' && name[len - 1] == ']') {
    name++;
    len -= 2;
  }
  if (len == 0 || len >= cap)
    return false;
  memcpy(host, name, len);
  host[len] = '\0';
  *port = colon + 1;
  return **port != '\0';
}

/* Five digits at most, since the resolver takes any number modulo 65536. */
static bool xbz_address_port_ok(const char *port) {
  const size_t len = strlen(port);
  return len <= 5 && strspn(port, "0123456789") == len &&
         strtoul(port, NULL, 10) <= 65535;
}

static bool xbz_address_tcp(xbz_address *address, const char *text,
                            const char *name, xbz_error *error) {
  struct addrinfo hints, *found = NULL;
  const char *port = NULL;
  char host[256];
  int status = 0;
  if (!xbz_address_split(host, sizeof host, &port, name))
    return xbz_fail(error, "%s: an address is tcp:HOST:PORT or unix:PATH",
                    text);
  if (!xbz_address_port_ok(port))
    return xbz_fail(error, "%s: a port is a number up to 65535", text);
  memset(&hints, 0, sizeof hints);
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  status = getaddrinfo(host, port, &hints, &found);
  if (status != 0)
    return xbz_fail(error, "%s: %s", text, gai_strerror(status));
  memcpy(&address->where, found->ai_addr, found->ai_addrlen);
  address->len = found->ai_addrlen;
  freeaddrinfo(found);
  return true;
}

bool xbz_address_host(char *host, size_t cap, const char *text) {
  const char *port = NULL;
  return strncmp(text, "tcp:", 4) == 0 &&
         xbz_address_split(host, cap, &port, text + 4);
}

bool xbz_address_parse(xbz_address *address, const char *text,
                       xbz_error *error) {
  if (strncmp(text, "unix:", 5) == 0)
    return xbz_address_unix(address, text, text + 5, error);
  if (strncmp(text, "tcp:", 4) == 0)
    return xbz_address_tcp(address, text, text + 4, error);
  return xbz_fail(error, "%s: an address is tcp:HOST:PORT or unix:PATH", text);
}

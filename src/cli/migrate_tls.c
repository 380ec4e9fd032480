/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "migrate_tls.h"

#include <string.h>

#include "../host/migrate/address.h"

xbz_exit xbz_tls_check(const xbz_options *options) {
  const int given = (options->tls_cert != NULL) + (options->tls_key != NULL) +
                    (options->tls_ca != NULL);
  if (given != 0 && given != 3)
    return xbz_usage_error(options->command,
                           "--tls-cert, --tls-key and --tls-ca go together");
  if (given == 0 && options->tls_name != NULL)
    return xbz_usage_error(options->command,
                           "--tls-name goes with --tls-cert, --tls-key and "
                           "--tls-ca");
  if (given != 0 && options->tls_name == NULL && options->connect != NULL &&
      strncmp(options->connect, "unix:", 5) == 0)
    return xbz_usage_error(options->command,
                           "%s says no name to expect: give --tls-name",
                           options->connect);
  return XBZ_EXIT_OK;
}

/* Who is connected to is who it is meant to be; who connects may be anyone that
   the CA knows, unless a name is given. */
bool xbz_tls_open(xbz_tls **tls, const xbz_options *options, xbz_error *error) {
  char host[256];
  xbz_tls_options wished = {.role = options->connect != NULL ? XBZ_TLS_CLIENT
                                                             : XBZ_TLS_SERVER,
                            .cert = options->tls_cert,
                            .key = options->tls_key,
                            .ca = options->tls_ca,
                            .name = options->tls_name};
  *tls = NULL;
  if (options->tls_cert == NULL)
    return true;
  if (wished.role == XBZ_TLS_CLIENT && wished.name == NULL) {
    if (!xbz_address_host(host, sizeof host, options->connect))
      return xbz_fail(error, "%s: an address is tcp:HOST:PORT or unix:PATH",
                      options->connect);
    wished.name = host;
  }
  *tls = xbz_tls_new(&wished, error);
  return *tls != NULL;
}

bool xbz_tls_secure(xbz_link *link, const xbz_tls *tls, xbz_error *error) {
  return tls == NULL || xbz_tls_start(link, tls, error);
}

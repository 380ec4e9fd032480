/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* What the options of xbz migrate say about TLS. */
#ifndef XBZ_CLI_MIGRATE_TLS_H
#define XBZ_CLI_MIGRATE_TLS_H

#include "../host/migrate/tls.h"
#include "command.h"

/* Whether they fit together; else says on standard error why not. */
xbz_exit xbz_tls_check(const xbz_options *options);

/* null in *tls where no TLS is wished. */
bool xbz_tls_open(xbz_tls **tls, const xbz_options *options, xbz_error *error);

/* Secure a new link, where TLS is wished; after a failure it is closed. */
bool xbz_tls_secure(xbz_link *link, const xbz_tls *tls, xbz_error *error);

#endif

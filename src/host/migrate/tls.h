/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * TLS 1.3 over a link, with a certificate on both sides [M-50].
 *
 * The library is OpenSSL. A build without it has no xbz_tls_new that succeeds.
 */
#ifndef XBZ_MIGRATE_TLS_H
#define XBZ_MIGRATE_TLS_H

#include "link.h"

/* The side that connected is TLS's client, the one that accepted its server. */
typedef enum xbz_tls_role { XBZ_TLS_CLIENT, XBZ_TLS_SERVER } xbz_tls_role;

/* Files are in PEM form. */
typedef struct xbz_tls_options {
  xbz_tls_role role;
  const char *cert; /* this side's certificate, and those that lead to the CA */
  const char *key;  /* its private key */
  const char *ca;   /* who vouches for the peer */
  const char *name; /* of the peer: a DNS name or an IP address; null: any */
} xbz_tls_options;

/* What this side shows, and whom it believes: for any number of links. */
typedef struct xbz_tls xbz_tls;

/* Reads the files; null, and *error, when one of them is of no use. */
xbz_tls *xbz_tls_new(const xbz_tls_options *options, xbz_error *error);
void xbz_tls_free(xbz_tls *tls);

/*
 * Speak TLS over *link from now on: agree with the peer, and look at its
 * certificate [M-51]. What the link does as it waits, it goes on doing: time
 * limits and cancelling are its. *link becomes the link that the caller uses
 * and closes, and closing it closes what is below; after a failure *link is
 * closed. tls must outlive it.
 */
bool xbz_tls_start(xbz_link *link, const xbz_tls *tls, xbz_error *error);

#endif

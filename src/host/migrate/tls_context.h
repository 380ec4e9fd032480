/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* What TLS is made of, where the build has OpenSSL. */
#ifndef XBZ_MIGRATE_TLS_CONTEXT_H
#define XBZ_MIGRATE_TLS_CONTEXT_H

#include <openssl/bio.h>
#include <openssl/ssl.h>

#include "tls.h"

struct xbz_tls {
  xbz_tls_role role;
  SSL_CTX *context;
  BIO_METHOD *below; /* how OpenSSL reaches the link */
  char *name;        /* null: any */
};

typedef struct xbz_tls_link {
  SSL *ssl;
  const xbz_tls *tls;
  xbz_link below;
  bool patient;   /* whether to wait for bytes from below */
  bool ended;     /* no more come from there */
  xbz_error why;  /* below has failed in this call; else empty */
  xbz_error over; /* why nothing more can be received; else empty */
  bool unsent;    /* why nothing more is to be sent was told */
} xbz_tls_link;

/* tls_below.c: reads and writes what is below the xbz_tls_link that is the
 * BIO's data. null: no memory. */
BIO_METHOD *xbz_tls_below(void);

/* tls_words.c: "WHAT: " and the cause, of the first error that OpenSSL has
 * noted. Always false. */
bool xbz_tls_refused(xbz_error *error, const char *what);

/* Why a call about a connection has failed. Always false. */
bool xbz_tls_failed(const xbz_tls_link *it, xbz_error *error);

/* What to do for a peer before it is left. */
typedef enum xbz_tls_farewell {
  XBZ_TLS_LEAVE,  /* it is gone, or leaves itself */
  XBZ_TLS_LISTEN, /* it was told what is wrong with it, and is to hear it */
  XBZ_TLS_EXPLAIN /* it asked without TLS, and was not told yet */
} xbz_tls_farewell;

xbz_tls_farewell xbz_tls_blames(const xbz_tls_link *it);

#endif

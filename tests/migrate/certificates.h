/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Certificates for tests of TLS, made anew each time; no key is kept. */
#ifndef XBZ_TESTS_MIGRATE_CERTIFICATES_H
#define XBZ_TESTS_MIGRATE_CERTIFICATES_H

#include "src/host/migrate/tls.h"

/*
 * Writes into folder, for each NAME below, NAME.pem, a certificate, and
 * NAME.key, its private key:
 *
 *   ca        the authority
 *   listener  of the authority; for listener, localhost and 127.0.0.1
 *   sender    of the authority; for sender
 *   expired   of the authority; for listener, until yesterday
 *   client    of the authority; for listener, but as a TLS client only
 *   other     another authority
 *   stranger  of the other one; for listener
 *
 * and locked.key, that of sender behind a password. They are as long each time,
 * and so is what TLS sends.
 */
void xbz_certificates_make(const char *folder);

/* A side that shows the certificate of that name and trusts that authority; the
 * peer is to have a name, unless it is null. */
xbz_tls *xbz_certificates_use(const char *folder, xbz_tls_role role,
                              const char *cert, const char *ca,
                              const char *name);

/* A new folder, and certificates in it; and it goes away. */
void xbz_certificates_open(char folder[32]);
void xbz_certificates_close(const char *folder);

#endif

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* TLS in a build without OpenSSL's. */
#include "tls.h"

xbz_tls *xbz_tls_new(const xbz_tls_options *options, xbz_error *error) {
  (void)options;
  (void)xbz_fail(error, "this xbz was built without TLS");
  return NULL;
}

void xbz_tls_free(xbz_tls *tls) { (void)tls; }

bool xbz_tls_start(xbz_link *link, const xbz_tls *tls, xbz_error *error) {
  (void)tls;
  link->close(link->self);
  return xbz_fail(error, "this xbz was built without TLS");
}

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "tls_context.h"

#include <openssl/err.h>
#include <stdlib.h>
#include <string.h>

/* Nobody is there to be asked for the password of a key. */
static int xbz_tls_no_password(char *dst, int cap, int writing, void *self) {
  (void)writing;
  (void)self;
  if (cap > 0)
    dst[0] = '\0';
  return -1;
}

/* A ticket would be a message to someone who expects none, and a way in that
   does without a certificate. */
static bool xbz_tls_strict(SSL_CTX *context) {
  SSL_CTX_set_default_passwd_cb(context, xbz_tls_no_password);
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT,
                     NULL);
  (void)SSL_CTX_set_mode(context, SSL_MODE_NO_AUTO_CHAIN);
  SSL_CTX_set_read_ahead(context, 1);
  (void)SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  return SSL_CTX_set_num_tickets(context, 0) == 1 &&
         SSL_CTX_set_min_proto_version(context, TLS1_3_VERSION) == 1;
}

static bool xbz_tls_load(SSL_CTX *context, const xbz_tls_options *options,
                         xbz_error *error) {
  if (SSL_CTX_use_certificate_chain_file(context, options->cert) != 1)
    return xbz_tls_refused(error, options->cert);
  if (SSL_CTX_use_PrivateKey_file(context, options->key, SSL_FILETYPE_PEM) != 1)
    return xbz_tls_refused(error, options->key);
  if (SSL_CTX_load_verify_file(context, options->ca) != 1)
    return xbz_tls_refused(error, options->ca);
  return true;
}

static bool xbz_tls_fill(xbz_tls *tls, const xbz_tls_options *options,
                         xbz_error *error) {
  /* To OpenSSL an empty one is any. */
  if (options->name != NULL && options->name[0] == '\0')
    return xbz_fail(error, "TLS: the name of the peer is empty");
  tls->role = options->role;
  tls->context = SSL_CTX_new(tls->role == XBZ_TLS_CLIENT ? TLS_client_method()
                                                         : TLS_server_method());
  tls->below = xbz_tls_below();
  tls->name = options->name == NULL ? NULL : strdup(options->name);
  if (tls->context == NULL || tls->below == NULL ||
      (tls->name == NULL) != (options->name == NULL) ||
      !xbz_tls_strict(tls->context))
    return xbz_tls_refused(error, "TLS");
  return xbz_tls_load(tls->context, options, error);
}

xbz_tls *xbz_tls_new(const xbz_tls_options *options, xbz_error *error) {
  xbz_tls *tls = calloc(1, sizeof *tls);
  if (tls == NULL) {
    (void)xbz_fail(error, "TLS: no memory");
    return NULL;
  }
  ERR_clear_error();
  if (xbz_tls_fill(tls, options, error))
    return tls;
  xbz_tls_free(tls);
  return NULL;
}

void xbz_tls_free(xbz_tls *tls) {
  if (tls == NULL)
    return;
  SSL_CTX_free(tls->context);
  BIO_meth_free(tls->below);
  free(tls->name);
  free(tls);
}

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "tls.h"

#include <openssl/err.h>
#include <openssl/x509v3.h>
#include <stdlib.h>

#include "tls_context.h"

/* Before a call: what it notes is of this call alone. */
static void xbz_tls_begin(xbz_tls_link *it, bool patient) {
  ERR_clear_error();
  it->why.text[0] = '\0';
  it->patient = patient;
}

static bool xbz_tls_send(void *self, const uint8_t *src, size_t len,
                         xbz_error *error) {
  xbz_tls_link *it = self;
  size_t sent = 0;
  xbz_tls_begin(it, true);
  if (len == 0 || SSL_write_ex(it->ssl, src, len, &sent) == 1)
    return true;
  it->unsent = true;
  return xbz_tls_failed(it, error);
}

/* Bytes, or the peer's goodbye; what is neither is so for ever. */
static bool xbz_tls_got(xbz_tls_link *it, int answer) {
  if (answer == 1 || SSL_get_error(it->ssl, answer) == SSL_ERROR_ZERO_RETURN)
    return true;
  return xbz_tls_failed(it, &it->over);
}

static bool xbz_tls_recv(void *self, uint8_t *dst, size_t cap, size_t *len,
                         xbz_error *error) {
  xbz_tls_link *it = self;
  *len = 0;
  if (it->over.text[0] == '\0') {
    xbz_tls_begin(it, true);
    if (xbz_tls_got(it, SSL_read_ex(it->ssl, dst, cap, len)))
      return true;
  }
  *error = it->over;
  return false;
}

/* Bytes below may be less than a record, and so nothing to receive yet. */
static bool xbz_tls_ready(void *self) {
  xbz_tls_link *it = self;
  uint8_t byte = 0;
  size_t len = 0;
  int answer = 0;
  if (it->over.text[0] != '\0')
    return true;
  xbz_tls_begin(it, false);
  answer = SSL_peek_ex(it->ssl, &byte, 1, &len);
  if (SSL_get_error(it->ssl, answer) == SSL_ERROR_WANT_READ)
    return false;
  (void)xbz_tls_got(it, answer);
  return true;
}

/* The goodbye tells the peer that nothing was cut off. */
static void xbz_tls_close(void *self) {
  xbz_tls_link *it = self;
  xbz_tls_begin(it, true);
  if (it->over.text[0] == '\0' && !it->unsent)
    (void)SSL_shutdown(it->ssl);
  SSL_free(it->ssl);
  it->below.close(it->below.self);
  free(it);
}

static bool xbz_tls_expect(SSL *ssl, const char *name) {
  if (name == NULL ||
      X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), name) == 1)
    return true;
  SSL_set_hostflags(ssl, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
  return SSL_set1_host(ssl, name) == 1;
}

static bool xbz_tls_connect(xbz_tls_link *it) {
  BIO *bio = BIO_new(it->tls->below);
  if (bio == NULL)
    return false;
  BIO_set_data(bio, it);
  BIO_set_init(bio, 1);
  SSL_set_bio(it->ssl, bio, bio);
  if (!xbz_tls_expect(it->ssl, it->tls->name))
    return false;
  xbz_tls_begin(it, true);
  return (it->tls->role == XBZ_TLS_CLIENT ? SSL_connect(it->ssl)
                                          : SSL_accept(it->ssl)) == 1;
}

/* Closing while the peer still sends would lose what it is told. */
#define XBZ_TLS_DRAIN_MAX 65536u

static void xbz_tls_drain(xbz_link *below) {
  uint8_t bytes[4096];
  size_t got = 1;
  xbz_error ignored;
  for (size_t left = XBZ_TLS_DRAIN_MAX; left >= sizeof bytes && got > 0;
       left -= got)
    if (!below->recv(below->self, bytes, sizeof bytes, &got, &ignored))
      return;
}

/* An alert: fatal, protocol version. OpenSSL sends none to who has sent no TLS,
   but a sender without it knows one when it sees it [M-53]. */
static void xbz_tls_explain(xbz_link *below) {
  static const uint8_t alert[] = {0x15, 3, 3, 0, 2, 2, 70};
  xbz_error ignored;
  (void)below->send(below->self, alert, sizeof alert, &ignored);
}

static void xbz_tls_give_up(xbz_tls_link *it, xbz_error *error) {
  const xbz_tls_farewell farewell = xbz_tls_blames(it);
  (void)xbz_tls_failed(it, error);
  if (farewell == XBZ_TLS_EXPLAIN)
    xbz_tls_explain(&it->below);
  if (farewell != XBZ_TLS_LEAVE)
    xbz_tls_drain(&it->below);
  it->unsent = true;
  xbz_tls_close(it);
}

bool xbz_tls_start(xbz_link *link, const xbz_tls *tls, xbz_error *error) {
  xbz_tls_link *it = calloc(1, sizeof *it);
  SSL *ssl = SSL_new(tls->context);
  if (it == NULL || ssl == NULL) {
    free(it);
    SSL_free(ssl);
    link->close(link->self);
    return xbz_fail(error, "TLS: no memory");
  }
  *it = (xbz_tls_link){.ssl = ssl, .tls = tls, .below = *link};
  if (!xbz_tls_connect(it)) {
    xbz_tls_give_up(it, error);
    return false;
  }
  *link =
      (xbz_link){it, xbz_tls_send, xbz_tls_recv, xbz_tls_ready, xbz_tls_close};
  return true;
}

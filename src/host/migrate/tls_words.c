/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* What went wrong, in words: OpenSSL's where they are clear. */
#include <openssl/err.h>
#include <openssl/x509.h>
#include <string.h>

#include "tls_context.h"

static const char *xbz_tls_cause(unsigned long code) {
  const char *words = NULL;
  if (ERR_SYSTEM_ERROR(code))
    return strerror(ERR_GET_REASON(code));
  words = ERR_reason_error_string(code);
  return words == NULL ? "no reason given" : words;
}

bool xbz_tls_refused(xbz_error *error, const char *what) {
  return xbz_fail(error, "%s: %s", what, xbz_tls_cause(ERR_peek_error()));
}

static bool xbz_tls_distrust(const xbz_tls_link *it, long result,
                             xbz_error *error) {
  const bool named = result == X509_V_ERR_HOSTNAME_MISMATCH ||
                     result == X509_V_ERR_IP_ADDRESS_MISMATCH;
  if (named)
    return xbz_fail(error, "TLS: the peer's certificate is not for '%.200s'",
                    it->tls->name);
  return xbz_fail(error, "TLS: the peer's certificate is no good: %s",
                  X509_verify_cert_error_string(result));
}

/* An alert is told by a reason beyond all others. */
static bool xbz_tls_alert(int reason) {
  return reason > SSL_AD_REASON_OFFSET && reason <= SSL_AD_REASON_OFFSET + 255;
}

static bool xbz_tls_foreign(int reason) {
  return reason == SSL_R_WRONG_VERSION_NUMBER || reason == SSL_R_HTTP_REQUEST;
}

bool xbz_tls_failed(const xbz_tls_link *it, xbz_error *error) {
  const unsigned long code = ERR_peek_error();
  const int reason = ERR_GET_REASON(code);
  const long result = SSL_get_verify_result(it->ssl);
  if (it->ended) /* to say so to the peer may have failed as well */
    return xbz_fail(error, "TLS: the connection was cut");
  if (it->why.text[0] != '\0')
    return xbz_fail(error, "%s", it->why.text);
  if (result != X509_V_OK)
    return xbz_tls_distrust(it, result, error);
  if (xbz_tls_alert(reason))
    return xbz_fail(error, "TLS: the peer says: %s",
                    SSL_alert_desc_string_long(reason - SSL_AD_REASON_OFFSET));
  if (xbz_tls_foreign(reason))
    return xbz_fail(error, "TLS: the peer does not speak it");
  return xbz_tls_refused(error, "TLS");
}

xbz_tls_farewell xbz_tls_blames(const xbz_tls_link *it) {
  const int reason = ERR_GET_REASON(ERR_peek_error());
  if (it->why.text[0] != '\0' || it->ended || xbz_tls_alert(reason))
    return XBZ_TLS_LEAVE;
  if (!xbz_tls_foreign(reason))
    return XBZ_TLS_LISTEN;
  return it->tls->role == XBZ_TLS_SERVER ? XBZ_TLS_EXPLAIN : XBZ_TLS_LEAVE;
}

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "certificates.h"

#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <unistd.h>

#include "tests/codec/check.h"

#define XBZ_DAY 86400L

typedef struct xbz_identity {
  EVP_PKEY *key;
  X509 *cert;
} xbz_identity;

/* What a certificate says. */
typedef struct xbz_claims {
  const char *name;    /* of its files */
  const char *names;   /* whom it is for; null: an authority */
  const char *purpose; /* null: any */
  long last;           /* seconds from now */
} xbz_claims;

static void xbz_extend(X509 *cert, int nid, const char *value) {
  X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, NULL, nid, value);
  XBZ_CHECK(extension != NULL);
  XBZ_CHECK(X509_add_ext(cert, extension, -1) == 1);
  X509_EXTENSION_free(extension);
}

static void xbz_claim(X509 *cert, const xbz_claims *claims) {
  X509_NAME *subject = X509_get_subject_name(cert);
  XBZ_CHECK(X509_set_version(cert, X509_VERSION_3) == 1);
  XBZ_CHECK(ASN1_INTEGER_set(X509_get_serialNumber(cert), 1) == 1);
  XBZ_CHECK(X509_gmtime_adj(X509_getm_notBefore(cert), -9 * XBZ_DAY) != NULL);
  XBZ_CHECK(X509_gmtime_adj(X509_getm_notAfter(cert), claims->last) != NULL);
  XBZ_CHECK(X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC,
                                       (const uint8_t *)claims->name, -1, -1,
                                       0) == 1);
  xbz_extend(cert, NID_basic_constraints,
             claims->names == NULL ? "critical,CA:TRUE" : "CA:FALSE");
  if (claims->names != NULL)
    xbz_extend(cert, NID_subject_alt_name, claims->names);
  if (claims->purpose != NULL)
    xbz_extend(cert, NID_ext_key_usage, claims->purpose);
}

static void xbz_path(char *path, size_t cap, const char *folder,
                     const char *name, const char *suffix) {
  XBZ_CHECK((size_t)snprintf(path, cap, "%s/%s%s", folder, name, suffix) < cap);
}

static void xbz_write_key(EVP_PKEY *key, const char *folder, const char *name,
                          char *password) {
  char path[512];
  FILE *file = NULL;
  xbz_path(path, sizeof path, folder, name, ".key");
  file = fopen(path, "w");
  XBZ_CHECK(file != NULL);
  XBZ_CHECK(PEM_write_PKCS8PrivateKey(
                file, key, password == NULL ? NULL : EVP_aes_128_cbc(), NULL, 0,
                NULL, password) == 1);
  XBZ_CHECK(fclose(file) == 0);
}

static void xbz_write_cert(X509 *cert, const char *folder, const char *name) {
  char path[512];
  FILE *file = NULL;
  xbz_path(path, sizeof path, folder, name, ".pem");
  file = fopen(path, "w");
  XBZ_CHECK(file != NULL);
  XBZ_CHECK(PEM_write_X509(file, cert) == 1);
  XBZ_CHECK(fclose(file) == 0);
}

/* Signed by issuer, or, where that is null, by itself. */
static xbz_identity xbz_identity_make(const xbz_claims *claims,
                                      const xbz_identity *issuer,
                                      const char *folder) {
  xbz_identity made = {EVP_PKEY_Q_keygen(NULL, NULL, "ED25519"), X509_new()};
  XBZ_CHECK(made.key != NULL && made.cert != NULL);
  if (issuer == NULL)
    issuer = &made;
  xbz_claim(made.cert, claims);
  XBZ_CHECK(X509_set_issuer_name(made.cert,
                                 X509_get_subject_name(issuer->cert)) == 1);
  XBZ_CHECK(X509_set_pubkey(made.cert, made.key) == 1);
  XBZ_CHECK(X509_sign(made.cert, issuer->key, NULL) > 0);
  xbz_write_cert(made.cert, folder, claims->name);
  xbz_write_key(made.key, folder, claims->name, NULL);
  return made;
}

static void xbz_identity_free(xbz_identity identity) {
  EVP_PKEY_free(identity.key);
  X509_free(identity.cert);
}

void xbz_certificates_make(const char *folder) {
  static const xbz_claims own = {"ca", NULL, NULL, XBZ_DAY};
  static const xbz_claims other = {"other", NULL, NULL, XBZ_DAY};
  static const xbz_claims claims[] = {
      {"listener", "DNS:listener,DNS:localhost,IP:127.0.0.1", NULL, XBZ_DAY},
      {"sender", "DNS:sender", NULL, XBZ_DAY},
      {"expired", "DNS:listener", NULL, -XBZ_DAY},
      {"client", "DNS:listener", "clientAuth", XBZ_DAY},
      {"stranger", "DNS:listener", NULL, XBZ_DAY}};
  const size_t count = sizeof claims / sizeof claims[0];
  char password[] = "secret";
  const xbz_identity cas[] = {xbz_identity_make(&own, NULL, folder),
                              xbz_identity_make(&other, NULL, folder)};
  for (size_t i = 0; i < count; i++) {
    const xbz_identity made =
        xbz_identity_make(&claims[i], &cas[i + 1 == count], folder);
    if (i == 1)
      xbz_write_key(made.key, folder, "locked", password);
    xbz_identity_free(made);
  }
  xbz_identity_free(cas[0]);
  xbz_identity_free(cas[1]);
}

xbz_tls *xbz_certificates_use(const char *folder, xbz_tls_role role,
                              const char *cert, const char *ca,
                              const char *name) {
  char paths[3][512];
  xbz_tls_options options = {role, paths[0], paths[1], paths[2], name};
  xbz_error error = {""};
  xbz_tls *tls = NULL;
  xbz_path(paths[0], sizeof paths[0], folder, cert, ".pem");
  xbz_path(paths[1], sizeof paths[1], folder, cert, ".key");
  xbz_path(paths[2], sizeof paths[2], folder, ca, ".pem");
  tls = xbz_tls_new(&options, &error);
  xbz_check_subject = error.text;
  XBZ_CHECK(tls != NULL);
  xbz_check_subject = "";
  return tls;
}

void xbz_certificates_open(char folder[32]) {
  (void)snprintf(folder, 32, "/tmp/xbz-tls-XXXXXX");
  XBZ_CHECK(mkdtemp(folder) != NULL);
  xbz_certificates_make(folder);
}

void xbz_certificates_close(const char *folder) {
  static const char *const names[] = {"ca",       "listener", "sender",
                                      "expired",  "client",   "other",
                                      "stranger", "locked"};
  char path[512];
  for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
    xbz_path(path, sizeof path, folder, names[i], ".pem");
    XBZ_CHECK(unlink(path) == 0 || strcmp(names[i], "locked") == 0);
    xbz_path(path, sizeof path, folder, names[i], ".key");
    XBZ_CHECK(unlink(path) == 0);
  }
  XBZ_CHECK(rmdir(folder) == 0);
}

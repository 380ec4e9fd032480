/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "tls_context.h"

/* The link below waits as long as it may, so that OpenSSL never has to ask
   again, unless it was told not to wait. */
static int xbz_below_read(BIO *bio, char *dst, size_t cap, size_t *len) {
  xbz_tls_link *it = BIO_get_data(bio);
  BIO_clear_retry_flags(bio);
  if (!it->patient && !it->below.ready(it->below.self)) {
    BIO_set_retry_read(bio);
    return 0;
  }
  if (!it->below.recv(it->below.self, (uint8_t *)dst, cap, len, &it->why))
    return 0;
  it->ended = *len == 0;
  return !it->ended;
}

static int xbz_below_write(BIO *bio, const char *src, size_t len,
                           size_t *written) {
  xbz_tls_link *it = BIO_get_data(bio);
  BIO_clear_retry_flags(bio);
  *written = len;
  return it->below.send(it->below.self, (const uint8_t *)src, len, &it->why);
}

static long xbz_below_control(BIO *bio, int command, long number, void *more) {
  const xbz_tls_link *it = BIO_get_data(bio);
  (void)number;
  (void)more;
  return command == BIO_CTRL_EOF ? it->ended : command == BIO_CTRL_FLUSH;
}

BIO_METHOD *xbz_tls_below(void) {
  BIO_METHOD *below = BIO_meth_new(BIO_TYPE_SOURCE_SINK, "xbz_link");
  if (below == NULL)
    return NULL;
  (void)BIO_meth_set_read_ex(below, xbz_below_read);
  (void)BIO_meth_set_write_ex(below, xbz_below_write);
  (void)BIO_meth_set_ctrl(below, xbz_below_control);
  return below;
}

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "backends.h"

#include "tests/codec/check.h"

void xbz_backends_each(void (*visit)(xbz_backend backend)) {
  size_t ran = 0;
  for (unsigned i = 0; i < XBZ_BACKEND_COUNT; i++) {
    xbz_backend backend = (xbz_backend)i;
    xbz_check_subject = xbz_backend_name(backend);
    XBZ_CHECK_EQ(xbz_backend_usable(backend) != 0, xbz_expected(backend));
    if (!xbz_expected(backend))
      continue;
    visit(backend);
    ran++;
  }
  XBZ_CHECK(ran >= 2);
}

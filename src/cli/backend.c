/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* The implementation of the codec that the command uses. */
#include <stdio.h>
#include <stdlib.h>

#include "command.h"

static xbz_exit xbz_backend_unknown(const char *name) {
  xbz_backend list[XBZ_BACKEND_COUNT];
  size_t count = xbz_backend_list(list, XBZ_BACKEND_COUNT);
  (void)fprintf(stderr,
                "xbz: XBZ_BACKEND: no '%s' on this machine, but:", name);
  for (size_t i = 0; i < count; i++)
    (void)fprintf(stderr, " %s", xbz_backend_name(list[i]));
  (void)fputc('\n', stderr);
  return XBZ_EXIT_USAGE;
}

xbz_exit xbz_backend_choose(xbz_backend *backend) {
  const char *name = getenv("XBZ_BACKEND");
  *backend = xbz_backend_detect();
  if (name == NULL || xbz_backend_select(backend, name) == XBZ_OK)
    return XBZ_EXIT_OK;
  return xbz_backend_unknown(name);
}

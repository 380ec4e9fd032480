/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* What went wrong, in words for the person who ran the command. */
#ifndef XBZ_HOST_ERROR_H
#define XBZ_HOST_ERROR_H

#include <stdbool.h>

typedef struct xbz_error {
  char text[1024];
} xbz_error;

/* Say what went wrong; always false, so that callers can return it. */
__attribute__((format(printf, 2, 3))) bool xbz_fail(xbz_error *error,
                                                    const char *format, ...);

#endif

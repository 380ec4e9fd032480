/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* The backends that must run here, found out without the library's help. */
#ifndef XBZ_TESTS_BACKENDS_H
#define XBZ_TESTS_BACKENDS_H

#include <stdbool.h>

#include "src/xbz.h"

/* Whether the architecture and /proc/cpuinfo promise that it runs. */
bool xbz_expected(xbz_backend backend);

/* Call visit for each backend that must run; it is the check's subject. Fails
 * when the library does not offer the same ones. */
void xbz_backends_each(void (*visit)(xbz_backend backend));

#endif

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#ifndef XBZ_CORE_SEPARATE_H
#define XBZ_CORE_SEPARATE_H

#include "../xbz.h"

/* Of a function that a compiler must not make part of its callers. */
#if defined(__GNUC__) && !defined(__FRAMAC__)
#define XBZ_SEPARATE __attribute__((noinline))
#else
#define XBZ_SEPARATE
#endif

#endif

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Functions that stay functions. */
#ifndef XBZ_FAST_APART_H
#define XBZ_FAST_APART_H

/* Kept out of a loop that seldom needs it, or whose registers it would take. */
#if defined(__GNUC__) && !defined(__FRAMAC__)
#define XBZ_APART __attribute__((noinline))
#else
#define XBZ_APART
#endif

#endif

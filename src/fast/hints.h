/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* What compilers cannot know: they mean nothing to what is computed. */
#ifndef XBZ_FAST_HINTS_H
#define XBZ_FAST_HINTS_H

/* A function kept out of a loop that seldom needs it, or whose registers it
 * would take; FLAT: all that it calls is put into it. */
#if defined(__GNUC__) && !defined(__FRAMAC__)
#define XBZ_APART __attribute__((noinline))
#define XBZ_APART_FLAT __attribute__((noinline, flatten))
#else
#define XBZ_APART
#define XBZ_APART_FLAT
#endif

/* A condition that seldom holds. */
#if defined(__GNUC__) && !defined(__FRAMAC__)
#define XBZ_SELDOM(condition) __builtin_expect((condition) != 0, 0)
#else
#define XBZ_SELDOM(condition) ((condition) != 0)
#endif

/* The line of memory at an address is soon read. */
#if defined(__GNUC__) && !defined(__FRAMAC__)
#define XBZ_FETCH(address) __builtin_prefetch(address)
#else
#define XBZ_FETCH(address) (void)(address)
#endif

/* Before a loop: eight of its rounds one after the other. */
#if defined(__GNUC__) && !defined(__clang__) && !defined(__FRAMAC__)
#define XBZ_EIGHTFOLD _Pragma("GCC unroll 8")
#else
#define XBZ_EIGHTFOLD
#endif

#endif

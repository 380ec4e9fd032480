/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Which backends the compiler's target can have: the same answer in every file,
 * whatever the flags of that file. */
#ifndef XBZ_FAST_TARGETS_H
#define XBZ_FAST_TARGETS_H

#if defined(__x86_64__) && defined(__GNUC__)
#define XBZ_TARGET_X86_64 1
#else
#define XBZ_TARGET_X86_64 0
#endif

/* The mask of a big-endian Arm would come out in another order. */
#if defined(__aarch64__) && defined(__GNUC__) && defined(__AARCH64EL__)
#define XBZ_TARGET_AARCH64 1
#else
#define XBZ_TARGET_AARCH64 0
#endif

#endif

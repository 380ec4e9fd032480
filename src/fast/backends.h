/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* The functions of every backend that the target can have. */
#ifndef XBZ_FAST_BACKENDS_H
#define XBZ_FAST_BACKENDS_H

#include "../xbz.h"
#include "targets.h"

#define XBZ_FAST(name) name##_portable
#include "twins.h"
#undef XBZ_FAST

#if XBZ_TARGET_X86_64
#define XBZ_FAST(name) name##_sse2
#include "twins.h"
#undef XBZ_FAST

#define XBZ_FAST(name) name##_avx2
#include "twins.h"
#undef XBZ_FAST

#define XBZ_FAST(name) name##_avx512bw
#include "twins.h"
#undef XBZ_FAST
#endif

#if XBZ_TARGET_AARCH64
#define XBZ_FAST(name) name##_neon
#include "twins.h"
#undef XBZ_FAST
#endif

#endif

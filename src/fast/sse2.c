/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "../xbz.h"
#include "targets.h"

#if XBZ_TARGET_X86_64
#include "count.h"
#include "leaf_sse2.h"

#define XBZ_FAST(name) name##_sse2
#include "twins.h"

#include "codec.h"
#endif

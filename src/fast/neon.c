/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "../xbz.h"
#include "targets.h"

#if XBZ_TARGET_AARCH64
#include "leaf_neon.h"

#define XBZ_FAST(name) name##_neon
#include "twins.h"

#include "codec.h"
#endif

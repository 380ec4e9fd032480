/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "../xbz.h"
#include "targets.h"

#if XBZ_TARGET_X86_64
#include "push_avx512bw.h"

#include "leaf_avx512bw.h"

#define XBZ_FAST(name) name##_avx512bw
#include "twins.h"

#include "codec.h"

#include "pop.h"
#endif

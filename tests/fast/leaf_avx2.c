/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "leaves.h"
#include "src/fast/targets.h"

#if XBZ_TARGET_X86_64
#include "src/fast/push_avx2.h"

#include "src/fast/leaf_avx2.h"

const xbz_leaf xbz_leaf_avx2 = {
    xbz_leaf_diff,  xbz_leaf_update, xbz_leaf_equal, xbz_leaf_copy16,
    xbz_leaf_first, xbz_leaf_rest,   xbz_leaf_count};

#include "src/fast/pop.h"
#endif

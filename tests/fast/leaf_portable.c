/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "src/fast/leaf_portable.h"
#include "leaves.h"
#include "src/fast/count.h"
#include "src/fast/first.h"

const xbz_leaf xbz_leaf_portable = {
    xbz_leaf_diff,  xbz_leaf_update, xbz_leaf_equal, xbz_leaf_copy16,
    xbz_leaf_first, xbz_leaf_rest,   xbz_leaf_count};

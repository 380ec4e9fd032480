/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "count.h"
#include "first.h"
#include "leaf_portable.h"

#define XBZ_FAST(name) name##_portable
#include "twins.h"

#include "codec.h"

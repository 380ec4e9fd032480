/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* What one step through a row of things came to. */
#ifndef XBZ_HOST_STEP_H
#define XBZ_HOST_STEP_H

typedef enum xbz_step {
  XBZ_STEP_FAILED = -1,
  XBZ_STEP_END = 0,
  XBZ_STEP_ITEM = 1
} xbz_step;

#endif

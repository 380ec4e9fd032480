/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* What the requests of control_server.h do to a migration. */
#ifndef XBZ_FUZZ_CONTROL_MODEL_H
#define XBZ_FUZZ_CONTROL_MODEL_H

#include <stdbool.h>

#include "src/host/migrate/control.h"

typedef struct xbz_control_model {
  xbz_limits limits;
  bool cancelled;
} xbz_control_model;

/* Do it; false, and nothing is done, where the answer is an error. */
bool xbz_control_model_do(xbz_control_model *model, const char *request);

#endif

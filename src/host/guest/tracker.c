/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "tracker.h"

#include <string.h>

typedef struct xbz_tracker_kind {
  const char *name;
  bool (*open)(xbz_tracker *tracker, const xbz_span *span, xbz_error *error);
} xbz_tracker_kind;

/* In the order of preference; the last works everywhere. */
static const xbz_tracker_kind xbz_kinds[] = {
    {"pagemap", xbz_scan_open},
    {"mprotect", xbz_protect_open},
};

enum { XBZ_KINDS = sizeof xbz_kinds / sizeof xbz_kinds[0] };

const char *xbz_tracker_name(size_t i) {
  return i < XBZ_KINDS ? xbz_kinds[i].name : NULL;
}

static bool xbz_try(xbz_tracker *tracker, size_t i, const xbz_span *span,
                    xbz_error *error) {
  tracker->name = xbz_kinds[i].name;
  return xbz_kinds[i].open(tracker, span, error);
}

bool xbz_tracker_open(xbz_tracker *tracker, const char *name,
                      const xbz_span *span, xbz_error *error) {
  for (size_t i = 0; i < XBZ_KINDS; i++) {
    if (name != NULL && strcmp(name, xbz_kinds[i].name) == 0)
      return xbz_try(tracker, i, span, error);
    if (name == NULL && xbz_try(tracker, i, span, error))
      return true;
  }
  return name == NULL ? false : xbz_fail(error, "no tracker '%s'", name);
}

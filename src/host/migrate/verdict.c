/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "verdict.h"

#include <stdarg.h>
#include <stdio.h>

bool xbz_stop(xbz_verdict *verdict, xbz_ending ending, const char *format,
              ...) {
  va_list args;
  va_start(args, format);
  (void)vsnprintf(verdict->error->text, sizeof verdict->error->text, format,
                  args);
  va_end(args);
  return xbz_stopped(verdict, ending);
}

bool xbz_stopped(xbz_verdict *verdict, xbz_ending ending) {
  verdict->ending = ending;
  return false;
}

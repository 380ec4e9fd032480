/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "backends.h"

#include <string.h>

#include "tests/codec/check.h"

/* Whether the flags that Linux reports for the first processor have this one.
 */
static bool xbz_cpuinfo_has(const char *flag) {
  char line[8192];
  char word[32];
  bool found = false;
  FILE *file = fopen("/proc/cpuinfo", "r");
  XBZ_CHECK(file != NULL);
  (void)snprintf(word, sizeof word, " %s ", flag);
  while (!found && fgets(line, sizeof line, file) != NULL) {
    if (strncmp(line, "flags", 5) != 0)
      continue;
    line[strcspn(line, "\n")] = ' ';
    found = strstr(line, word) != NULL;
    break;
  }
  (void)fclose(file);
  return found;
}

static bool xbz_x86_64(void) {
#ifdef __x86_64__
  return true;
#else
  return false;
#endif
}

static bool xbz_aarch64(void) {
#ifdef __aarch64__
  return true;
#else
  return false;
#endif
}

static bool xbz_has_avx2(void) {
  return xbz_x86_64() && xbz_cpuinfo_has("avx2") && xbz_cpuinfo_has("bmi1") &&
         xbz_cpuinfo_has("popcnt");
}

static bool xbz_has_avx512bw(void) {
  return xbz_has_avx2() && xbz_cpuinfo_has("avx512f") &&
         xbz_cpuinfo_has("avx512bw") && xbz_cpuinfo_has("avx512vl");
}

bool xbz_expected(xbz_backend backend) {
  switch (backend) {
  case XBZ_BACKEND_REF:
  case XBZ_BACKEND_PORTABLE:
    return true;
  case XBZ_BACKEND_SSE2:
    return xbz_x86_64();
  case XBZ_BACKEND_AVX2:
    return xbz_has_avx2();
  case XBZ_BACKEND_AVX512BW:
    return xbz_has_avx512bw();
  case XBZ_BACKEND_NEON:
    return xbz_aarch64();
  }
  return false;
}

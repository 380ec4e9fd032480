/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "size.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

void xbz_size_format(char *text, double bytes) {
  static const char *const units[] = {"B", "KiB", "MiB", "GiB", "TiB"};
  size_t unit = 0;
  while (bytes >= 1024 && unit + 1 < sizeof units / sizeof units[0]) {
    bytes /= 1024;
    unit++;
  }
  (void)snprintf(text, XBZ_SIZE_TEXT, unit == 0 ? "%.0f %s" : "%.2f %s", bytes,
                 units[unit]);
}

/* strtoull, without its signs and spaces. */
static bool xbz_digits(uint64_t *number, char **end, const char *text) {
  if (!isdigit((unsigned char)text[0]))
    return false;
  errno = 0;
  *number = strtoull(text, end, 10);
  return errno == 0;
}

bool xbz_number_parse(uint64_t *number, const char *text) {
  char *end = NULL;
  return xbz_digits(number, &end, text) && *end == '\0';
}

bool xbz_size_parse(uint64_t *bytes, const char *text) {
  static const char letters[] = "KMG";
  char *end = NULL;
  if (!xbz_digits(bytes, &end, text))
    return false;
  if (*end == '\0')
    return true;
  const char *letter = strchr(letters, toupper((unsigned char)*end));
  if (letter == NULL || (end[1] != '\0' && strcasecmp(end + 1, "B") != 0 &&
                         strcasecmp(end + 1, "iB") != 0))
    return false;
  unsigned shift = 10 * (unsigned)(letter - letters + 1);
  if (*bytes > UINT64_MAX >> shift)
    return false;
  *bytes <<= shift;
  return true;
}

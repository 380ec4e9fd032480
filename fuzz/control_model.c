/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "control_model.h"

#include <string.h>
#include <strings.h>

/* Digits, which are taken. */
static bool xbz_number(uint64_t *number, const char **text) {
  const size_t digits = strspn(*text, "0123456789");
  *number = 0;
  for (size_t i = 0; i < digits; i++) {
    const uint64_t digit = (uint64_t)((*text)[i] - '0');
    if (*number > (UINT64_MAX - digit) / 10)
      return false;
    *number = 10 * *number + digit;
  }
  *text += digits;
  return digits > 0;
}

/* What a size ends with. */
static bool xbz_unit(unsigned *shift, const char *text) {
  static const char *const units[] = {"",  "",   "",    "K", "KB", "KiB",
                                      "M", "MB", "MiB", "G", "GB", "GiB"};
  for (unsigned i = 0; i < sizeof units / sizeof units[0]; i++)
    if (strcasecmp(text, units[i]) == 0) {
      *shift = 10 * (i / 3);
      return true;
    }
  return false;
}

static bool xbz_value(uint64_t *value, const char *text, bool is_size) {
  uint64_t number = 0;
  unsigned shift = 0;
  if (!xbz_number(&number, &text) || !xbz_unit(&shift, text))
    return false;
  *value = number << shift;
  return *value >> shift == number && (is_size || *text == '\0');
}

/* Whether a limit may be set so; then it is. */
static bool xbz_set(xbz_limits *limits, const char *name) {
  static const char *const names[] = {"cache-size ", "max-bandwidth ",
                                      "downtime-limit "};
  uint64_t *fields[] = {&limits->cache_size, &limits->bandwidth,
                        &limits->downtime_ms};
  for (size_t i = 0; i < 3; i++) {
    uint64_t value = 0;
    if (strncmp(name, names[i], strlen(names[i])) != 0)
      continue;
    if (!xbz_value(&value, name + strlen(names[i]), i < 2))
      return false;
    *fields[i] = value;
    return true;
  }
  return false;
}

bool xbz_control_model_do(xbz_control_model *model, const char *request) {
  static const char set[] = "set ";
  if (strcmp(request, "cancel") == 0)
    model->cancelled = true;
  else if (strncmp(request, set, strlen(set)) == 0)
    return xbz_set(&model->limits, request + strlen(set));
  else
    return strcmp(request, "info") == 0;
  return true;
}

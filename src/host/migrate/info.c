/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "info.h"

#include <errno.h>
#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../size.h"

#define XBZ_AT(field) offsetof(xbz_migrate_info, field)

const xbz_field xbz_fields[] = {
    {"status", XBZ_FIELD_STATE, XBZ_AT(state)},
    {"round", XBZ_FIELD_COUNT, XBZ_AT(round)},
    {"seconds", XBZ_FIELD_REAL, XBZ_AT(seconds)},
    {"downtime", XBZ_FIELD_REAL, XBZ_AT(downtime)},
    {"expected_downtime", XBZ_FIELD_REAL, XBZ_AT(expected_downtime)},
    {"downtime_limit_ms", XBZ_FIELD_COUNT, XBZ_AT(limits.downtime_ms)},
    {"page_size", XBZ_FIELD_COUNT, XBZ_AT(page_len)},
    {"pages", XBZ_FIELD_COUNT, XBZ_AT(pages)},
    {"total", XBZ_FIELD_COUNT, XBZ_AT(total)},
    {"remaining", XBZ_FIELD_COUNT, XBZ_AT(remaining)},
    {"transferred", XBZ_FIELD_COUNT, XBZ_AT(transferred)},
    {"bandwidth", XBZ_FIELD_REAL, XBZ_AT(bandwidth)},
    {"max_bandwidth", XBZ_FIELD_COUNT, XBZ_AT(limits.bandwidth)},
    {"max_rounds", XBZ_FIELD_COUNT, XBZ_AT(limits.rounds)},
    {"dirty_pages_rate", XBZ_FIELD_REAL, XBZ_AT(dirty_rate)},
    {"duplicate", XBZ_FIELD_COUNT, XBZ_AT(counters.zero)},
    {"normal", XBZ_FIELD_COUNT, XBZ_AT(counters.normal)},
    {"cache_size", XBZ_FIELD_COUNT, XBZ_AT(cache_size)},
    {"cache_size_wanted", XBZ_FIELD_COUNT, XBZ_AT(limits.cache_size)},
    {"xbzrle_bytes", XBZ_FIELD_COUNT, XBZ_AT(counters.bytes)},
    {"xbzrle_pages", XBZ_FIELD_COUNT, XBZ_AT(counters.pages)},
    {"xbzrle_miss", XBZ_FIELD_COUNT, XBZ_AT(counters.miss)},
    {"xbzrle_miss_rate", XBZ_FIELD_REAL, XBZ_AT(cache_miss_rate)},
    {"xbzrle_encoding_rate", XBZ_FIELD_REAL, XBZ_AT(encoding_rate)},
    {"xbzrle_overflow", XBZ_FIELD_COUNT, XBZ_AT(counters.overflow)},
    {"restarts", XBZ_FIELD_COUNT, XBZ_AT(restarts)},
    {"notice", XBZ_FIELD_NOTICE, XBZ_AT(notice)},
};

const size_t xbz_field_count = sizeof xbz_fields / sizeof xbz_fields[0];

static const char *const xbz_state_names[] = {
    [XBZ_STATE_SETUP] = "setup",           [XBZ_STATE_ACTIVE] = "active",
    [XBZ_STATE_SWITCHOVER] = "switchover", [XBZ_STATE_COMPLETED] = "completed",
    [XBZ_STATE_FAILED] = "failed",         [XBZ_STATE_CANCELLED] = "cancelled",
};

#define XBZ_STATE_COUNT (sizeof xbz_state_names / sizeof xbz_state_names[0])

const char *xbz_state_name(xbz_state state) { return xbz_state_names[state]; }

const void *xbz_field_at(const xbz_field *field, const xbz_migrate_info *info) {
  return (const char *)info + field->offset;
}

void xbz_field_format(char *text, const xbz_field *field,
                      const xbz_migrate_info *info) {
  const void *at = xbz_field_at(field, info);
  if (field->kind == XBZ_FIELD_STATE)
    (void)snprintf(text, XBZ_FIELD_TEXT, "%s",
                   xbz_state_name(*(const xbz_state *)at));
  else if (field->kind == XBZ_FIELD_COUNT)
    (void)snprintf(text, XBZ_FIELD_TEXT, "%" PRIu64, *(const uint64_t *)at);
  else if (field->kind == XBZ_FIELD_NOTICE)
    (void)snprintf(text, XBZ_FIELD_TEXT, "%s", (const char *)at);
  else
    (void)snprintf(text, XBZ_FIELD_TEXT, "%.9g", *(const double *)at);
}

static bool xbz_state_parse(xbz_state *state, const char *value) {
  for (size_t i = 0; i < XBZ_STATE_COUNT; i++)
    if (strcmp(value, xbz_state_names[i]) == 0) {
      *state = (xbz_state)i;
      return true;
    }
  return false;
}

static bool xbz_notice_parse(char *notice, const char *value) {
  return snprintf(notice, XBZ_NOTICE_LEN, "%s", value) < (int)XBZ_NOTICE_LEN;
}

static bool xbz_real_parse(double *real, const char *value) {
  char *end = NULL;
  *real = strtod(value, &end);
  return end != value && *end == '\0';
}

bool xbz_info_parse(xbz_migrate_info *info, const char *name,
                    const char *value) {
  size_t i = 0;
  while (i < xbz_field_count && strcmp(xbz_fields[i].name, name) != 0)
    i++;
  if (i == xbz_field_count)
    return true;
  void *at = (char *)info + xbz_fields[i].offset;
  switch (xbz_fields[i].kind) {
  case XBZ_FIELD_STATE:
    return xbz_state_parse(at, value);
  case XBZ_FIELD_COUNT:
    return xbz_number_parse(at, value);
  case XBZ_FIELD_NOTICE:
    return xbz_notice_parse(at, value);
  default:
    return xbz_real_parse(at, value);
  }
}

static const struct {
  const char *name, *noun;
  bool (*parse)(uint64_t *number, const char *text);
  size_t offset; /* in xbz_limits */
} xbz_settings[] = {
    {"cache-size", "a size", xbz_size_parse, offsetof(xbz_limits, cache_size)},
    {"max-bandwidth", "a size", xbz_size_parse,
     offsetof(xbz_limits, bandwidth)},
    {"downtime-limit", "a number of milliseconds", xbz_number_parse,
     offsetof(xbz_limits, downtime_ms)},
};

bool xbz_limit_parse(xbz_limits *limits, const char *name, const char *value,
                     xbz_error *error) {
  for (size_t i = 0; i < sizeof xbz_settings / sizeof xbz_settings[0]; i++) {
    if (strcmp(xbz_settings[i].name, name) != 0)
      continue;
    uint64_t number = 0;
    void *at = (char *)limits + xbz_settings[i].offset;
    if (!xbz_settings[i].parse(&number, value))
      return xbz_fail(error, "%s: not %s: '%s'", name, xbz_settings[i].noun,
                      value);
    *(uint64_t *)at = number;
    return true;
  }
  return xbz_fail(error,
                  "there is no '%s' to set, but cache-size, max-bandwidth and "
                  "downtime-limit",
                  name);
}

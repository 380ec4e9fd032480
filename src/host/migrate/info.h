/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * The fields of xbz_migrate_info and the limits that may be set, by name: the
 * words of the control socket, and of JSON.
 */
#ifndef XBZ_MIGRATE_INFO_H
#define XBZ_MIGRATE_INFO_H

#include "control.h"

/* What a field holds, and so its type. */
typedef enum xbz_field_kind {
  XBZ_FIELD_STATE, /* xbz_state */
  XBZ_FIELD_COUNT, /* uint64_t */
  XBZ_FIELD_REAL,  /* double */
  XBZ_FIELD_NOTICE /* char[XBZ_NOTICE_LEN] */
} xbz_field_kind;

typedef struct xbz_field {
  const char *name;
  xbz_field_kind kind;
  size_t offset; /* in xbz_migrate_info */
} xbz_field;

/* Room for the value of any field. */
#define XBZ_FIELD_TEXT 200u

extern const xbz_field xbz_fields[];
extern const size_t xbz_field_count;

/* "active", say. */
const char *xbz_state_name(xbz_state state);

/* Where info has the field. */
const void *xbz_field_at(const xbz_field *field, const xbz_migrate_info *info);

/* The value of a field as text[0..XBZ_FIELD_TEXT). */
void xbz_field_format(char *text, const xbz_field *field,
                      const xbz_migrate_info *info);

/* Take over the value of the field of that name; one that is not known here is
 * left alone. False if the value is none. */
bool xbz_info_parse(xbz_migrate_info *info, const char *name,
                    const char *value);

/* Set the limit of that name, as "cache-size" to "64M". */
bool xbz_limit_parse(xbz_limits *limits, const char *name, const char *value,
                     xbz_error *error);

#endif

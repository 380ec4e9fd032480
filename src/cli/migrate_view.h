/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* The two faces of a migration: a block of text for people, JSON for programs.
 */
#ifndef XBZ_CLI_MIGRATE_VIEW_H
#define XBZ_CLI_MIGRATE_VIEW_H

#include <jansson.h>
#include <stdio.h>

#include "../host/migrate/control.h"

/* About a dozen lines, in the words of QEMU's "info migrate". */
void xbz_info_print(FILE *stream, const xbz_migrate_info *info);

/* An object with every field; null if there is no memory for it. */
json_t *xbz_info_json(const xbz_migrate_info *info);

/* The most memory that this process had so far, in bytes: the guest's too. */
json_int_t xbz_peak_memory(void);

/* Print an object on a line of its own, at once, and give it up. */
bool xbz_json_line(json_t *object);

#endif

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* The guest that the options of xbz migrate describe. */
#ifndef XBZ_CLI_MIGRATE_GUEST_H
#define XBZ_CLI_MIGRATE_GUEST_H

#include "../host/migrate/guest.h"
#include "command.h"

/* Whether there is such a guest; else says on standard error why not. */
xbz_exit xbz_guest_check(const xbz_options *options);

/* Print the workloads that there are. */
void xbz_guest_list(void);

bool xbz_guest_open(xbz_guest *guest, const xbz_options *options,
                    xbz_error *error);
/* What tells which of its pages were written. */
const char *xbz_guest_tracker(const xbz_guest *guest,
                              const xbz_options *options);
void xbz_guest_close(xbz_guest *guest, const xbz_options *options);

#endif

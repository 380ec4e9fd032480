/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* The two sides of xbz migrate. */
#ifndef XBZ_CLI_MIGRATE_H
#define XBZ_CLI_MIGRATE_H

#include "../host/migrate/migrate.h"
#include "command.h"

xbz_exit xbz_migrate_send(const xbz_options *options);
xbz_exit xbz_migrate_receive(const xbz_options *options);

#endif

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <inttypes.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>

#include "../host/migrate/control_server.h"
#include "../host/migrate/socket.h"
#include "migrate.h"
#include "migrate_guest.h"
#include "migrate_tls.h"
#include "monitor.h"

#define XBZ_RETRY_MS 1000

typedef struct xbz_sending {
  const xbz_options *options;
  xbz_control *control;
  xbz_tls *tls; /* null: none is wished */
} xbz_sending;

static xbz_ending xbz_send_once(const xbz_sending *sending,
                                xbz_migration *migration, xbz_error *error) {
  xbz_link_options link_options = {.cancel_fd = sending->control->cancel_fd,
                                   .stall_ms = XBZ_STALL_MS};
  xbz_link link;
  if (!xbz_link_connect(&link, sending->options->connect, &link_options,
                        error) ||
      !xbz_tls_secure(&link, sending->tls, error))
    return XBZ_END_LOST;
  xbz_ending ending = xbz_migration_send(migration, &link, error);
  link.close(link.self);
  return ending;
}

/* Wait, unless it is cancelled. */
static void xbz_send_wait(const xbz_control *control, uint64_t ms) {
  struct pollfd cancelled = {control->cancel_fd, POLLIN, 0};
  (void)poll(&cancelled, 1, ms < INT_MAX ? (int)ms : INT_MAX);
}

/* Over new connections, as often as the options allow. */
static xbz_ending xbz_send_all(const xbz_sending *sending,
                               xbz_migration *migration, xbz_error *error) {
  const xbz_options *options = sending->options;
  xbz_control *control = sending->control;
  xbz_send_wait(control, options->warm_up);
  for (uint64_t again = 0;; again++) {
    xbz_ending ending = xbz_send_once(sending, migration, error);
    if (ending != XBZ_END_LOST)
      return ending;
    if (xbz_control_cancelled(control))
      return XBZ_END_CANCELLED;
    if (again == options->retry)
      return ending;
    if (!options->quiet)
      (void)fprintf(stderr, "xbz: %s; connection %" PRIu64 " of %" PRIu64 "\n",
                    error->text, again + 2, options->retry + 1);
    xbz_send_wait(control, XBZ_RETRY_MS);
  }
}

static xbz_ending xbz_send_guest(const xbz_sending *sending, xbz_guest *guest,
                                 xbz_error *error) {
  const xbz_options *options = sending->options;
  xbz_control *control = sending->control;
  xbz_wishes wishes = {.backend = options->backend,
                       .delta = !options->no_delta,
                       .base_digest = options->base_digest,
                       .compress = options->compress};
  xbz_control_server server;
  xbz_ending ending = XBZ_END_FAILED;
  xbz_migration *migration = xbz_migration_new(guest, control, &wishes, error);
  if (migration == NULL)
    return ending;
  if (options->control == NULL) {
    ending = xbz_send_all(sending, migration, error);
  } else if (xbz_control_server_open(&server, options->control, control,
                                     error)) {
    ending = xbz_send_all(sending, migration, error);
    xbz_control_server_close(&server);
  }
  xbz_migration_free(migration);
  return ending;
}

static xbz_exit xbz_send_end(xbz_ending ending, const xbz_error *error) {
  switch (ending) {
  case XBZ_END_EQUAL:
    return XBZ_EXIT_OK;
  case XBZ_END_CANCELLED:
    (void)xbz_data_error(error->text);
    return XBZ_EXIT_CANCELLED;
  default:
    return xbz_data_error(error->text);
  }
}

static xbz_ending xbz_send_watched(const xbz_sending *sending,
                                   xbz_error *error) {
  const xbz_options *options = sending->options;
  xbz_monitor monitor;
  xbz_guest guest;
  xbz_ending ending = XBZ_END_FAILED;
  if (!xbz_monitor_open(&monitor, options, sending->control, error))
    return ending;
  if (xbz_guest_open(&guest, options, error)) {
    monitor.tracker = xbz_guest_tracker(&guest, options);
    ending = xbz_send_guest(sending, &guest, error);
    xbz_guest_close(&guest, options);
  }
  xbz_monitor_close(&monitor, ending == XBZ_END_EQUAL ? NULL : error);
  return ending;
}

xbz_exit xbz_migrate_send(const xbz_options *options) {
  xbz_limits limits = {.bandwidth = options->max_bandwidth,
                       .downtime_ms = options->downtime_limit,
                       .cache_size = options->cache_size,
                       .rounds = options->max_rounds,
                       .cache_ways = (uint32_t)options->cache_ways};
  xbz_control control;
  xbz_sending sending = {options, &control, NULL};
  xbz_error error;
  xbz_ending ending = XBZ_END_FAILED;
  if (!xbz_tls_open(&sending.tls, options, &error))
    return xbz_data_error(error.text);
  if (xbz_control_open(&control, &limits, &error)) {
    ending = xbz_send_watched(&sending, &error);
    xbz_control_close(&control);
  }
  xbz_tls_free(sending.tls);
  return xbz_send_end(ending, &error);
}

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "migrate.h"

#include <inttypes.h>
#include <string.h>

#include "job.h"
#include "migrate_guest.h"
#include "migrate_tls.h"

/* What each side takes; what goes with the other is an error, not ignored. */
#define XBZ_COMMON_OPTIONS                                                     \
  'j', 'q', 'h', XBZ_OPTION_TLS_CERT, XBZ_OPTION_TLS_KEY, XBZ_OPTION_TLS_CA,   \
      XBZ_OPTION_TLS_NAME
#define XBZ_RECEIVE_OPTIONS                                                    \
  XBZ_OPTION_LISTEN, XBZ_OPTION_MAX_MEMORY, XBZ_OPTION_WAIT, 'o', 'f'
#define XBZ_LINK_OPTIONS                                                       \
  XBZ_OPTION_CONNECT, XBZ_OPTION_RETRY, XBZ_OPTION_CONTROL,                    \
      XBZ_OPTION_CACHE_SIZE, XBZ_OPTION_CACHE_WAYS, XBZ_OPTION_MAX_BANDWIDTH,  \
      XBZ_OPTION_DOWNTIME_LIMIT, XBZ_OPTION_MAX_ROUNDS, XBZ_OPTION_NO_DELTA,   \
      XBZ_OPTION_COMPRESS, XBZ_OPTION_BASE_DIGEST
#define XBZ_LOAD_OPTIONS                                                       \
  XBZ_OPTION_WORKLOAD, XBZ_OPTION_MEMORY, 's', XBZ_OPTION_THREADS,             \
      XBZ_OPTION_RATE, XBZ_OPTION_SEED, XBZ_OPTION_WARM_UP, XBZ_OPTION_TRACKER

static xbz_exit xbz_migrate_mismatch(const xbz_options *options,
                                     const int *list, const char *with) {
  const char *name = xbz_option_outside(options, list);
  return name == NULL
             ? XBZ_EXIT_OK
             : xbz_usage_error(options->command, "--%s does not go with --%s",
                               name, with);
}

static xbz_exit xbz_migrate_check_receive(const xbz_options *options) {
  static const int list[] = {XBZ_COMMON_OPTIONS, XBZ_RECEIVE_OPTIONS, 0};
  xbz_exit code = xbz_migrate_mismatch(options, list, "listen");
  if (code == XBZ_EXIT_OK && options->output != NULL)
    code = xbz_output_check(options);
  if (code == XBZ_EXIT_OK)
    code = xbz_tls_check(options);
  return code;
}

static xbz_exit xbz_migrate_check_send(const xbz_options *options) {
  static const int list[] = {XBZ_COMMON_OPTIONS, XBZ_LINK_OPTIONS,
                             XBZ_LOAD_OPTIONS, XBZ_OPTION_TRACE, 0};
  static const int traced[] = {XBZ_COMMON_OPTIONS, XBZ_LINK_OPTIONS,
                               XBZ_OPTION_TRACE, 0};
  xbz_exit code = xbz_migrate_mismatch(options, list, "connect");
  if (code == XBZ_EXIT_OK && options->cache_ways > XBZ_CACHE_WAYS_MAX)
    return xbz_usage_error(options->command,
                           "--cache-ways: not 1 to %u: %" PRIu64,
                           XBZ_CACHE_WAYS_MAX, options->cache_ways);
  if (code == XBZ_EXIT_OK)
    code = xbz_tls_check(options);
  if (code == XBZ_EXIT_OK && options->trace != NULL)
    return xbz_migrate_mismatch(options, traced, "trace");
  if (code == XBZ_EXIT_OK && options->workload == NULL)
    code = xbz_usage_error(options->command,
                           "what to send? give --workload or --trace");
  return code == XBZ_EXIT_OK ? xbz_guest_check(options) : code;
}

static xbz_exit xbz_migrate(const xbz_options *options) {
  bool listing =
      options->workload != NULL && strcmp(options->workload, "list") == 0;
  xbz_exit code = XBZ_EXIT_OK;
  if (listing) {
    xbz_guest_list();
    return XBZ_EXIT_OK;
  }
  if ((options->listen == NULL) == (options->connect == NULL))
    return xbz_usage_error(options->command,
                           "give --listen to receive, or --connect to send");
  if (options->listen != NULL) {
    code = xbz_migrate_check_receive(options);
    return code == XBZ_EXIT_OK ? xbz_migrate_receive(options) : code;
  }
  code = xbz_migrate_check_send(options);
  return code == XBZ_EXIT_OK ? xbz_migrate_send(options) : code;
}

const xbz_command xbz_migrate_command = {
    .name = "migrate",
    .operands = "{--listen=ADDR | --connect=ADDR}",
    .options =
        (const int[]){XBZ_RECEIVE_OPTIONS, XBZ_LINK_OPTIONS, XBZ_LOAD_OPTIONS,
                      XBZ_OPTION_TRACE, XBZ_COMMON_OPTIONS, 0},
    .summary = "Move the memory of a running guest to another process",
    .detail =
        "The guest is a workload that writes to its memory all the while. One "
        "process\nlistens, and has the memory in the end; the other runs the "
        "guest, and connects.\nADDR is tcp:HOST:PORT or unix:PATH; with port "
        "0 the listener chooses one, and\nsays which. Both compare every page "
        "by digest before they call it done.\n",
    .examples =
        "  xbz migrate --listen=tcp:127.0.0.1:4444 --output=guest.ram\n"
        "  xbz migrate --connect=tcp:127.0.0.1:4444 --workload=document \\\n"
        "    --rate=20000 --max-bandwidth=50M --control=/tmp/xbz.control\n"
        "  xbz migrate --workload=list\n",
    .exit_status = "  3  cancelled by the sender; its guest runs on\n",
    .run = xbz_migrate};

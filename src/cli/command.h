/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* The subcommands, and what they are given. */
#ifndef XBZ_CLI_COMMAND_H
#define XBZ_CLI_COMMAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../xbz.h"

#define XBZ_VERSION "0.1.0"
#define XBZ_OPERANDS_MAX 4u

/* Exit codes; they are part of the interface. */
typedef enum xbz_exit {
  XBZ_EXIT_OK = 0,
  XBZ_EXIT_DATA = 1, /* wrong or damaged data, or an I/O error */
  XBZ_EXIT_USAGE = 2,
  XBZ_EXIT_CANCELLED = 3 /* a migration, by whoever runs it */
} xbz_exit;

/* The options without a short name; the others are known by theirs. */
enum {
  XBZ_OPTION_LISTEN = 256,
  XBZ_OPTION_CONNECT,
  XBZ_OPTION_MAX_MEMORY,
  XBZ_OPTION_WAIT,
  XBZ_OPTION_WORKLOAD,
  XBZ_OPTION_TRACE,
  XBZ_OPTION_MEMORY,
  XBZ_OPTION_THREADS,
  XBZ_OPTION_RATE,
  XBZ_OPTION_SEED,
  XBZ_OPTION_WARM_UP,
  XBZ_OPTION_CACHE_SIZE,
  XBZ_OPTION_CACHE_WAYS,
  XBZ_OPTION_MAX_BANDWIDTH,
  XBZ_OPTION_DOWNTIME_LIMIT,
  XBZ_OPTION_MAX_ROUNDS,
  XBZ_OPTION_NO_DELTA,
  XBZ_OPTION_COMPRESS,
  XBZ_OPTION_BASE_DIGEST,
  XBZ_OPTION_RETRY,
  XBZ_OPTION_CONTROL,
  XBZ_OPTION_TLS_CERT,
  XBZ_OPTION_TLS_KEY,
  XBZ_OPTION_TLS_CA,
  XBZ_OPTION_TLS_NAME,
  XBZ_OPTION_TRACKER
};

typedef struct xbz_options {
  const struct xbz_command *command;
  const char *operands[XBZ_OPERANDS_MAX]; /* null beyond those given */
  uint64_t given; /* one bit an option: see xbz_option_given */
  xbz_backend backend;
  size_t page_size;
  const char *output;
  uint64_t page;
  bool in_place, list, json, quiet, force, help;

  /* Of a migration. */
  const char *listen, *connect, *workload, *trace, *control, *tracker;
  const char *tls_cert, *tls_key, *tls_ca, *tls_name;
  uint64_t max_memory, wait, memory, threads, rate, seed, warm_up, retry;
  uint64_t cache_size, cache_ways, max_bandwidth, downtime_limit, max_rounds;
  bool no_delta, compress, base_digest;
} xbz_options;

typedef struct xbz_command {
  const char *name;
  const char *operands;  /* as the help shows them */
  size_t operand_count;  /* the most that it takes */
  size_t operand_spared; /* of these, those that may be left out */
  const int *options;    /* those it takes, ended by 0 */
  const char *summary;
  const char *detail;
  const char *examples;
  const char *exit_status; /* beyond the common ones, or null */
  xbz_exit (*run)(const xbz_options *options);
} xbz_command;

extern const xbz_command xbz_encode_command;
extern const xbz_command xbz_decode_command;
extern const xbz_command xbz_inspect_command;
extern const xbz_command xbz_verify_command;
extern const xbz_command xbz_migrate_command;
extern const xbz_command xbz_control_command;

/* Whether the option was on the command line. */
bool xbz_option_given(const xbz_options *options, int key);

/* The long name of the first option given that is not in list, which 0 ends;
 * or null. */
const char *xbz_option_outside(const xbz_options *options, const int *list);

/* Parse the arguments after the command's name, argv[0], and run it. */
xbz_exit xbz_command_run(const xbz_command *command, xbz_backend backend,
                         int argc, char **argv);

/* The backend that XBZ_BACKEND in the environment names, else the best; says
 * on standard error which there are if it names none. */
xbz_exit xbz_backend_choose(xbz_backend *backend);

/* "xbz: TEXT" on standard error; the exit code that goes with it. */
xbz_exit xbz_data_error(const char *text);
__attribute__((format(printf, 2, 3))) xbz_exit
xbz_usage_error(const xbz_command *command, const char *format, ...);

#define XBZ_EXIT_STATUS                                                        \
  "\nExit status:\n"                                                           \
  "  0  done\n"                                                                \
  "  1  wrong or damaged data, or an input/output error; outputs are as "      \
  "they\n"                                                                     \
  "     were before\n"                                                         \
  "  2  wrong usage\n"

#endif

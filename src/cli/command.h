/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* The subcommands, and what they are given. */
#ifndef XBZ_CLI_COMMAND_H
#define XBZ_CLI_COMMAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../xbz.h"

#define XBZ_VERSION "0.1.0"
#define XBZ_OPERANDS_MAX 3u

/* Exit codes; they are part of the interface. */
typedef enum xbz_exit {
  XBZ_EXIT_OK = 0,
  XBZ_EXIT_DATA = 1, /* wrong or damaged data, or an I/O error */
  XBZ_EXIT_USAGE = 2
} xbz_exit;

typedef struct xbz_options {
  const struct xbz_command *command;
  const char *operands[XBZ_OPERANDS_MAX];
  const char *output;
  size_t page_size;
  xbz_backend backend;
  uint64_t page;
  bool page_given, in_place, list, json, quiet, force, help;
} xbz_options;

typedef struct xbz_command {
  const char *name;
  const char *operands; /* as the help shows them */
  size_t operand_count;
  const char *options; /* the short names of those it takes */
  const char *summary;
  const char *detail;
  const char *examples;
  xbz_exit (*run)(const xbz_options *options);
} xbz_command;

extern const xbz_command xbz_encode_command;
extern const xbz_command xbz_decode_command;
extern const xbz_command xbz_inspect_command;
extern const xbz_command xbz_verify_command;

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

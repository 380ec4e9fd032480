/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* One table of options serves the parser and the help of every command. */
#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "../host/container.h"
#include "../host/size.h"
#include "command.h"

#define XBZ_PAGE_SIZE_DEFAULT 4096u

typedef struct xbz_option {
  char letter;
  const char *name;
  const char *value; /* what it takes, as the help shows it, or null */
  const char *text;
} xbz_option;

static const xbz_option xbz_option_table[] = {
    {'o', "output", "FILE", "write to FILE, atomically; - is standard output"},
    {'s', "page-size", "SIZE", "512 to 2M, a power of two (default 4K)"},
    {'i', "in-place", NULL, "replace OLD, atomically"},
    {'p', "page", "N", "draw the runs of page N, counted from 0"},
    {'l', "list", NULL, "list every page that changes"},
    {'j', "json", NULL, "report as JSON on standard output"},
    {'q', "quiet", NULL, "no progress and no summary"},
    {'f', "force", NULL, "replace an input; write binary data to a terminal"},
    {'h', "help", NULL, "show this help"},
};

#define XBZ_OPTION_COUNT (sizeof xbz_option_table / sizeof xbz_option_table[0])

static const char *xbz_program = "xbz";

xbz_exit xbz_data_error(const char *text) {
  (void)fprintf(stderr, "%s: %s\n", xbz_program, text);
  return XBZ_EXIT_DATA;
}

xbz_exit xbz_usage_error(const xbz_command *command, const char *format, ...) {
  va_list args;
  (void)fprintf(stderr, "%s %s: ", xbz_program, command->name);
  va_start(args, format);
  (void)vfprintf(stderr, format, args);
  va_end(args);
  (void)fprintf(stderr, "\nTry '%s %s --help'.\n", xbz_program, command->name);
  return XBZ_EXIT_USAGE;
}

static void xbz_command_help(const xbz_command *command) {
  (void)printf("Usage: %s %s [OPTION]... %s\n%s.\n%s\nOptions:\n", xbz_program,
               command->name, command->operands, command->summary,
               command->detail);
  for (size_t i = 0; i < XBZ_OPTION_COUNT; i++) {
    const xbz_option *option = &xbz_option_table[i];
    char left[32];
    if (strchr(command->options, option->letter) == NULL)
      continue;
    (void)snprintf(left, sizeof left, "-%c, --%s%s%s", option->letter,
                   option->name, option->value == NULL ? "" : "=",
                   option->value == NULL ? "" : option->value);
    (void)printf("  %-22s %s\n", left, option->text);
  }
  (void)printf("\nExamples:\n%s" XBZ_EXIT_STATUS, command->examples);
}

/* Make getopt's tables of the options that the command takes. */
static void xbz_getopt_tables(struct option *longs, char *shorts,
                              const xbz_command *command) {
  for (size_t i = 0; i < XBZ_OPTION_COUNT; i++) {
    const xbz_option *option = &xbz_option_table[i];
    if (strchr(command->options, option->letter) == NULL)
      continue;
    *longs++ = (struct option){
        option->name, option->value == NULL ? no_argument : required_argument,
        NULL, option->letter};
    *shorts++ = option->letter;
    if (option->value != NULL)
      *shorts++ = ':';
  }
  *longs = (struct option){NULL, 0, NULL, 0};
  *shorts = '\0';
}

static bool xbz_take_page_size(xbz_options *options, const char *value) {
  uint64_t size = 0;
  if (!xbz_size_parse(&size, value) || !xbz_page_size_valid(size))
    return false;
  options->page_size = (size_t)size;
  return true;
}

static bool xbz_take_page(xbz_options *options, const char *value) {
  options->page_given = true;
  return xbz_number_parse(&options->page, value);
}

static bool *xbz_flag(xbz_options *options, int letter) {
  switch (letter) {
  case 'i':
    return &options->in_place;
  case 'l':
    return &options->list;
  case 'j':
    return &options->json;
  case 'q':
    return &options->quiet;
  case 'f':
    return &options->force;
  default:
    return &options->help;
  }
}

static xbz_exit xbz_take(xbz_options *options, int letter, const char *value) {
  switch (letter) {
  case 'o':
    options->output = value;
    return XBZ_EXIT_OK;
  case 's':
    return xbz_take_page_size(options, value)
               ? XBZ_EXIT_OK
               : xbz_usage_error(options->command,
                                 "not a power of two from 512 to 2M: '%s'",
                                 value);
  case 'p':
    return xbz_take_page(options, value)
               ? XBZ_EXIT_OK
               : xbz_usage_error(options->command, "not a page number: '%s'",
                                 value);
  default:
    *xbz_flag(options, letter) = true;
    return XBZ_EXIT_OK;
  }
}

static xbz_exit xbz_parse_options(xbz_options *options, int argc, char **argv) {
  struct option longs[XBZ_OPTION_COUNT + 1];
  char shorts[2 * XBZ_OPTION_COUNT + 1];
  int letter;
  xbz_getopt_tables(longs, shorts, options->command);
  while ((letter = getopt_long(argc, argv, shorts, longs, NULL)) != -1) {
    if (letter == '?') {
      (void)fprintf(stderr, "Try '%s %s --help'.\n", xbz_program,
                    options->command->name);
      return XBZ_EXIT_USAGE;
    }
    xbz_exit code = xbz_take(options, letter, optarg);
    if (code != XBZ_EXIT_OK)
      return code;
  }
  return XBZ_EXIT_OK;
}

static xbz_exit xbz_parse_operands(xbz_options *options, int argc,
                                   char **argv) {
  const xbz_command *command = options->command;
  bool standard_input = false;
  if ((size_t)(argc - optind) != command->operand_count)
    return xbz_usage_error(command, "expected %s", command->operands);
  for (size_t i = 0; i < command->operand_count; i++) {
    const char *operand = argv[optind + (int)i];
    bool standard = strcmp(operand, "-") == 0;
    if (standard && standard_input)
      return xbz_usage_error(command, "only one input can be '-'");
    standard_input |= standard;
    options->operands[i] = operand;
  }
  return XBZ_EXIT_OK;
}

xbz_exit xbz_command_run(const xbz_command *command, xbz_backend backend,
                         int argc, char **argv) {
  xbz_options options = {.command = command,
                         .backend = backend,
                         .page_size = XBZ_PAGE_SIZE_DEFAULT};
  char program[] = "xbz";
  argv[0] = program; /* getopt's messages start with it */
  xbz_exit code = xbz_parse_options(&options, argc, argv);
  if (code == XBZ_EXIT_OK && options.help) {
    xbz_command_help(command);
    return XBZ_EXIT_OK;
  }
  if (code == XBZ_EXIT_OK)
    code = xbz_parse_operands(&options, argc, argv);
  return code == XBZ_EXIT_OK ? command->run(&options) : code;
}

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* One table of options serves the parser and the help of every command. */
#include <getopt.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "../host/container.h"
#include "../host/size.h"
#include "command.h"

#define XBZ_PAGE_SIZE_DEFAULT 4096u
#define XBZ_MAX_MEMORY_DEFAULT (UINT64_C(1) << 30)
#define XBZ_MEMORY_DEFAULT (UINT64_C(256) << 20)
#define XBZ_CACHE_SIZE_DEFAULT (UINT64_C(64) << 20) /* as QEMU's */
#define XBZ_DOWNTIME_LIMIT_DEFAULT 300u             /* as QEMU's */
#define XBZ_WAIT_DEFAULT 60u

/* What an option takes, and so the type of its field in xbz_options. */
typedef enum xbz_taking {
  XBZ_TAKES_NOTHING,   /* bool */
  XBZ_TAKES_TEXT,      /* const char * */
  XBZ_TAKES_NUMBER,    /* uint64_t */
  XBZ_TAKES_SIZE,      /* uint64_t */
  XBZ_TAKES_PAGE_SIZE, /* size_t */
  XBZ_TAKINGS
} xbz_taking;

typedef struct xbz_option {
  int key; /* the short name, or a value beyond all of them */
  xbz_taking taking;
  const char *name;
  const char *value; /* what it takes, as the help shows it, or null */
  size_t field;
  const char *text;
} xbz_option;

#define XBZ_FIELD(name) offsetof(xbz_options, name)

static const xbz_option xbz_option_table[] = {
    {XBZ_OPTION_LISTEN, XBZ_TAKES_TEXT, "listen", "ADDR", XBZ_FIELD(listen),
     "receive: tcp:HOST:PORT or unix:PATH"},
    {XBZ_OPTION_MAX_MEMORY, XBZ_TAKES_SIZE, "max-memory", "SIZE",
     XBZ_FIELD(max_memory), "refuse a larger guest (default 1G)"},
    {XBZ_OPTION_WAIT, XBZ_TAKES_NUMBER, "wait", "SECONDS", XBZ_FIELD(wait),
     "how long a lost sender may be away (default 60)"},
    {XBZ_OPTION_CONNECT, XBZ_TAKES_TEXT, "connect", "ADDR", XBZ_FIELD(connect),
     "send to where xbz migrate --listen waits"},
    {XBZ_OPTION_WORKLOAD, XBZ_TAKES_TEXT, "workload", "NAME",
     XBZ_FIELD(workload), "the program of the guest; list: which there are"},
    {XBZ_OPTION_TRACE, XBZ_TAKES_TEXT, "trace", "FILE", XBZ_FIELD(trace),
     "replay recorded memory as the guest"},
    {XBZ_OPTION_MEMORY, XBZ_TAKES_SIZE, "memory", "SIZE", XBZ_FIELD(memory),
     "of the guest (default 256M)"},
    {'s', XBZ_TAKES_PAGE_SIZE, "page-size", "SIZE", XBZ_FIELD(page_size),
     "512 to 2M, a power of two (default 4K)"},
    {XBZ_OPTION_THREADS, XBZ_TAKES_NUMBER, "threads", "N", XBZ_FIELD(threads),
     "of the guest that write (default 1)"},
    {XBZ_OPTION_RATE, XBZ_TAKES_NUMBER, "rate", "N", XBZ_FIELD(rate),
     "pages a second that it writes (default 0: no limit)"},
    {XBZ_OPTION_SEED, XBZ_TAKES_NUMBER, "seed", "N", XBZ_FIELD(seed),
     "of the guest's random numbers (default 1)"},
    {XBZ_OPTION_WARM_UP, XBZ_TAKES_NUMBER, "warm-up", "MS", XBZ_FIELD(warm_up),
     "milliseconds that it runs first (default 0)"},
    {XBZ_OPTION_TRACKER, XBZ_TAKES_TEXT, "tracker", "NAME", XBZ_FIELD(tracker),
     "what tells its writes: pagemap, mprotect, auto"},
    {XBZ_OPTION_CACHE_SIZE, XBZ_TAKES_SIZE, "cache-size", "SIZE",
     XBZ_FIELD(cache_size), "pages kept for deltas (default 64M)"},
    {XBZ_OPTION_CACHE_WAYS, XBZ_TAKES_NUMBER, "cache-ways", "N",
     XBZ_FIELD(cache_ways), "places for a page, 1 to 8 (default: the best)"},
    {XBZ_OPTION_MAX_BANDWIDTH, XBZ_TAKES_SIZE, "max-bandwidth", "SIZE",
     XBZ_FIELD(max_bandwidth), "a second, on the link (default 0: no limit)"},
    {XBZ_OPTION_DOWNTIME_LIMIT, XBZ_TAKES_NUMBER, "downtime-limit", "MS",
     XBZ_FIELD(downtime_limit), "milliseconds at a stand (default 300)"},
    {XBZ_OPTION_MAX_ROUNDS, XBZ_TAKES_NUMBER, "max-rounds", "N",
     XBZ_FIELD(max_rounds), "then give up (default 0: never)"},
    {XBZ_OPTION_NO_DELTA, XBZ_TAKES_NOTHING, "no-delta", NULL,
     XBZ_FIELD(no_delta), "send whole pages only"},
    {XBZ_OPTION_COMPRESS, XBZ_TAKES_NOTHING, "compress", NULL,
     XBZ_FIELD(compress), "Zstandard for pages that go whole"},
    {XBZ_OPTION_BASE_DIGEST, XBZ_TAKES_NOTHING, "base-digest", NULL,
     XBZ_FIELD(base_digest), "each delta names the page it is for"},
    {XBZ_OPTION_RETRY, XBZ_TAKES_NUMBER, "retry", "N", XBZ_FIELD(retry),
     "new connections, if one is lost (default 0)"},
    {XBZ_OPTION_CONTROL, XBZ_TAKES_TEXT, "control", "SOCKET",
     XBZ_FIELD(control), "be there for xbz control"},
    {XBZ_OPTION_TLS_CERT, XBZ_TAKES_TEXT, "tls-cert", "FILE",
     XBZ_FIELD(tls_cert), "TLS: this side's certificate"},
    {XBZ_OPTION_TLS_KEY, XBZ_TAKES_TEXT, "tls-key", "FILE", XBZ_FIELD(tls_key),
     "its private key"},
    {XBZ_OPTION_TLS_CA, XBZ_TAKES_TEXT, "tls-ca", "FILE", XBZ_FIELD(tls_ca),
     "who vouches for the other side"},
    {XBZ_OPTION_TLS_NAME, XBZ_TAKES_TEXT, "tls-name", "NAME",
     XBZ_FIELD(tls_name), "of the other side (default: of ADDR)"},
    {'o', XBZ_TAKES_TEXT, "output", "FILE", XBZ_FIELD(output),
     "write to FILE, atomically; - is standard output"},
    {'i', XBZ_TAKES_NOTHING, "in-place", NULL, XBZ_FIELD(in_place),
     "replace OLD, atomically"},
    {'p', XBZ_TAKES_NUMBER, "page", "N", XBZ_FIELD(page),
     "draw the runs of page N, counted from 0"},
    {'l', XBZ_TAKES_NOTHING, "list", NULL, XBZ_FIELD(list),
     "list every page that changes"},
    {'j', XBZ_TAKES_NOTHING, "json", NULL, XBZ_FIELD(json),
     "report as JSON on standard output"},
    {'q', XBZ_TAKES_NOTHING, "quiet", NULL, XBZ_FIELD(quiet),
     "no progress and no summary"},
    {'f', XBZ_TAKES_NOTHING, "force", NULL, XBZ_FIELD(force),
     "replace an input; write binary data to a terminal"},
    {'h', XBZ_TAKES_NOTHING, "help", NULL, XBZ_FIELD(help), "show this help"},
};

#define XBZ_OPTION_COUNT (sizeof xbz_option_table / sizeof xbz_option_table[0])
#define XBZ_LETTER_END 256 /* keys from here on are no short names */
#define XBZ_LEFT_MAX 40u   /* room for an option with its value in a help */

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

static bool xbz_listed(const int *list, int key) {
  while (*list != 0 && *list != key)
    list++;
  return *list != 0;
}

bool xbz_option_given(const xbz_options *options, int key) {
  for (size_t i = 0; i < XBZ_OPTION_COUNT; i++)
    if (xbz_option_table[i].key == key)
      return (options->given >> i & 1) != 0;
  return false;
}

const char *xbz_option_outside(const xbz_options *options, const int *list) {
  for (size_t i = 0; i < XBZ_OPTION_COUNT; i++)
    if ((options->given >> i & 1) != 0 &&
        !xbz_listed(list, xbz_option_table[i].key))
      return xbz_option_table[i].name;
  return NULL;
}

/* "-o, --output=FILE"; its length. */
static int xbz_option_left(char *left, const xbz_option *option) {
  char letter[] = "-?, ";
  letter[1] = (char)option->key;
  return snprintf(left, XBZ_LEFT_MAX, "%s--%s%s%s",
                  option->key < XBZ_LETTER_END ? letter : "    ", option->name,
                  option->value == NULL ? "" : "=",
                  option->value == NULL ? "" : option->value);
}

static void xbz_options_help(const int *list) {
  char left[XBZ_LEFT_MAX];
  int width = 0;
  for (size_t i = 0; i < XBZ_OPTION_COUNT; i++) {
    const xbz_option *option = &xbz_option_table[i];
    int len = xbz_option_left(left, option);
    if (xbz_listed(list, option->key) && len > width)
      width = len;
  }
  for (size_t i = 0; i < XBZ_OPTION_COUNT; i++) {
    const xbz_option *option = &xbz_option_table[i];
    (void)xbz_option_left(left, option);
    if (xbz_listed(list, option->key))
      (void)printf("  %-*s  %s\n", width, left, option->text);
  }
}

static void xbz_command_help(const xbz_command *command) {
  (void)printf("Usage: %s %s [OPTION]... %s\n%s.\n%s\nOptions:\n", xbz_program,
               command->name, command->operands, command->summary,
               command->detail);
  xbz_options_help(command->options);
  (void)printf("\nExamples:\n%s" XBZ_EXIT_STATUS "%s", command->examples,
               command->exit_status == NULL ? "" : command->exit_status);
}

/* Make getopt's tables of the options that the command takes. */
static void xbz_getopt_tables(struct option *longs, char *shorts,
                              const xbz_command *command) {
  for (size_t i = 0; i < XBZ_OPTION_COUNT; i++) {
    const xbz_option *option = &xbz_option_table[i];
    if (!xbz_listed(command->options, option->key))
      continue;
    *longs++ = (struct option){
        option->name, option->value == NULL ? no_argument : required_argument,
        NULL, option->key};
    if (option->key >= XBZ_LETTER_END)
      continue;
    *shorts++ = (char)option->key;
    if (option->value != NULL)
      *shorts++ = ':';
  }
  *longs = (struct option){NULL, 0, NULL, 0};
  *shorts = '\0';
}

static bool xbz_take_page_size(size_t *page_size, const char *value) {
  uint64_t size = 0;
  if (!xbz_size_parse(&size, value) || !xbz_page_size_valid(size))
    return false;
  *page_size = (size_t)size;
  return true;
}

/* Store value in the field; false if it is none. */
static bool xbz_take_value(void *field, xbz_taking taking, const char *value) {
  switch (taking) {
  case XBZ_TAKES_NOTHING:
    *(bool *)field = true;
    return true;
  case XBZ_TAKES_TEXT:
    *(const char **)field = value;
    return true;
  case XBZ_TAKES_NUMBER:
    return xbz_number_parse(field, value);
  case XBZ_TAKES_SIZE:
    return xbz_size_parse(field, value);
  default:
    return xbz_take_page_size(field, value);
  }
}

static xbz_exit xbz_take(xbz_options *options, int key, const char *value) {
  static const char *const nouns[XBZ_TAKINGS] = {
      [XBZ_TAKES_NUMBER] = "number",
      [XBZ_TAKES_SIZE] = "size",
      [XBZ_TAKES_PAGE_SIZE] = "power of two from 512 to 2M",
  };
  size_t i = 0;
  while (xbz_option_table[i].key != key)
    i++;
  const xbz_option *option = &xbz_option_table[i];
  options->given |= UINT64_C(1) << i;
  if (xbz_take_value((char *)options + option->field, option->taking, value))
    return XBZ_EXIT_OK;
  return xbz_usage_error(options->command, "--%s: not a %s: '%s'", option->name,
                         nouns[option->taking], value);
}

static xbz_exit xbz_parse_options(xbz_options *options, int argc, char **argv) {
  struct option longs[XBZ_OPTION_COUNT + 1];
  char shorts[2 * XBZ_OPTION_COUNT + 1];
  int key;
  xbz_getopt_tables(longs, shorts, options->command);
  while ((key = getopt_long(argc, argv, shorts, longs, NULL)) != -1) {
    if (key == '?') {
      (void)fprintf(stderr, "Try '%s %s --help'.\n", xbz_program,
                    options->command->name);
      return XBZ_EXIT_USAGE;
    }
    xbz_exit code = xbz_take(options, key, optarg);
    if (code != XBZ_EXIT_OK)
      return code;
  }
  return XBZ_EXIT_OK;
}

static xbz_exit xbz_parse_operands(xbz_options *options, int argc,
                                   char **argv) {
  const xbz_command *command = options->command;
  size_t count = (size_t)(argc - optind);
  bool standard_input = false;
  if (count > command->operand_count ||
      count + command->operand_spared < command->operand_count)
    return xbz_usage_error(command, "expected %s", command->operands);
  for (size_t i = 0; i < count; i++) {
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
                         .page_size = XBZ_PAGE_SIZE_DEFAULT,
                         .max_memory = XBZ_MAX_MEMORY_DEFAULT,
                         .wait = XBZ_WAIT_DEFAULT,
                         .tracker = "auto",
                         .memory = XBZ_MEMORY_DEFAULT,
                         .threads = 1,
                         .seed = 1,
                         .cache_size = XBZ_CACHE_SIZE_DEFAULT,
                         .downtime_limit = XBZ_DOWNTIME_LIMIT_DEFAULT};
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

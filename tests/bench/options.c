/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "options.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char xbz_help[] =
    "Usage: bench [OPTION]... [PAIRS]...\n"
    "Time xbz and others on page pairs that are made by a rule, and on those\n"
    "of files: old page, new page, ..., of 4096 bytes each.\n"
    "\n"
    "  --quick      fewer slices; L2 and DRAM alone\n"
    "  --only=TEXT  only the samples with TEXT in their name\n"
    "  --pin=CPU    run on that CPU alone, counted from 0\n"
    "  --json=FILE  write everything to FILE as JSON\n"
    "  --html=FILE  write a page for a browser to FILE\n"
    "  --help       show this help\n"
    "\n"
    "All numbers are ratios within one run: compare them, not times, across\n"
    "machines and days. Files are there in full or not at all.\n";

static bool xbz_parse_cpu(long *cpu, const char *text) {
  char *end = NULL;
  errno = 0;
  *cpu = strtol(text, &end, 10);
  return errno == 0 && end != text && *end == '\0' && *cpu >= 0;
}

/* As xbz_options_parse, for one option. */
static int xbz_take(xbz_options *options, int letter) {
  switch (letter) {
  case 'q':
    options->quick = true;
    return -1;
  case 'o':
    options->only = optarg;
    return -1;
  case 'p':
    if (xbz_parse_cpu(&options->pin, optarg))
      return -1;
    (void)fprintf(stderr, "bench: not a CPU: '%s'\n", optarg);
    return 2;
  case 'j':
    options->json = optarg;
    return -1;
  case 'w':
    options->html = optarg;
    return -1;
  case 'h':
    (void)fputs(xbz_help, stdout);
    return EXIT_SUCCESS;
  default:
    (void)fputs("Try 'bench --help'.\n", stderr);
    return 2;
  }
}

int xbz_options_parse(xbz_options *options, int argc, char **argv) {
  static const struct option table[] = {
      {"quick", no_argument, NULL, 'q'},
      {"only", required_argument, NULL, 'o'},
      {"pin", required_argument, NULL, 'p'},
      {"json", required_argument, NULL, 'j'},
      {"html", required_argument, NULL, 'w'},
      {"help", no_argument, NULL, 'h'},
      {NULL, 0, NULL, 0},
  };
  char program[] = "bench";
  int letter, done = -1;
  *options = (xbz_options){.pin = -1};
  argv[0] = program; /* getopt's messages start with it */
  while (done < 0 && (letter = getopt_long(argc, argv, "", table, NULL)) != -1)
    done = xbz_take(options, letter);
  options->files = argv + optind;
  options->file_count = (size_t)(argc - optind);
  return done;
}

bool xbz_options_enter(xbz_error *error) {
  const char *folder = getenv("BUILD_WORKING_DIRECTORY");
  return folder == NULL || chdir(folder) == 0 ||
         xbz_fail(error, "%s: %s", folder, strerror(errno));
}

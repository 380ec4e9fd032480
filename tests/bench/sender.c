/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * How much of the time of a sender goes into what no sender can do without: a
 * copy of the page, and the socket. Pages that change little are the hard case,
 * since there is nothing else to do for them.
 */
#include <errno.h>
#include <getopt.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "options.h"
#include "race.h"

#define XBZ_SENDER_BAR 0.8 /* of the engine, in the first row */

static const char xbz_help[] =
    "Usage: sender [OPTION]...\n"
    "Time the sender of a migration on pages that change little, beside "
    "memcpy\n"
    "of the same pages and a socket that takes as many bytes.\n"
    "\n"
    "  --pages=N    of 4 KiB, that change in each round (default 16384)\n"
    "  --rounds=N   1 to 1000, of each kind (default 30)\n"
    "  --json=FILE  write the results to FILE as JSON\n"
    "  --help       show this help\n"
    "\n"
    "All numbers are ratios within one run: the part of the sender's time "
    "that\n"
    "memcpy and socket alone would take.\n";

typedef struct xbz_change {
  const char *name;
  size_t step;
  uint32_t ways; /* of the cache; 0: as the sender has it */
} xbz_change;

static const xbz_change xbz_changes[] = {
    {"1 byte of a page", 4096, 0},
    {"1 byte of each 1024", 1024, 0},
    {"1 byte of each 256", 256, 0},
    {"1 byte of a page, in 8 ways", 4096, XBZ_CACHE_WAYS_MAX},
};

enum { XBZ_CHANGES = sizeof xbz_changes / sizeof xbz_changes[0] };

static const char *const xbz_racers[XBZ_RACER_COUNT] = {
    "memcpy and socket", "engine", "reference alone", "fastest alone"};

static double xbz_part(const xbz_race_result *result, size_t racer) {
  return result->ns[XBZ_RACER_COPY] / result->ns[racer];
}

static void xbz_print(const xbz_race_result results[XBZ_CHANGES]) {
  (void)printf("%-28s %10s", "changed", "bytes sent");
  for (size_t r = XBZ_RACER_ENGINE; r < XBZ_RACER_COUNT; r++)
    (void)printf(" %16s", xbz_racers[r]);
  for (size_t i = 0; i < XBZ_CHANGES; i++) {
    (void)printf("\n%-28s %10.0f", xbz_changes[i].name, results[i].sent);
    for (size_t r = XBZ_RACER_ENGINE; r < XBZ_RACER_COUNT; r++)
      (void)printf(" %14.0f %%", 100 * xbz_part(&results[i], r));
  }
  (void)printf(
      "\n\nmemcpy and socket take %.0f %% of the engine's time; the bar "
      "is %.0f %%: %s\n",
      100 * xbz_part(&results[0], XBZ_RACER_ENGINE), 100 * XBZ_SENDER_BAR,
      xbz_part(&results[0], XBZ_RACER_ENGINE) >= XBZ_SENDER_BAR ? "met"
                                                                : "missed");
}

static json_t *xbz_row(size_t i, const xbz_race_result *result) {
  json_t *ns = json_object();
  for (size_t r = 0; r < XBZ_RACER_COUNT; r++)
    (void)json_object_set_new(ns, xbz_racers[r], json_real(result->ns[r]));
  return json_pack("{s:s, s:I, s:I, s:f, s:o}", "name", xbz_changes[i].name,
                   "step", (json_int_t)xbz_changes[i].step, "ways",
                   (json_int_t)xbz_changes[i].ways, "sent", result->sent, "ns",
                   ns);
}

static bool xbz_write(const char *path, const xbz_race_plan *plan,
                      const xbz_race_result results[XBZ_CHANGES],
                      xbz_error *error) {
  const char *best = xbz_backend_name(xbz_backend_detect());
  json_t *rows = json_array();
  for (size_t i = 0; i < XBZ_CHANGES; i++)
    (void)json_array_append_new(rows, xbz_row(i, &results[i]));
  json_t *root =
      json_pack("{s:i, s:I, s:I, s:s, s:f, s:f, s:o}", "version", 1, "pages",
                (json_int_t)plan->pages, "rounds", (json_int_t)plan->rounds,
                "fastest", best, "bar", XBZ_SENDER_BAR, "value",
                xbz_part(&results[0], XBZ_RACER_ENGINE), "rows", rows);
  bool done = root != NULL && json_dump_file(root, path, JSON_INDENT(1)) == 0;
  json_decref(root);
  return done || xbz_fail(error, "%s: cannot write", path);
}

static bool xbz_number(size_t *number, const char *text, size_t most) {
  char *end = NULL;
  errno = 0;
  unsigned long long value = strtoull(text, &end, 10);
  *number = (size_t)value;
  if (errno == 0 && *text != '-' && *end == '\0' && value > 0 && value <= most)
    return true;
  (void)fprintf(stderr, "sender: not 1 to %zu: '%s'\n", most, text);
  return false;
}

/* -1 to go on, or the exit status. */
static int xbz_arguments(xbz_race_plan *plan, const char **json, int argc,
                         char **argv) {
  static const struct option table[] = {
      {"pages", required_argument, NULL, 'p'},
      {"rounds", required_argument, NULL, 'r'},
      {"json", required_argument, NULL, 'j'},
      {"help", no_argument, NULL, 'h'},
      {NULL, 0, NULL, 0}};
  int letter = 0;
  while ((letter = getopt_long(argc, argv, "", table, NULL)) != -1) {
    bool good = letter == 'j';
    if (letter == 'j')
      *json = optarg;
    if (letter == 'p')
      good = xbz_number(&plan->pages, optarg, 1 << 20);
    if (letter == 'r')
      good = xbz_number(&plan->rounds, optarg, XBZ_RACE_ROUNDS_MAX);
    if (letter == 'h')
      return fputs(xbz_help, stdout) < 0;
    if (!good)
      return 2;
  }
  return optind == argc ? -1 : 2;
}

static bool xbz_all(xbz_race_plan *plan, const char *json, xbz_error *error) {
  xbz_race_result results[XBZ_CHANGES];
  for (size_t i = 0; i < XBZ_CHANGES; i++) {
    plan->step = xbz_changes[i].step;
    plan->ways = xbz_changes[i].ways;
    if (!xbz_race(&results[i], plan, error))
      return false;
  }
  xbz_print(results);
  return json == NULL || xbz_write(json, plan, results, error);
}

int main(int argc, char **argv) {
  xbz_race_plan plan = {.pages = 16384, .rounds = 30};
  const char *json = NULL;
  xbz_error error;
  int status = xbz_arguments(&plan, &json, argc, argv);
  if (status >= 0)
    return status;
  if (xbz_options_enter(&error) && xbz_all(&plan, json, &error))
    return 0;
  (void)fprintf(stderr, "sender: %s\n", error.text);
  return 1;
}

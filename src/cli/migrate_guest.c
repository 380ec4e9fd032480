/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "migrate_guest.h"

#include <stdio.h>
#include <string.h>

#include "../host/guest/load.h"
#include "../host/guest/trace_guest.h"
#include "../host/guest/tracker.h"

void xbz_guest_list(void) {
  const xbz_load *load = NULL;
  for (size_t i = 0; (load = xbz_load_at(i)) != NULL; i++)
    (void)printf("%-9s %s\n", load->name, load->description);
}

static bool xbz_tracker_known(const char *name) {
  const char *known = NULL;
  for (size_t i = 0; (known = xbz_tracker_name(i)) != NULL; i++)
    if (strcmp(name, known) == 0)
      return true;
  return strcmp(name, "auto") == 0;
}

xbz_exit xbz_guest_check(const xbz_options *options) {
  if (xbz_load_find(options->workload) == NULL)
    return xbz_usage_error(
        options->command,
        "no workload '%s': 'xbz migrate --workload=list' shows those there are",
        options->workload);
  if (options->memory == 0 || options->memory % options->page_size != 0)
    return xbz_usage_error(options->command,
                           "--memory is no number of pages of %zu bytes",
                           options->page_size);
  if (!xbz_tracker_known(options->tracker))
    return xbz_usage_error(options->command,
                           "--tracker: not pagemap, mprotect or auto: '%s'",
                           options->tracker);
  return XBZ_EXIT_OK;
}

bool xbz_guest_open(xbz_guest *guest, const xbz_options *options,
                    xbz_error *error) {
  xbz_trace_input input;
  if (options->trace != NULL)
    return xbz_trace_file_open(&input, options->trace, error) &&
           xbz_trace_guest_new(guest, &input, error);
  xbz_load_options load = {.page_len = options->page_size,
                           .pages = options->memory / options->page_size,
                           .load = options->workload,
                           .tracker = strcmp(options->tracker, "auto") == 0
                                          ? NULL
                                          : options->tracker,
                           .threads = (size_t)options->threads,
                           .rate = (double)options->rate,
                           .seed = options->seed};
  return xbz_load_guest_new(guest, &load, error);
}

const char *xbz_guest_tracker(const xbz_guest *guest,
                              const xbz_options *options) {
  return options->trace != NULL ? "trace" : xbz_load_guest_tracker(guest);
}

void xbz_guest_close(xbz_guest *guest, const xbz_options *options) {
  if (options->trace != NULL)
    xbz_trace_guest_free(guest);
  else
    xbz_load_guest_free(guest);
}

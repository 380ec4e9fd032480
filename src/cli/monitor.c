/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "monitor.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "migrate_view.h"

#define XBZ_LOOK_MS 20      /* how soon a new round is noticed */
#define XBZ_REDRAW 0.2      /* seconds between two drawings */
#define XBZ_JSON_PERIOD 1.0 /* seconds between two lines of one round */

/* Draw the block over the one that is there. */
static void xbz_monitor_draw(xbz_monitor *monitor,
                             const xbz_migrate_info *info) {
  char *text = NULL;
  size_t len = 0;
  FILE *block = open_memstream(&text, &len);
  if (block == NULL)
    return;
  if (monitor->lines > 0)
    (void)fprintf(block, "\x1b[%uA\x1b[J", monitor->lines);
  xbz_info_print(block, info);
  if (fclose(block) == 0) {
    monitor->lines = 0;
    for (size_t i = 0; i < len; i++)
      monitor->lines += text[i] == '\n';
    (void)fwrite(text, 1, len, stderr);
  }
  free(text);
}

static void xbz_monitor_line(xbz_monitor *monitor,
                             const xbz_migrate_info *info) {
  monitor->told_at = info->seconds;
  (void)xbz_json_line(xbz_info_json(info));
}

/* Each round as it began, however short it was. */
static void xbz_monitor_rounds(xbz_monitor *monitor, uint64_t round) {
  while (monitor->round < round) {
    xbz_migrate_info info;
    monitor->round++;
    if (xbz_control_round(monitor->control, monitor->round, &info))
      xbz_monitor_line(monitor, &info);
  }
}

static void xbz_monitor_tell(xbz_monitor *monitor) {
  xbz_migrate_info info = xbz_control_info(monitor->control);
  if (monitor->json) {
    xbz_monitor_rounds(monitor, info.round);
    if (monitor->round > 0 &&
        info.seconds >= monitor->told_at + XBZ_JSON_PERIOD)
      xbz_monitor_line(monitor, &info);
  } else if (info.state != XBZ_STATE_SETUP &&
             info.seconds >= monitor->told_at + XBZ_REDRAW) {
    monitor->told_at = info.seconds;
    xbz_monitor_draw(monitor, &info);
  }
}

/* The second signal gets what the first one would without us. */
static void xbz_monitor_signal(xbz_monitor *monitor) {
  struct signalfd_siginfo signal_info;
  if (read(monitor->signal_fd, &signal_info, sizeof signal_info) !=
      (ssize_t)sizeof signal_info)
    return;
  int number = (int)signal_info.ssi_signo;
  if (!xbz_control_cancelled(monitor->control)) {
    xbz_control_cancel(monitor->control);
    return;
  }
  sigset_t set;
  (void)sigemptyset(&set);
  (void)sigaddset(&set, number);
  (void)pthread_sigmask(SIG_UNBLOCK, &set, NULL);
  (void)raise(number);
}

static void *xbz_monitor_run(void *argument) {
  xbz_monitor *monitor = argument;
  int period = monitor->json || monitor->live ? XBZ_LOOK_MS : -1;
  struct pollfd polled[] = {{monitor->stop_fd, POLLIN, 0},
                            {monitor->signal_fd, POLLIN, 0}};
  for (;;) {
    int ready = poll(polled, 2, period);
    if (ready > 0 && polled[0].revents != 0)
      return NULL;
    if (ready > 0)
      xbz_monitor_signal(monitor);
    if (monitor->json || monitor->live)
      xbz_monitor_tell(monitor);
  }
}

/* Those of the three that are not ignored from outside, as by nohup. */
static void xbz_monitor_signals(sigset_t *set) {
  static const int numbers[] = {SIGINT, SIGTERM, SIGHUP};
  (void)sigemptyset(set);
  for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
    struct sigaction action;
    if (sigaction(numbers[i], NULL, &action) == 0 &&
        action.sa_handler != SIG_IGN)
      (void)sigaddset(set, numbers[i]);
  }
}

bool xbz_monitor_open(xbz_monitor *monitor, const xbz_options *options,
                      xbz_control *control, xbz_error *error) {
  sigset_t set;
  bool live = !options->quiet && !options->json && isatty(STDERR_FILENO) == 1;
  *monitor = (xbz_monitor){.control = control,
                           .quiet = options->quiet,
                           .json = options->json,
                           .live = live,
                           .told_at = -1};
  xbz_monitor_signals(&set);
  (void)pthread_sigmask(SIG_BLOCK, &set, NULL);
  monitor->stop_fd = eventfd(0, EFD_CLOEXEC);
  monitor->signal_fd = signalfd(-1, &set, SFD_CLOEXEC);
  int cause = errno;
  if (monitor->stop_fd >= 0 && monitor->signal_fd >= 0)
    cause = pthread_create(&monitor->thread, NULL, xbz_monitor_run, monitor);
  if (cause == 0)
    return true;
  (void)close(monitor->stop_fd);
  (void)close(monitor->signal_fd);
  return xbz_fail(error, "cannot watch the migration: %s", strerror(cause));
}

void xbz_monitor_close(xbz_monitor *monitor, const xbz_error *error) {
  (void)eventfd_write(monitor->stop_fd, 1);
  (void)pthread_join(monitor->thread, NULL);
  (void)close(monitor->stop_fd);
  (void)close(monitor->signal_fd);
  xbz_migrate_info info = xbz_control_info(monitor->control);
  bool begun = info.pages > 0;
  if (error != NULL && info.state < XBZ_STATE_COMPLETED)
    info.state = xbz_control_cancelled(monitor->control)
                     ? XBZ_STATE_CANCELLED
                     : XBZ_STATE_FAILED; /* no connection is made any more */
  if (monitor->json) {
    xbz_monitor_rounds(monitor, info.round);
    json_t *object = xbz_info_json(&info);
    if (monitor->tracker != NULL)
      (void)json_object_set_new(object, "tracker",
                                json_string(monitor->tracker));
    (void)json_object_set_new(object, "peak_memory",
                              json_integer(xbz_peak_memory()));
    if (error != NULL)
      (void)json_object_set_new(object, "error", json_string(error->text));
    (void)xbz_json_line(object);
  } else if (!monitor->quiet && begun) {
    xbz_monitor_draw(monitor, &info);
  }
}

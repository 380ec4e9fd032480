/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "control.h"

#include <errno.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

bool xbz_control_open(xbz_control *control, const xbz_limits *limits,
                      xbz_error *error) {
  memset(control, 0, sizeof *control);
  control->limits = *limits;
  control->info.limits = *limits;
  control->cancel_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (control->cancel_fd < 0)
    return xbz_fail(error, "eventfd: %s", strerror(errno));
  pthread_mutex_init(&control->mutex, NULL);
  return true;
}

void xbz_control_close(xbz_control *control) {
  pthread_mutex_destroy(&control->mutex);
  (void)close(control->cancel_fd);
}

xbz_limits xbz_control_limits(xbz_control *control) {
  xbz_limits limits;
  pthread_mutex_lock(&control->mutex);
  limits = control->limits;
  pthread_mutex_unlock(&control->mutex);
  return limits;
}

void xbz_control_set(xbz_control *control, const xbz_limits *limits) {
  pthread_mutex_lock(&control->mutex);
  control->limits = *limits;
  pthread_mutex_unlock(&control->mutex);
}

void xbz_control_cancel(xbz_control *control) {
  pthread_mutex_lock(&control->mutex);
  control->cancelled = true;
  pthread_mutex_unlock(&control->mutex);
  (void)eventfd_write(control->cancel_fd, 1);
}

bool xbz_control_cancelled(xbz_control *control) {
  bool cancelled = false;
  pthread_mutex_lock(&control->mutex);
  cancelled = control->cancelled;
  pthread_mutex_unlock(&control->mutex);
  return cancelled;
}

void xbz_control_publish(xbz_control *control, const xbz_migrate_info *info) {
  pthread_mutex_lock(&control->mutex);
  bool began = info->round != control->info.round;
  control->info = *info;
  control->info.limits = control->limits;
  if (began)
    control->rounds[info->round % XBZ_ROUNDS_KEPT] = control->info;
  pthread_mutex_unlock(&control->mutex);
}

/* The limits are those of now, not those that the sender saw last. */
xbz_migrate_info xbz_control_info(xbz_control *control) {
  xbz_migrate_info info;
  pthread_mutex_lock(&control->mutex);
  info = control->info;
  info.limits = control->limits;
  pthread_mutex_unlock(&control->mutex);
  return info;
}

bool xbz_control_round(xbz_control *control, uint64_t round,
                       xbz_migrate_info *info) {
  pthread_mutex_lock(&control->mutex);
  *info = control->rounds[round % XBZ_ROUNDS_KEPT];
  pthread_mutex_unlock(&control->mutex);
  return info->round == round;
}

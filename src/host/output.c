/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "output.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What the signal handler removes; changed only while signals are blocked. */
static const char *volatile xbz_doomed;

static void xbz_on_signal(int number) {
  const char *path = xbz_doomed;
  if (path != NULL)
    (void)unlink(path);
  (void)raise(number); /* SA_RESETHAND: this one ends the process */
}

static void xbz_signal_set(sigset_t *set) {
  (void)sigemptyset(set);
  (void)sigaddset(set, SIGINT);
  (void)sigaddset(set, SIGTERM);
  (void)sigaddset(set, SIGHUP);
}

/* A signal that was ignored from outside (nohup) stays ignored. */
static void xbz_catch(int number) {
  struct sigaction action, before;
  memset(&action, 0, sizeof action);
  action.sa_handler = xbz_on_signal;
  action.sa_flags = (int)SA_RESETHAND;
  xbz_signal_set(&action.sa_mask);
  if (sigaction(number, NULL, &before) == 0 && before.sa_handler != SIG_IGN)
    (void)sigaction(number, &action, NULL);
}

/* Create the temporary file with no moment at which a signal would leave it. */
static bool xbz_temp_create(xbz_output *output) {
  sigset_t set, before;
  xbz_signal_set(&set);
  (void)sigprocmask(SIG_BLOCK, &set, &before);
  output->file.fd = mkostemp(output->temp, O_CLOEXEC);
  int cause = errno;
  if (output->file.fd >= 0) {
    xbz_doomed = output->temp;
    xbz_catch(SIGINT);
    xbz_catch(SIGTERM);
    xbz_catch(SIGHUP);
  }
  (void)sigprocmask(SIG_SETMASK, &before, NULL);
  errno = cause;
  return output->file.fd >= 0;
}

static bool xbz_output_fail(const char *path, const char *verb,
                            xbz_error *error) {
  return xbz_fail(error, "%s: cannot %s: %s", path, verb, strerror(errno));
}

/* The permissions of the file that gets replaced, or those of a new one. */
static mode_t xbz_output_mode(const struct stat *replaced) {
  mode_t mask = umask(0);
  (void)umask(mask);
  return replaced != NULL ? replaced->st_mode & 07777 : 0666 & ~mask;
}

static bool xbz_output_open_temp(xbz_output *output, const char *path,
                                 const struct stat *replaced,
                                 xbz_error *error) {
  const char *target = output->path;
  if (replaced == NULL || realpath(path, output->path) == NULL)
    target = path;
  int len = snprintf(output->temp, sizeof output->temp, "%s.XXXXXX", target);
  if (len < 0 || (size_t)len >= sizeof output->temp) {
    errno = ENAMETOOLONG;
    return xbz_output_fail(path, "create", error);
  }
  memmove(output->path, target, strlen(target) + 1);
  if (!xbz_temp_create(output))
    return xbz_output_fail(path, "create", error);
  output->atomic = true;
  xbz_file_sink_open(&output->file, path, output->file.fd, true);
  if (fchmod(output->file.fd, xbz_output_mode(replaced)) != 0) {
    (void)xbz_output_fail(path, "set the permissions of", error);
    xbz_output_abort(output);
    return false;
  }
  return true;
}

bool xbz_output_open(xbz_output *output, const char *path, xbz_error *error) {
  bool exists;
  struct stat st;
  output->atomic = false;
  if (strcmp(path, "-") == 0) {
    xbz_file_sink_open(&output->file, "standard output", STDOUT_FILENO, false);
    return true;
  }
  exists = stat(path, &st) == 0;
  if (!exists || S_ISREG(st.st_mode))
    return xbz_output_open_temp(output, path, exists ? &st : NULL, error);
  int fd = open(path, O_WRONLY | O_CLOEXEC);
  xbz_file_sink_open(&output->file, path, fd, false);
  return fd >= 0 || xbz_output_fail(path, "open", error);
}

/* Make the new name itself durable; best effort, as not all systems can. */
static void xbz_sync_directory(const char *path) {
  char copy[PATH_MAX];
  (void)snprintf(copy, sizeof copy, "%s", path);
  int fd = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd >= 0) {
    (void)fsync(fd);
    (void)close(fd);
  }
}

static bool xbz_output_complete(xbz_output *output, xbz_error *error) {
  const char *name = output->file.sink.name;
  int fd = output->file.fd;
  if (!xbz_file_sink_finish(&output->file, error))
    return false;
  if (output->atomic && fsync(fd) != 0)
    return xbz_output_fail(name, "write", error);
  output->file.fd = -1;
  if (fd != STDOUT_FILENO && close(fd) != 0)
    return xbz_output_fail(name, "write", error);
  if (output->atomic && rename(output->temp, output->path) != 0)
    return xbz_output_fail(name, "replace", error);
  return true;
}

bool xbz_output_commit(xbz_output *output, xbz_error *error) {
  if (!xbz_output_complete(output, error)) {
    xbz_output_abort(output);
    return false;
  }
  xbz_doomed = NULL;
  if (output->atomic)
    xbz_sync_directory(output->path);
  return true;
}

void xbz_output_abort(xbz_output *output) {
  if (output->file.fd > STDOUT_FILENO)
    (void)close(output->file.fd);
  output->file.fd = -1;
  if (output->atomic)
    (void)unlink(output->temp);
  xbz_doomed = NULL;
}

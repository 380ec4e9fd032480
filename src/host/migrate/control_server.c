/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "control_server.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "info.h"

/* What is polled: the end, newcomers, then the clients. */
#define XBZ_POLL_STOP 0u
#define XBZ_POLL_LISTENER 1u
#define XBZ_POLL_CLIENTS 2u
#define XBZ_POLL_COUNT (XBZ_POLL_CLIENTS + XBZ_CONTROL_CLIENTS)

typedef struct xbz_answer {
  size_t len;
  char text[XBZ_ANSWER_MAX];
} xbz_answer;

__attribute__((format(printf, 2, 3))) static void
xbz_answer_line(xbz_answer *answer, const char *format, ...) {
  size_t room = XBZ_ANSWER_MAX - answer->len - 1; /* one is the newline's */
  va_list args;
  va_start(args, format);
  int len = vsnprintf(answer->text + answer->len, room, format, args);
  va_end(args);
  if (len < 0)
    return;
  answer->len += (size_t)len < room ? (size_t)len : room - 1;
  answer->text[answer->len++] = '\n';
}

static void xbz_answer_info(xbz_answer *answer, xbz_control *control) {
  xbz_migrate_info info = xbz_control_info(control);
  char value[XBZ_FIELD_TEXT];
  for (size_t i = 0; i < xbz_field_count; i++) {
    xbz_field_format(value, &xbz_fields[i], &info);
    xbz_answer_line(answer, "%s %s", xbz_fields[i].name, value);
  }
  xbz_answer_line(answer, "ok");
}

/* arguments is "NAME VALUE", and is taken apart. */
static void xbz_answer_set(xbz_answer *answer, xbz_control *control,
                           char *arguments) {
  xbz_limits limits = xbz_control_limits(control);
  xbz_error error;
  char *value = strchr(arguments, ' ');
  if (value == NULL) {
    xbz_answer_line(answer, "error set takes a name and a value");
    return;
  }
  *value++ = '\0';
  if (!xbz_limit_parse(&limits, arguments, value, &error)) {
    xbz_answer_line(answer, "error %s", error.text);
    return;
  }
  xbz_control_set(control, &limits);
  xbz_answer_line(answer, "ok");
}

static void xbz_answer_request(xbz_answer *answer, xbz_control *control,
                               char *line) {
  static const char set[] = "set ";
  if (strcmp(line, "info") == 0) {
    xbz_answer_info(answer, control);
  } else if (strcmp(line, "cancel") == 0) {
    xbz_control_cancel(control);
    xbz_answer_line(answer, "ok");
  } else if (strncmp(line, set, sizeof set - 1) == 0) {
    xbz_answer_set(answer, control, line + sizeof set - 1);
  } else {
    xbz_answer_line(answer,
                    "error no request '%s': there are info, cancel and set "
                    "NAME VALUE",
                    line);
  }
}

static void xbz_client_drop(xbz_control_client *client) {
  (void)close(client->fd);
  client->fd = -1;
  client->len = 0;
}

static bool xbz_client_send(const xbz_control_client *client,
                            const xbz_answer *answer) {
  return send(client->fd, answer->text, answer->len,
              MSG_DONTWAIT | MSG_NOSIGNAL) == (ssize_t)answer->len;
}

/* Answer every whole line that has come, and keep the rest of the next. */
static bool xbz_client_lines(xbz_control_client *client, xbz_control *control) {
  char *end = NULL;
  while ((end = memchr(client->line, '\n', client->len)) != NULL) {
    xbz_answer answer = {.len = 0};
    size_t taken = (size_t)(end - client->line) + 1;
    *end = '\0';
    xbz_answer_request(&answer, control, client->line);
    if (!xbz_client_send(client, &answer))
      return false;
    client->len -= taken;
    memmove(client->line, client->line + taken, client->len);
  }
  if (client->len < sizeof client->line)
    return true;
  xbz_answer answer = {.len = 0};
  xbz_answer_line(&answer, "error a request has at most %u bytes",
                  XBZ_CONTROL_LINE - 1);
  (void)xbz_client_send(client, &answer);
  return false;
}

static void xbz_client_read(xbz_control_client *client, xbz_control *control) {
  ssize_t got = recv(client->fd, client->line + client->len,
                     sizeof client->line - client->len, MSG_DONTWAIT);
  if (got < 0 && (errno == EAGAIN || errno == EINTR))
    return;
  client->len += got > 0 ? (size_t)got : 0;
  if (got <= 0 || !xbz_client_lines(client, control))
    xbz_client_drop(client);
}

static void xbz_server_accept(xbz_control_server *server) {
  xbz_control_client newcomer = {.fd = accept(server->listener.fd, NULL, NULL)};
  if (newcomer.fd < 0)
    return;
  for (size_t i = 0; i < XBZ_CONTROL_CLIENTS; i++) {
    if (server->clients[i].fd < 0) {
      server->clients[i] = newcomer;
      return;
    }
  }
  xbz_answer answer = {.len = 0};
  xbz_answer_line(&answer, "error there are %u clients already",
                  XBZ_CONTROL_CLIENTS);
  (void)xbz_client_send(&newcomer, &answer);
  xbz_client_drop(&newcomer);
}

static void *xbz_server_run(void *argument) {
  xbz_control_server *server = argument;
  struct pollfd polled[XBZ_POLL_COUNT];
  for (;;) {
    polled[XBZ_POLL_STOP] = (struct pollfd){server->stop_fd, POLLIN, 0};
    polled[XBZ_POLL_LISTENER] = (struct pollfd){server->listener.fd, POLLIN, 0};
    for (size_t i = 0; i < XBZ_CONTROL_CLIENTS; i++)
      polled[XBZ_POLL_CLIENTS + i] =
          (struct pollfd){server->clients[i].fd, POLLIN, 0};
    if (poll(polled, XBZ_POLL_COUNT, -1) < 0)
      continue;
    if (polled[XBZ_POLL_STOP].revents != 0)
      return NULL;
    for (size_t i = 0; i < XBZ_CONTROL_CLIENTS; i++)
      if (polled[XBZ_POLL_CLIENTS + i].revents != 0)
        xbz_client_read(&server->clients[i], server->control);
    if (polled[XBZ_POLL_LISTENER].revents != 0)
      xbz_server_accept(server);
  }
}

/* Signals are the business of the other threads. */
static int xbz_server_start(xbz_control_server *server) {
  sigset_t all, before;
  (void)sigfillset(&all);
  (void)pthread_sigmask(SIG_SETMASK, &all, &before);
  int cause = pthread_create(&server->thread, NULL, xbz_server_run, server);
  (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
  return cause;
}

bool xbz_control_server_open(xbz_control_server *server, const char *path,
                             xbz_control *control, xbz_error *error) {
  char address[sizeof server->listener.address];
  *server = (xbz_control_server){.control = control};
  for (size_t i = 0; i < XBZ_CONTROL_CLIENTS; i++)
    server->clients[i].fd = -1;
  if ((size_t)snprintf(address, sizeof address, "unix:%s", path) >=
      sizeof address)
    return xbz_fail(error, "%s: too long a path", path);
  if (!xbz_listener_open(&server->listener, address, error))
    return false;
  server->stop_fd = eventfd(0, EFD_CLOEXEC);
  int cause = server->stop_fd < 0 ? errno : xbz_server_start(server);
  if (cause == 0)
    return true;
  xbz_listener_close(&server->listener);
  (void)close(server->stop_fd);
  return xbz_fail(error, "%s: cannot serve: %s", path, strerror(cause));
}

void xbz_control_server_close(xbz_control_server *server) {
  (void)eventfd_write(server->stop_fd, 1);
  (void)pthread_join(server->thread, NULL);
  for (size_t i = 0; i < XBZ_CONTROL_CLIENTS; i++)
    if (server->clients[i].fd >= 0)
      xbz_client_drop(&server->clients[i]);
  xbz_listener_close(&server->listener);
  (void)close(server->stop_fd);
}

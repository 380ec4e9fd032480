/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * Any bytes as what a client asks of a running migration: each request is
 * answered as control_server.h says, what it sets is set and nothing else, and
 * the client reads of the answer what the server knows.
 *
 * data: the requests, then a byte that says whether others are there already.
 */
#include "src/host/migrate/control_server.h"

#include <signal.h>
#include <stdbool.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "control_model.h"
#include "fuzz.h"
#include "src/host/migrate/info.h"

/* So few that all answers have room on their way: each takes about a kilobyte
 * of the 200 there are, however short it is. */
enum { XBZ_REQUESTS_MOST = 96, XBZ_BYTES_MOST = 320 };
enum { XBZ_ANSWERS_MOST = 1 << 17 };

static xbz_control xbz_it;
static xbz_control_server xbz_server;
static char xbz_folder[] = "/tmp/xbz-fuzz-XXXXXX";
static struct sockaddr_un xbz_where = {.sun_family = AF_UNIX};
static char xbz_answers[XBZ_ANSWERS_MOST + 1];

static int xbz_connect(void) {
  const int fd = socket(AF_UNIX, SOCK_STREAM, 0);
  XBZ_CHECK(fd >= 0 && connect(fd, (const struct sockaddr *)&xbz_where,
                               sizeof xbz_where) == 0);
  return fd;
}

/* Whoever is still there is hung up on. */
static void xbz_end(void) {
  const int fd = xbz_connect();
  XBZ_CHECK(send(fd, "info\n", 5, MSG_NOSIGNAL) == 5);
  XBZ_CHECK(recv(fd, xbz_answers, 1, 0) == 1);
  xbz_control_server_close(&xbz_server);
  while (recv(fd, xbz_answers, XBZ_ANSWERS_MOST, 0) > 0)
    ;
  (void)close(fd);
  XBZ_CHECK(rmdir(xbz_folder) == 0);
}

/* What cannot be served is an error. */
static void xbz_try_bad_paths(void) {
  char too_long[256] = "/";
  const char *const paths[] = {"/no/such/folder", too_long};
  xbz_control_server server;
  xbz_error error;
  memset(too_long, '/', sizeof too_long - 1);
  for (size_t i = 0; i < 2; i++)
    XBZ_CHECK(!xbz_control_server_open(&server, paths[i], &xbz_it, &error));
}

/* libFuzzer has an alarm now and then: it shall not end a call early. */
static void xbz_outlast_alarms(void) {
  struct sigaction alarm;
  XBZ_CHECK(sigaction(SIGALRM, NULL, &alarm) == 0);
  alarm.sa_flags |= SA_RESTART;
  XBZ_CHECK(sigaction(SIGALRM, &alarm, NULL) == 0);
}

static void xbz_begin(void) {
  const xbz_limits limits = {.cache_size = 7};
  xbz_error error;
  if (xbz_where.sun_path[0] == '\0') {
    xbz_outlast_alarms();
    XBZ_CHECK(mkdtemp(xbz_folder) != NULL);
    (void)snprintf(xbz_where.sun_path, sizeof xbz_where.sun_path, "%s/control",
                   xbz_folder);
    XBZ_CHECK(xbz_control_open(&xbz_it, &limits, &error));
    XBZ_CHECK(xbz_control_server_open(&xbz_server, xbz_where.sun_path, &xbz_it,
                                      &error));
    XBZ_CHECK(atexit(xbz_end) == 0);
    xbz_try_bad_paths();
  }
  xbz_control_set(&xbz_it, &limits);
  xbz_it.cancelled = false;
}

/* Send all, then read until the server hangs up. */
static void xbz_ask(const uint8_t *requests, size_t len) {
  const int fd = xbz_connect();
  size_t at = 0;
  ssize_t got = 0;
  XBZ_CHECK(len == 0 || send(fd, requests, len, MSG_NOSIGNAL) == (ssize_t)len);
  XBZ_CHECK(shutdown(fd, SHUT_WR) == 0);
  while ((got = recv(fd, xbz_answers + at, XBZ_ANSWERS_MOST - at, 0)) > 0)
    at += (size_t)got;
  XBZ_CHECK(at < XBZ_ANSWERS_MOST);
  xbz_answers[at] = '\0';
  (void)close(fd);
}

/* The next line of the answers, which is taken. */
static char *xbz_take_line(char **answers) {
  char *line = *answers, *end = strchr(line, '\n');
  XBZ_CHECK(end != NULL);
  *end = '\0';
  *answers = end + 1;
  return line;
}

/* What may be set is as in the model. */
static void xbz_check_limits(const xbz_limits *limits, const xbz_limits *want) {
  XBZ_CHECK(limits->cache_size == want->cache_size);
  XBZ_CHECK(limits->bandwidth == want->bandwidth);
  XBZ_CHECK(limits->downtime_ms == want->downtime_ms);
}

/* All fields, as the client reads them. */
static void xbz_check_info(char **answers, const xbz_limits *limits) {
  xbz_migrate_info info;
  memset(&info, 0xa5, sizeof info);
  for (size_t i = 0; i < xbz_field_count; i++) {
    char *line = xbz_take_line(answers), *space = strchr(line, ' ');
    XBZ_CHECK(space != NULL);
    *space = '\0';
    XBZ_CHECK(strcmp(line, xbz_fields[i].name) == 0);
    XBZ_CHECK(xbz_info_parse(&info, line, space + 1));
  }
  XBZ_CHECK(info.state == XBZ_STATE_SETUP && info.round == 0);
  xbz_check_limits(&info.limits, limits);
}

/* One request; what it shall do is done to the model. */
static void xbz_check_answer(char **answers, const char *request,
                             xbz_control_model *model) {
  if (strcmp(request, "info") == 0)
    xbz_check_info(answers, &model->limits);
  const bool fine = xbz_control_model_do(model, request);
  const char *line = xbz_take_line(answers);
  XBZ_CHECK(fine ? strcmp(line, "ok") == 0 : strncmp(line, "error ", 6) == 0);
}

/* All slots are taken: whoever comes is told so. */
static void xbz_try_crowd(void) {
  int others[XBZ_CONTROL_CLIENTS];
  char *answers = xbz_answers;
  for (size_t i = 0; i < XBZ_CONTROL_CLIENTS; i++)
    others[i] = xbz_connect();
  xbz_ask(NULL, 0);
  XBZ_CHECK(strncmp(xbz_take_line(&answers), "error there are ", 16) == 0);
  XBZ_CHECK(*answers == '\0');
  for (size_t i = 0; i < XBZ_CONTROL_CLIENTS; i++)
    (void)close(others[i]);
}

/* Every whole line is answered; one that is too long is the last. */
static void xbz_check_answers(char *requests, size_t len,
                              xbz_control_model *model) {
  char *answers = xbz_answers, *request = requests, *end = NULL;
  while ((end = memchr(request, '\n', (size_t)(requests + len - request))) !=
             NULL &&
         end - request < (ptrdiff_t)XBZ_CONTROL_LINE) {
    *end = '\0';
    xbz_check_answer(&answers, request, model);
    request = end + 1;
  }
  if (requests + len - request >= (ptrdiff_t)XBZ_CONTROL_LINE)
    XBZ_CHECK(strncmp(xbz_take_line(&answers), "error ", 6) == 0);
  XBZ_CHECK(*answers == '\0');
}

/* How long the requests are that are made. */
static size_t xbz_requests_len(const xbz_fuzz_input *input) {
  size_t len = 0;
  for (size_t lines = 0; len < input->len && len < XBZ_BYTES_MOST; len++)
    if (input->bytes[len] == '\n' && ++lines == XBZ_REQUESTS_MOST)
      break;
  return len;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  xbz_fuzz_input input = {data, size};
  const bool crowd = xbz_fuzz_take(&input) == UINT8_MAX;
  const size_t len = xbz_requests_len(&input);
  char requests[XBZ_BYTES_MOST + 1] = "";
  xbz_control_model model = {.limits = {.cache_size = 7}};
  xbz_begin();
  if (len > 0)
    memcpy(requests, data, len);
  if (crowd) {
    xbz_try_crowd();
  } else {
    xbz_ask(data, len);
    xbz_check_answers(requests, len, &model);
  }
  const xbz_limits now = xbz_control_limits(&xbz_it);
  xbz_check_limits(&now, &model.limits);
  XBZ_CHECK(now.rounds == 0 && now.cache_ways == 0);
  XBZ_CHECK_EQ(xbz_control_cancelled(&xbz_it), model.cancelled);
  return 0;
}

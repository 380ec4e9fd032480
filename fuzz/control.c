/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * Any bytes as what a client asks of a running migration: each request is
 * answered as control_server.h says, what it sets is set and nothing else, and
 * the client reads of the answer what the server knows.
 *
 * data: the requests.
 */
#include "src/host/migrate/control_server.h"

#include <stdbool.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "fuzz.h"
#include "src/host/migrate/info.h"

/* So few that all answers have room on their way. */
enum { XBZ_REQUESTS_MOST = 320, XBZ_ANSWERS_MOST = 1 << 17 };

static xbz_control xbz_it;
static xbz_control_server xbz_server;
static char xbz_folder[] = "/tmp/xbz-fuzz-XXXXXX";
static struct sockaddr_un xbz_where = {.sun_family = AF_UNIX};
static char xbz_answers[XBZ_ANSWERS_MOST + 1];

static void xbz_end(void) {
  xbz_control_server_close(&xbz_server);
  (void)rmdir(xbz_folder);
}

static void xbz_begin(void) {
  const xbz_limits limits = {.cache_size = 7};
  xbz_error error;
  if (xbz_where.sun_path[0] == '\0') {
    XBZ_CHECK(mkdtemp(xbz_folder) != NULL);
    (void)snprintf(xbz_where.sun_path, sizeof xbz_where.sun_path, "%s/control",
                   xbz_folder);
    XBZ_CHECK(xbz_control_open(&xbz_it, &limits, &error));
    XBZ_CHECK(xbz_control_server_open(&xbz_server, xbz_where.sun_path, &xbz_it,
                                      &error));
    XBZ_CHECK(atexit(xbz_end) == 0);
  }
  xbz_control_set(&xbz_it, &limits);
  xbz_it.cancelled = false;
}

/* Send all, then read until the server hangs up. */
static void xbz_ask(const uint8_t *requests, size_t len) {
  const int fd = socket(AF_UNIX, SOCK_STREAM, 0);
  size_t at = 0;
  ssize_t got = 0;
  XBZ_CHECK(fd >= 0 && connect(fd, (const struct sockaddr *)&xbz_where,
                               sizeof xbz_where) == 0);
  XBZ_CHECK(len == 0 || send(fd, requests, len, MSG_NOSIGNAL) == (ssize_t)len);
  XBZ_CHECK(shutdown(fd, SHUT_WR) == 0);
  while ((got = recv(fd, xbz_answers + at, XBZ_ANSWERS_MOST - at, 0)) > 0)
    at += (size_t)got;
  XBZ_CHECK(at < XBZ_ANSWERS_MOST);
  xbz_answers[at] = '\0';
  (void)close(fd);
}

/* A number, and for a size a unit: 10, 20 or 30 bits. */
static bool xbz_model_value(uint64_t *value, const char *text, bool is_size) {
  static const char units[] = " KMG";
  uint64_t number = 0;
  size_t unit = 0, digits = strspn(text, "0123456789");
  for (size_t i = 0; i < digits; i++) {
    const uint64_t digit = (uint64_t)(text[i] - '0');
    if (number > (UINT64_MAX - digit) / 10)
      return false;
    number = 10 * number + digit;
  }
  text += digits;
  for (size_t i = 1; is_size && i < 4 && *text != '\0'; i++)
    if (strncasecmp(text, &units[i], 1) == 0)
      unit = i;
  text += unit > 0 ? 1 : 0;
  *value = number << 10 * unit;
  return digits > 0 && *value >> 10 * unit == number &&
         (*text == '\0' || (unit > 0 && (strcasecmp(text, "B") == 0 ||
                                         strcasecmp(text, "iB") == 0)));
}

/* Whether a limit may be set so; then it is. */
static bool xbz_model_set(xbz_limits *limits, const char *name) {
  static const char *const names[] = {"cache-size ", "max-bandwidth ",
                                      "downtime-limit "};
  uint64_t *fields[] = {&limits->cache_size, &limits->bandwidth,
                        &limits->downtime_ms};
  for (size_t i = 0; i < 3; i++) {
    uint64_t value = 0;
    if (strncmp(name, names[i], strlen(names[i])) != 0)
      continue;
    if (!xbz_model_value(&value, name + strlen(names[i]), i < 2))
      return false;
    *fields[i] = value;
    return true;
  }
  return false;
}

/* The next line of the answers, which is taken. */
static char *xbz_take_line(char **answers) {
  char *line = *answers, *end = strchr(line, '\n');
  XBZ_CHECK(end != NULL);
  *end = '\0';
  *answers = end + 1;
  return line;
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
  XBZ_CHECK(info.limits.cache_size == limits->cache_size &&
            info.limits.bandwidth == limits->bandwidth &&
            info.limits.downtime_ms == limits->downtime_ms);
}

/* One request; what it shall do is done to the model. */
static void xbz_check_answer(char **answers, const char *request,
                             xbz_limits *limits, bool *cancelled) {
  bool fine = strcmp(request, "info") == 0;
  if (fine)
    xbz_check_info(answers, limits);
  else if (strcmp(request, "cancel") == 0)
    fine = *cancelled = true;
  else
    fine =
        strncmp(request, "set ", 4) == 0 && xbz_model_set(limits, request + 4);
  const char *line = xbz_take_line(answers);
  XBZ_CHECK(fine ? strcmp(line, "ok") == 0 : strncmp(line, "error ", 6) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  const size_t len = size < XBZ_REQUESTS_MOST ? size : XBZ_REQUESTS_MOST;
  char requests[XBZ_REQUESTS_MOST + 1] = "";
  char *answers = xbz_answers, *request = requests, *end = NULL;
  xbz_limits limits = {.cache_size = 7};
  bool cancelled = false;
  xbz_begin();
  xbz_ask(data, len);
  if (len > 0)
    memcpy(requests, data, len);
  while ((end = memchr(request, '\n', (size_t)(requests + len - request))) !=
             NULL &&
         end - request < (ptrdiff_t)XBZ_CONTROL_LINE) {
    *end = '\0';
    xbz_check_answer(&answers, request, &limits, &cancelled);
    request = end + 1;
  }
  if (requests + len - request >= (ptrdiff_t)XBZ_CONTROL_LINE)
    XBZ_CHECK(strncmp(xbz_take_line(&answers), "error ", 6) == 0);
  XBZ_CHECK(*answers == '\0');
  const xbz_limits now = xbz_control_limits(&xbz_it);
  XBZ_CHECK(memcmp(&now, &limits, sizeof now) == 0);
  XBZ_CHECK_EQ(xbz_control_cancelled(&xbz_it), cancelled);
  return 0;
}

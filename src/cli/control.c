/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* A client of the control socket: control_server.h has its words. */
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "../host/migrate/control_server.h"
#include "../host/migrate/info.h"
#include "../host/migrate/unix_socket.h"
#include "command.h"
#include "migrate_view.h"
#include "report.h"

#define XBZ_ANSWER_SECONDS 10

/* A request's words; the operands after the socket. */
typedef struct xbz_request {
  const char *verb, *name, *value; /* the last two may be null */
} xbz_request;

static xbz_exit xbz_control_check_set(const xbz_options *options,
                                      const xbz_request *request) {
  xbz_limits limits;
  xbz_error error;
  if (request->value == NULL)
    return xbz_usage_error(options->command, "set takes NAME VALUE");
  return xbz_limit_parse(&limits, request->name, request->value, &error)
             ? XBZ_EXIT_OK
             : xbz_usage_error(options->command, "%s", error.text);
}

static xbz_exit xbz_control_check(const xbz_options *options,
                                  const xbz_request *request) {
  bool info = strcmp(request->verb, "info") == 0;
  if (options->json && !info)
    return xbz_usage_error(options->command, "--json goes with info");
  if (strcmp(request->verb, "set") == 0)
    return xbz_control_check_set(options, request);
  if (!info && strcmp(request->verb, "cancel") != 0)
    return xbz_usage_error(options->command,
                           "no request '%s': there are info, cancel and set",
                           request->verb);
  return request->name == NULL
             ? XBZ_EXIT_OK
             : xbz_usage_error(options->command, "%s takes no '%s'",
                               request->verb, request->name);
}

/* What the server cannot take it answers or shows by closing: see the lines. */
static void xbz_control_send(int fd, const xbz_request *request) {
  char line[XBZ_CONTROL_LINE];
  bool set = request->name != NULL;
  int len = snprintf(line, sizeof line, "%s%s%s%s%s\n", request->verb,
                     set ? " " : "", set ? request->name : "", set ? " " : "",
                     set ? request->value : "");
  if (len > 0)
    (void)send(fd, line, (size_t)len < sizeof line ? (size_t)len : sizeof line,
               MSG_NOSIGNAL);
}

/* Ask, and return the answer as a stream of lines. */
static FILE *xbz_control_ask(const char *path, const xbz_request *request,
                             xbz_error *error) {
  int fd = xbz_unix_connect(path, error);
  if (fd < 0)
    return NULL;
  xbz_control_send(fd, request);
  struct timeval limit = {.tv_sec = XBZ_ANSWER_SECONDS};
  FILE *stream = NULL;
  if (setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit) == 0)
    stream = fdopen(fd, "r");
  if (stream == NULL) {
    (void)xbz_fail(error, "%s: cannot use the socket", path);
    (void)close(fd);
  }
  return stream;
}

/* One line of the answer into info; *last once it is the final one. */
static bool xbz_control_line(xbz_migrate_info *info, bool *last, char *line,
                             const char *path, xbz_error *error) {
  static const char failed[] = "error ";
  line[strcspn(line, "\n")] = '\0';
  *last = strcmp(line, "ok") == 0;
  if (*last)
    return true;
  if (strncmp(line, failed, sizeof failed - 1) == 0)
    return xbz_fail(error, "%s: %s", path, line + sizeof failed - 1);
  char *value = strchr(line, ' ');
  if (value != NULL)
    *value++ = '\0';
  return (value != NULL && xbz_info_parse(info, line, value)) ||
         xbz_fail(error, "%s: not an answer of xbz: '%.40s'", path, line);
}

static bool xbz_control_answer(xbz_migrate_info *info, FILE *stream,
                               const char *path, xbz_error *error) {
  char line[1024];
  bool last = false;
  while (!last) {
    if (fgets(line, sizeof line, stream) == NULL)
      return xbz_fail(error, "%s: %s", path,
                      feof(stream) != 0 ? "the connection is closed"
                                        : "there is no answer");
    if (!xbz_control_line(info, &last, line, path, error))
      return false;
  }
  return true;
}

static xbz_exit xbz_control_run(const xbz_options *options) {
  const char *path = options->operands[0];
  xbz_request request = {options->operands[1], options->operands[2],
                         options->operands[3]};
  xbz_migrate_info info = {.state = XBZ_STATE_SETUP};
  xbz_error error;
  xbz_exit code = xbz_control_check(options, &request);
  if (code != XBZ_EXIT_OK)
    return code;
  FILE *stream = xbz_control_ask(path, &request, &error);
  if (stream == NULL)
    return xbz_data_error(error.text);
  bool done = xbz_control_answer(&info, stream, path, &error);
  (void)fclose(stream);
  if (!done)
    return xbz_data_error(error.text);
  if (strcmp(request.verb, "info") != 0)
    return XBZ_EXIT_OK;
  if (options->json)
    return xbz_json_print(xbz_info_json(&info))
               ? XBZ_EXIT_OK
               : xbz_data_error("cannot write the report");
  xbz_info_print(stdout, &info);
  return XBZ_EXIT_OK;
}

const xbz_command xbz_control_command = {
    .name = "control",
    .operands = "SOCKET {info | cancel | set NAME VALUE}",
    .operand_count = 4,
    .operand_spared = 2,
    .options = (const int[]){'j', 'h', 0},
    .summary = "Watch and steer the migration that listens at SOCKET",
    .detail = "It is the one that was started with --control=SOCKET.\n"
              "\n"
              "  info                       how far it is; with --json, for "
              "programs\n"
              "  cancel                     end it: the guest runs on\n"
              "  set cache-size SIZE        pages kept for deltas, from the "
              "next round on\n"
              "  set max-bandwidth SIZE     a second, on the link; 0: no "
              "limit\n"
              "  set downtime-limit MS      milliseconds at a stand\n",
    .examples = "  xbz control /tmp/xbz.control info\n"
                "  xbz control /tmp/xbz.control set cache-size 256M\n"
                "  xbz control /tmp/xbz.control set downtime-limit 500\n"
                "  xbz control /tmp/xbz.control cancel\n",
    .run = xbz_control_run};

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* A client of the control socket: control_server.h has its words. */
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "../host/migrate/control_server.h"
#include "../host/migrate/info.h"
#include "command.h"
#include "migrate_view.h"
#include "report.h"

#define XBZ_ANSWER_MS 10000
#define XBZ_ERROR "error "

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

/* Whether text[0..len) ends with the last line of an answer. */
static bool xbz_answer_whole(const char *text, size_t len) {
  if (len == 0 || text[len - 1] != '\n')
    return false;
  const char *last = text + len - 1;
  while (last > text && last[-1] != '\n')
    last--;
  return strcmp(last, "ok\n") == 0 ||
         strncmp(last, XBZ_ERROR, sizeof XBZ_ERROR - 1) == 0;
}

/* The request as a line; 0 if it is too long for one. */
static size_t xbz_request_put(char *line, size_t cap,
                              const xbz_request *request) {
  int len = request->name == NULL
                ? snprintf(line, cap, "%s\n", request->verb)
                : snprintf(line, cap, "%s %s %s\n", request->verb,
                           request->name, request->value);
  return len < 0 || (size_t)len >= cap ? 0 : (size_t)len;
}

/* Ask, and have the answer as a string of up to cap - 1 bytes. */
static bool xbz_control_ask(char *text, size_t cap, const xbz_link *link,
                            const xbz_request *request, xbz_error *error) {
  char line[XBZ_CONTROL_LINE + 1];
  size_t len = xbz_request_put(line, sizeof line, request), at = 0, got = 1;
  if (len == 0)
    return xbz_fail(error, "too long a request");
  /* Who cannot be told may have told us why, and closed. */
  (void)link->send(link->self, (const uint8_t *)line, len, error);
  text[0] = '\0';
  while (got > 0 && at < cap - 1 && !xbz_answer_whole(text, at)) {
    if (!link->recv(link->self, (uint8_t *)text + at, cap - 1 - at, &got,
                    error))
      return false;
    at += got;
    text[at] = '\0';
  }
  return xbz_answer_whole(text, at) ||
         xbz_fail(error, "the connection is closed");
}

/* Take the answer apart: what it tells goes to info. */
static bool xbz_control_read(xbz_migrate_info *info, char *text,
                             xbz_error *error) {
  char *rest = NULL;
  for (char *line = strtok_r(text, "\n", &rest); line != NULL;
       line = strtok_r(NULL, "\n", &rest)) {
    char *value = strchr(line, ' ');
    if (strcmp(line, "ok") == 0)
      return true;
    if (strncmp(line, XBZ_ERROR, sizeof XBZ_ERROR - 1) == 0)
      return xbz_fail(error, "%s", line + sizeof XBZ_ERROR - 1);
    if (value != NULL)
      *value++ = '\0';
    if (value == NULL || !xbz_info_parse(info, line, value))
      return xbz_fail(error, "not an answer of xbz: '%.40s'", line);
  }
  return xbz_fail(error, "no answer");
}

static bool xbz_control_talk(xbz_migrate_info *info, const xbz_options *options,
                             const xbz_request *request, xbz_error *error) {
  static const xbz_link_options patience = {.cancel_fd = -1,
                                            .stall_ms = XBZ_ANSWER_MS};
  const char *path = options->operands[0];
  char text[XBZ_ANSWER_MAX + 1], address[PATH_MAX];
  xbz_link link;
  (void)snprintf(address, sizeof address, "unix:%s", path);
  if (!xbz_link_connect(&link, address, &patience, error))
    return false;
  bool done = xbz_control_ask(text, sizeof text, &link, request, error) &&
              xbz_control_read(info, text, error);
  link.close(link.self);
  xbz_error why = *error;
  return done || xbz_fail(error, "%s: %.900s", path, why.text);
}

static xbz_exit xbz_control_run(const xbz_options *options) {
  xbz_request request = {options->operands[1], options->operands[2],
                         options->operands[3]};
  xbz_migrate_info info = {.state = XBZ_STATE_SETUP};
  xbz_error error;
  xbz_exit code = xbz_control_check(options, &request);
  if (code != XBZ_EXIT_OK)
    return code;
  if (!xbz_control_talk(&info, options, &request, &error))
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
              "  set cache-size SIZE        pages kept for deltas; those there "
              "are stay\n"
              "  set max-bandwidth SIZE     a second, on the link; 0: no "
              "limit\n"
              "  set downtime-limit MS      milliseconds at a stand\n",
    .examples = "  xbz control /tmp/xbz.control info\n"
                "  xbz control /tmp/xbz.control set cache-size 256M\n"
                "  xbz control /tmp/xbz.control set downtime-limit 500\n"
                "  xbz control /tmp/xbz.control cancel\n",
    .run = xbz_control_run};

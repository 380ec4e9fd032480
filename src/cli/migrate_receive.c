/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "../host/migrate/socket.h"
#include "../host/output.h"
#include "../host/size.h"
#include "migrate.h"
#include "migrate_tls.h"
#include "migrate_view.h"

static const xbz_link_options xbz_receive_link = {.cancel_fd = -1,
                                                  .stall_ms = XBZ_STALL_MS};

/* Where to connect to, at once and also for programs that read it. */
static void xbz_receive_tell(const xbz_options *options,
                             const xbz_listener *listener) {
  if (options->json)
    (void)xbz_json_line(json_pack("{s:s, s:s}", "status", "listening",
                                  "address", listener->address));
  else if (!options->quiet)
    (void)fprintf(stderr, "xbz: listening at %s\n", listener->address);
}

/* Whether the sender comes back in time; *error has why it was lost. Whoever it
 * was that came and went, as long as there is no sender there is time. */
static bool xbz_receive_wait(const xbz_arrival *arrival,
                             const xbz_options *options,
                             const xbz_listener *listener, xbz_error *error) {
  struct pollfd polled = {listener->fd, POLLIN, 0};
  xbz_error lost = *error;
  uint64_t most = INT_MAX / 1000;
  int seconds = (int)(options->wait < most ? options->wait : most);
  if (!xbz_arrival_begun(arrival))
    seconds = -1;
  if (seconds != 0 && !options->quiet)
    (void)fprintf(stderr, "xbz: %s; waiting for the sender\n", lost.text);
  if (poll(&polled, 1, seconds * 1000) > 0)
    return true;
  return xbz_fail(error, "%.900s; the sender did not come back in %d s",
                  lost.text, seconds);
}

typedef struct xbz_receiving {
  const xbz_options *options;
  xbz_listener listener;
  xbz_tls *tls; /* null: none is wished */
} xbz_receiving;

/* Whoever cannot say who they are has changed nothing [M-53]. */
static xbz_ending xbz_receive_once(const xbz_receiving *receiving,
                                   xbz_arrival *arrival, xbz_link *link,
                                   xbz_error *error) {
  if (!xbz_tls_secure(link, receiving->tls, error))
    return XBZ_END_LOST;
  xbz_ending ending = xbz_arrival_receive(arrival, link, error);
  link->close(link->self);
  return ending;
}

/* Serve one connection after the other, until one ends it. */
static xbz_ending xbz_receive_all(xbz_receiving *receiving,
                                  xbz_arrival *arrival, xbz_error *error) {
  xbz_ending ending = XBZ_END_LOST;
  do {
    xbz_link link;
    if (!xbz_listener_accept(&receiving->listener, &link, &xbz_receive_link,
                             error))
      return XBZ_END_FAILED;
    ending = xbz_receive_once(receiving, arrival, &link, error);
  } while (ending == XBZ_END_LOST &&
           xbz_receive_wait(arrival, receiving->options, &receiving->listener,
                            error));
  return ending;
}

static void xbz_receive_report(const xbz_options *options, uint64_t len) {
  char size[XBZ_SIZE_TEXT];
  xbz_size_format(size, (double)len);
  if (options->json)
    (void)xbz_json_line(json_pack("{s:s, s:I, s:I}", "status", "completed",
                                  "bytes", (json_int_t)len, "peak_memory",
                                  xbz_peak_memory()));
  else if (!options->quiet)
    (void)fprintf(stderr, "xbz: %s arrived, every page equal\n", size);
}

/* A migration that is done is worth nothing without the file asked for. */
static bool xbz_receive_keep(const xbz_arrival *arrival, xbz_output *output,
                             const xbz_options *options, xbz_error *error) {
  uint64_t len = 0;
  const uint8_t *memory = xbz_arrival_memory(arrival, &len);
  if (options->output != NULL) {
    if (!xbz_sink_put(&output->file.sink, memory, (size_t)len, error)) {
      xbz_output_abort(output);
      return false;
    }
    if (!xbz_output_commit(output, error))
      return false;
  }
  xbz_receive_report(options, len);
  return true;
}

static xbz_exit xbz_receive_end(xbz_ending ending, const xbz_options *options,
                                const xbz_error *error) {
  bool cancelled = ending == XBZ_END_CANCELLED;
  if (ending == XBZ_END_EQUAL)
    return XBZ_EXIT_OK;
  if (options->json)
    (void)xbz_json_line(json_pack("{s:s, s:s}", "status",
                                  cancelled ? "cancelled" : "failed", "error",
                                  error->text));
  (void)xbz_data_error(error->text);
  return cancelled ? XBZ_EXIT_CANCELLED : XBZ_EXIT_DATA;
}

/* The output is made before anything is sent: too late it would be of no use
 * to learn that there is no place for it. */
static xbz_ending xbz_receive_at(xbz_receiving *receiving, xbz_error *error) {
  static const xbz_wishes grants = {
      .delta = true, .base_digest = true, .compress = true};
  const xbz_options *options = receiving->options;
  xbz_output output;
  xbz_arrival *arrival = xbz_arrival_new(options->max_memory, &grants, error);
  if (arrival == NULL)
    return XBZ_END_FAILED;
  xbz_ending ending = XBZ_END_FAILED;
  if (options->output == NULL ||
      xbz_output_open(&output, options->output, error)) {
    xbz_receive_tell(options, &receiving->listener);
    ending = xbz_receive_all(receiving, arrival, error);
    if (ending == XBZ_END_EQUAL) {
      if (!xbz_receive_keep(arrival, &output, options, error))
        ending = XBZ_END_FAILED;
    } else if (options->output != NULL) {
      xbz_output_abort(&output);
    }
  }
  xbz_arrival_free(arrival);
  return ending;
}

xbz_exit xbz_migrate_receive(const xbz_options *options) {
  xbz_receiving receiving = {.options = options};
  xbz_error error;
  xbz_ending ending = XBZ_END_FAILED;
  if (xbz_tls_open(&receiving.tls, options, &error) &&
      xbz_listener_open(&receiving.listener, options->listen, &error)) {
    ending = xbz_receive_at(&receiving, &error);
    xbz_listener_close(&receiving.listener);
  }
  xbz_tls_free(receiving.tls);
  return xbz_receive_end(ending, options, &error);
}

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <inttypes.h>
#include <stdlib.h>

#include "../host/container.h"
#include "job.h"

/* A sink that takes nothing but the bytes of another image. */
typedef struct xbz_expected {
  xbz_source *image;
  uint8_t *span;
} xbz_expected;

static bool xbz_verify_differs(const xbz_source *image, uint64_t at,
                               const char *what, xbz_error *error) {
  return xbz_fail(error, "%s: at offset %" PRIu64 ": %s", image->name, at,
                  what);
}

static bool xbz_expected_write(const xbz_sink *sink, const uint8_t *src,
                               size_t len, xbz_error *error) {
  const xbz_expected *expected = sink->context;
  size_t got = 0;
  if (!xbz_source_fill(expected->span, len, &got, expected->image, error))
    return false;
  for (size_t i = 0; i < got; i++)
    if (expected->span[i] != src[i])
      return xbz_verify_differs(expected->image, sink->offset + i,
                                "differs from what the delta makes", error);
  return got == len ||
         xbz_verify_differs(expected->image, sink->offset + got,
                            "ends before what the delta makes", error);
}

static bool xbz_expected_end(const xbz_expected *expected, xbz_error *error) {
  uint64_t at = expected->image->offset;
  size_t got = 0;
  if (!xbz_source_fill(expected->span, 1, &got, expected->image, error))
    return false;
  return got == 0 ||
         xbz_verify_differs(expected->image, at,
                            "goes on after what the delta makes", error);
}

static bool xbz_verify_work(xbz_job *job, xbz_error *error) {
  xbz_expected expected = {&job->inputs[2].source, malloc(XBZ_BLOCK_SPAN)};
  xbz_sink sink = {"comparison", 0, xbz_expected_write, &expected};
  if (expected.span == NULL)
    return xbz_fail(error, "out of memory");
  bool done = xbz_apply(&sink, &job->outcome, &job->inputs[0].source,
                        &job->inputs[1].source, &job->progress, error) &&
              xbz_expected_end(&expected, error);
  free(expected.span);
  return done;
}

static xbz_exit xbz_verify(const xbz_options *options) {
  return xbz_job_run(options, xbz_verify_work);
}

const xbz_command xbz_verify_command = {
    .name = "verify",
    .operands = "OLD DELTA NEW",
    .operand_count = 3,
    .options = (const int[]){'j', 'q', 'h', 0},
    .summary = "Check that DELTA makes the image NEW of the image OLD",
    .detail = "Nothing is written; a difference is told with its offset.\n",
    .examples = "  xbz verify before.ram change.xbz after.ram\n"
                "  xbz verify --quiet before.ram change.xbz after.ram && "
                "rm after.ram\n",
    .run = xbz_verify};

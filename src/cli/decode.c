/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <string.h>

#include "job.h"

static bool xbz_decode_work(xbz_job *job, xbz_error *error) {
  return xbz_apply(&job->output.file.sink, &job->outcome,
                   &job->inputs[0].source, &job->inputs[1].source,
                   &job->progress, error);
}

/* In place is nothing but an output that replaces OLD. */
static xbz_exit xbz_decode_target(xbz_options *actual,
                                  const xbz_options *options) {
  *actual = *options;
  if (!options->in_place)
    return xbz_output_check(options);
  if (options->output != NULL)
    return xbz_usage_error(options->command, "--in-place or -o, not both");
  if (strcmp(options->operands[0], "-") == 0)
    return xbz_usage_error(options->command,
                           "standard input has no place to write to");
  actual->output = options->operands[0];
  actual->force = true;
  return XBZ_EXIT_OK;
}

static xbz_exit xbz_decode(const xbz_options *options) {
  xbz_options actual;
  xbz_exit code = xbz_decode_target(&actual, options);
  return code == XBZ_EXIT_OK ? xbz_job_run(&actual, xbz_decode_work) : code;
}

const xbz_command xbz_decode_command = {
    .name = "decode",
    .operands = "OLD DELTA {-o NEW | --in-place}",
    .operand_count = 2,
    .options = (const int[]){'o', 'i', 'j', 'q', 'f', 'h', 0},
    .summary = "Write the image NEW that DELTA makes of the image OLD",
    .detail =
        "A wrong OLD and a damaged DELTA are noticed, and no file is changed "
        "then. On\nstandard output every part is checked before it is written, "
        "the whole only at\nthe end: use what was written only on exit status "
        "0.\n",
    .examples = "  xbz decode before.ram change.xbz -o after.ram\n"
                "  xbz decode --in-place guest.ram change.xbz\n"
                "  ssh HOST cat change.xbz | xbz decode before.ram - -o -\n",
    .run = xbz_decode};

/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "job.h"

static bool xbz_encode_work(xbz_job *job, xbz_error *error) {
  return xbz_diff(&job->output.file.sink, &job->outcome, &job->inputs[0].source,
                  &job->inputs[1].source, job->options->page_size,
                  &job->progress, error);
}

static xbz_exit xbz_encode(const xbz_options *options) {
  xbz_exit code = xbz_output_check(options);
  return code == XBZ_EXIT_OK ? xbz_job_run(options, xbz_encode_work) : code;
}

const xbz_command xbz_encode_command = {
    .name = "encode",
    .operands = "OLD NEW -o DELTA",
    .operand_count = 2,
    .options = (const int[]){'o', 's', 'j', 'q', 'f', 'h', 0},
    .summary = "Write the delta that makes the image NEW of the image OLD",
    .detail = "The images may differ in length; one of the inputs may be '-', "
              "standard "
              "input.\n",
    .examples =
        "  xbz encode before.ram after.ram -o change.xbz\n"
        "  xbz encode --page-size=64K before.ram after.ram -o change.xbz\n"
        "  zstd -dc after.ram.zst | xbz encode before.ram - -o - | ssh HOST "
        "...\n",
    .run = xbz_encode};

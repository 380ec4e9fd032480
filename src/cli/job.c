/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "job.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "report.h"

/* The operand that progress is measured by: NEW for encode, else DELTA. */
#define XBZ_MEASURED 1

static bool xbz_same_file(const char *a, const char *b) {
  struct stat st_a, st_b;
  return stat(a, &st_a) == 0 && stat(b, &st_b) == 0 && S_ISREG(st_a.st_mode) &&
         st_a.st_dev == st_b.st_dev && st_a.st_ino == st_b.st_ino;
}

xbz_exit xbz_output_check(const xbz_options *options) {
  const xbz_command *command = options->command;
  if (options->output == NULL)
    return xbz_usage_error(command, "where to? give -o FILE");
  bool standard = strcmp(options->output, "-") == 0;
  if (standard && options->json)
    return xbz_usage_error(command, "--json needs standard output for itself");
  if (options->force)
    return XBZ_EXIT_OK;
  if (standard && isatty(STDOUT_FILENO) == 1)
    return xbz_usage_error(command, "no binary data to a terminal (--force)");
  for (size_t i = 0; i < command->operand_count; i++) {
    if (xbz_same_file(options->operands[i], options->output))
      return xbz_usage_error(command, "'%s' is an input (--force replaces it)",
                             options->output);
  }
  return XBZ_EXIT_OK;
}

static bool xbz_job_open(xbz_job *job, xbz_error *error) {
  const xbz_options *options = job->options;
  for (; job->open < options->command->operand_count; job->open++) {
    if (!xbz_input_open(&job->inputs[job->open], options->operands[job->open],
                        error))
      return false;
  }
  return options->output == NULL ||
         xbz_output_open(&job->output, options->output, error);
}

static bool xbz_job_work(xbz_job *job, xbz_work *work, xbz_error *error) {
  xbz_progress_open(&job->progress, !job->options->quiet,
                    job->inputs[XBZ_MEASURED].size);
  bool done = work(job, error);
  if (job->options->output != NULL && done)
    done = xbz_output_commit(&job->output, error);
  else if (job->options->output != NULL)
    xbz_output_abort(&job->output);
  job->outcome.seconds = xbz_progress_close(&job->progress);
  return done;
}

xbz_exit xbz_job_run(const xbz_options *options, xbz_work *work) {
  xbz_job job = {.options = options, .outcome = {.backend = options->backend}};
  xbz_error error;
  bool done = xbz_job_open(&job, &error) && xbz_job_work(&job, work, &error);
  while (job.open > 0)
    xbz_input_close(&job.inputs[--job.open]);
  return done ? xbz_report(options, &job.outcome) : xbz_data_error(error.text);
}

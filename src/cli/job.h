/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* What encode, decode and verify have in common: from files to a report. */
#ifndef XBZ_CLI_JOB_H
#define XBZ_CLI_JOB_H

#include "../host/engine.h"
#include "../host/output.h"
#include "command.h"

typedef struct xbz_job {
  const xbz_options *options;
  xbz_input inputs[XBZ_OPERANDS_MAX];
  size_t open; /* the number of inputs that are */
  xbz_output output;
  xbz_progress progress;
  xbz_outcome outcome;
} xbz_job;

typedef bool xbz_work(xbz_job *job, xbz_error *error);

/* Open the files, do the work, keep the output if it succeeds, and report. */
xbz_exit xbz_job_run(const xbz_options *options, xbz_work *work);

/* Whether the output makes sense: is given, and is none of the inputs. */
xbz_exit xbz_output_check(const xbz_options *options);

#endif

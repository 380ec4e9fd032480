#!/bin/sh
# SPDX-License-Identifier: MIT OR Apache-2.0
#
# Run a module of the proof runner, as a Bazel test or by hand:
#   proofs/run.sh proofs.wp.audit
exec python3 -B -m "$@"

#!/bin/sh
# SPDX-License-Identifier: MIT OR Apache-2.0
echo "xbz: 'bazel coverage' is not supported; use 'bazel run //tests:coverage'" >&2
exit 1

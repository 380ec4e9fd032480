#!/bin/bash
# SPDX-License-Identifier: MIT OR Apache-2.0
#
# Build the mutator of run-length streams as a library for AFL++.
#
#   mutator.sh LIBRARY
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
cc -shared -fPIC -O2 -std=c99 -D_GNU_SOURCE -I. -Isrc \
  fuzz/{mutate,mutate_afl}.c spec/model/*.c -o "$1"

#!/bin/bash
# SPDX-License-Identifier: MIT OR Apache-2.0
#
# faults_test.sh ASAN_UBSAN TSAN: each fault is found by the sanitizer that is
# there for it, and where there is none, none is found.
set -euo pipefail

found() {
  local out
  "$1" none
  if out=$("$1" "$2" 2>&1); then
    echo "faults_test.sh: $1 does not notice: $2" >&2
    exit 1
  fi
  grep -q "$3" <<<"$out" || { echo "$out" >&2 && exit 1; }
}

found "$1" overrun 'AddressSanitizer: heap-buffer-overflow'
found "$1" overflow 'runtime error: signed integer overflow'
found "$2" race 'ThreadSanitizer: data race'

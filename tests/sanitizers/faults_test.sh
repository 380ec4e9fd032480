#!/bin/bash
# SPDX-License-Identifier: MIT OR Apache-2.0
#
# faults_test.sh PLAIN ASAN_UBSAN TSAN: each fault goes unnoticed by the plain
# program, and is found by the sanitizer that is there for it.
set -euo pipefail

found() {
  local out
  "$plain" "$2"
  if out=$("$1" "$2" 2>&1); then
    echo "faults_test.sh: $1 does not notice: $2" >&2
    exit 1
  fi
  grep -q "$3" <<<"$out" || { echo "$out" >&2 && exit 1; }
}

plain=$1
found "$2" overrun 'AddressSanitizer: heap-buffer-overflow'
found "$2" overflow 'runtime error: signed integer overflow'
found "$3" race 'ThreadSanitizer: data race'

#!/bin/bash
# SPDX-License-Identifier: MIT OR Apache-2.0
#
# Every header compiles alone and twice; the public one in each C and C++ that a
# project may use.
set -euo pipefail

strict=(-pedantic-errors -Wall -Wextra -Wundef -Werror -fsyntax-only)

# check COMPILER LANGUAGE STANDARD HEADER
check() {
  printf '#include "%s"\n#include "%s"\n' "$4" "$4" |
    "$1" -x "$2" -std="$3" "${strict[@]}" -I. - || {
    echo "$4 does not compile alone: $1 -std=$3" >&2
    exit 1
  }
}

# The other headers of src/fast are parts of a backend.
internal=(src/core/*.h src/fast/{backends,bits,cpu}.h)

for compiler in gcc clang; do
  for header in src/xbz*.h "${internal[@]}"; do
    check "$compiler" c c99 "$header"
  done
  for standard in c99 c11 c17; do
    check "$compiler" c "$standard" src/xbz.h
  done
  for standard in c++98 c++11 c++17 c++20; do
    check "$compiler" c++ "$standard" src/xbz.h
  done
done

#!/bin/bash
# SPDX-License-Identifier: MIT OR Apache-2.0
#
# The library links alone. At each level of optimisation the objects of src/core
# and src/fast are joined without any library, and the result
#   - needs at most the four functions that GCC and Clang may call from any
#     freestanding program: memcpy, memmove, memset, memcmp; and ALSO, from the
#     compiler's own runtime (libgcc), where the machine lacks an instruction:
#     on 32 bits the remainder of a 64-bit page number, __umoddi3;
#   - has no data that can be written: no globals, no static variables;
#   - defines only names that start with xbz_.
#
#   link.sh COMPILER NM ALSO CORE-FLAG...        ALSO is a name, or "nothing"
set -euo pipefail

compiler=$1 nm=$2
allowed="^(mem(cpy|move|set|cmp)|$3)$"
shift 3
failed=0

# expect_none WHAT FILE: fail when FILE has a line.
expect_none() {
  [[ -s $2 ]] || return 0
  echo "$compiler $level: $1:" >&2
  sed 's/^/  /' "$2" >&2
  failed=1
}

for level in -O0 -O1 -O2 -O3 -Os; do
  out=$(mktemp -d "$TEST_TMPDIR/XXXXXX")
  for source in src/{core,fast}/*.c; do
    "$compiler" "$@" "$level" -fno-pic -c "$source" -o "$out/$(basename "$source").o"
  done
  "$compiler" -nostdlib -r "$out"/*.o -o "$out/library"
  "$nm" -P "$out/library" >"$out/symbols"
  grep -q '^xbz_page_encode T ' "$out/symbols" || {
    echo "$compiler $level: no xbz_page_encode: nothing was linked" >&2
    failed=1
  }
  awk -v allowed="$allowed" '$2 == "U" && $1 !~ allowed' "$out/symbols" >"$out/needs"
  expect_none "needs from outside" "$out/needs"
  awk '$2 ~ /^[BbCDdGgSs]$/' "$out/symbols" >"$out/writable"
  expect_none "has writable data" "$out/writable"
  awk '$2 ~ /^[TtRrVvWw]$/ && $1 !~ /^(\.|xbz_)/' "$out/symbols" >"$out/foreign"
  expect_none "defines names without the prefix" "$out/foreign"
done
exit "$failed"

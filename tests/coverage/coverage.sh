#!/bin/bash
# SPDX-License-Identifier: MIT OR Apache-2.0
#
# Line and branch coverage of src/core and src/fast by the unit tests, as llvm-cov counts it.
# Fails when a test does, and when any line or branch is left out; then it shows
# the lines of the files concerned.
#
#   coverage.sh CORE-FLAG...
set -euo pipefail

out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

if ! TEST_TMPDIR=$out LLVM_PROFILE_FILE=$out/%p.profraw \
  tests/arch/run.sh clang native "$@" -- \
  -O0 -fprofile-instr-generate -fcoverage-mapping >"$out/log" 2>&1; then
  cat "$out/log"
  exit 1
fi

llvm-profdata merge -o "$out/profile" "$out"/*.profraw
programs=()
for source in tests/{codec,cache,fast,protocol}/*_test.c; do
  programs+=(-object "$out/${source%.c}")
done
view=(-instr-profile="$out/profile" "${programs[@]:1}")
# All files with functions, except those of another machine, the one whose
# answers differ from processor to processor, and the leaves: a codec calls but
# some of their functions, and llvm-cov does not add up what leaf_test does. Where
# there is no AVX-512, nobody is sent to it either.
elsewhere='neon|/cpu\.c|/leaf_'
grep -qw avx512bw /proc/cpuinfo || elsewhere+='|avx512bw|/dispatch\.c'
mapfile -t sources < <(grep -l '^}' src/core/*.c src/fast/*.[ch] | grep -vE "$elsewhere")

llvm-cov report "${view[@]}" "${sources[@]}" -show-region-summary=0
llvm-cov export "${view[@]}" "${sources[@]}" -summary-only >"$out/summary"
tests/coverage/complete.py "$out/summary" 100 100 "${sources[@]}" || {
  llvm-cov show "${view[@]}" "${sources[@]}" -show-branches=count \
    -show-line-counts-or-regions
  exit 1
}

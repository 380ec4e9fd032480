#!/bin/bash
# SPDX-License-Identifier: MIT OR Apache-2.0
#
# What the fuzz corpora reach, as llvm-cov counts it: a table, and a report with
# every line and branch as HTML. Fails when it is less than the bars below. SIMDe
# stands in for the instructions of AVX2 and AVX-512, so that the numbers are the
# same on every machine.
#
#   coverage.sh FOLDER     where the report goes: FOLDER/coverage
set -euo pipefail

report=${BUILD_WORKSPACE_DIRECTORY:-$TEST_UNDECLARED_OUTPUTS_DIR}/$1/coverage
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

# How much of the code in a target its own corpus reaches.
tell() {
  llvm-profdata merge -o "$out/one" "$out/$1"-*.profraw
  llvm-cov report -instr-profile="$out/one" "$out/out/$1" src -show-region-summary=0 |
    awk -v target="$1" 'END {
      printf "%-11s %4d of %4d lines, %s of branches\n", target, $5 - $6, $5, $10
    }'
}

# The profile of each run, merged.
CC=clang CXX=clang++ CFLAGS='-O0 -g -fprofile-instr-generate -fcoverage-mapping' \
  XBZ_SIMDE=1 OUT=$out/out WORK=$out/work fuzz/build.sh
objects=()
for folder in corpus/fuzz/*; do
  program=$out/out/${folder##*/}
  inputs=("$folder")
  [[ ! -d corpus/regress/${folder##*/} ]] || inputs+=("corpus/regress/${folder##*/}")
  LLVM_PROFILE_FILE=$out/${folder##*/}-%p.profraw "$program" "${inputs[@]}" >"$out/log" 2>&1 ||
    { cat "$out/log" && exit 1; }
  objects+=(-object "$program")
  tell "${folder##*/}"
done
llvm-profdata merge -o "$out/profile" "$out"/*.profraw
view=(-instr-profile="$out/profile" "${objects[@]:1}")

# The codec and the cache: every file of them that has code. Left out are
#   cpu.c        what the processor says; tests/fast/simde has its place here
#   *neon*       for aarch64, where the unit tests run by qemu-user
#   {avx2,avx512bw}.c  no code but their leaves'; tests/fast/simde has their place
elsewhere='neon|/cpu\.c'
mapfile -t codec < <(grep -l '^}' src/core/*.c src/fast/*.[ch] | grep -vE "$elsewhere")
# Whatever reads what others wrote. (size.c writes sizes too, which no target does.)
parsers=(src/host/{container,reader,record,runs,survey}.c src/host/guest/{trace,unzstd}.c
  src/host/migrate/{arrival,arrival_greeting,arrival_page,control_server,greeting,inbox,info,packer,wire}.c)
others=(src/host/{apply,diff,image,pack,size}.c src/host/guest/{keys,trace_guest}.c
  src/host/migrate/{migration,outbox,rounds,send_cache,switchover}.c)

llvm-cov report "${view[@]}" "${codec[@]}" "${parsers[@]}" "${others[@]}" \
  -show-region-summary=0
mkdir -p "$report"
llvm-cov show "${view[@]}" "${codec[@]}" "${parsers[@]}" "${others[@]}" \
  -format=html -output-dir="$report" -show-branches=count \
  -show-line-counts-or-regions
echo "report: $report/index.html"

# bar LINES BRANCHES SOURCE...: percentages that each source must reach.
bar() {
  llvm-cov export "${view[@]}" "${@:3}" -summary-only >"$out/summary"
  tests/coverage/complete.py "$out/summary" "$@"
}
bar 100 98 "${codec[@]}"
bar 95 0 "${parsers[@]}"

#!/bin/bash
# SPDX-License-Identifier: MIT OR Apache-2.0
#
# Compile the library, the model and every test program in the runfiles with one
# compiler, then run each program. Fails when a tool is missing, when nothing
# was run, and when any program does.
#
#   run.sh COMPILER EMULATOR CORE-FLAG... -- FLAG...
#
# EMULATOR is the command that runs a program, or "native". CORE-FLAGs are for
# src/core and src/fast, FLAGs for everything. Objects and programs are left in $TEST_TMPDIR.
set -euo pipefail

hosted=(-std=c99 -D_DEFAULT_SOURCE -Wall -Wextra -Werror)

die() {
  echo "run.sh: $*" >&2
  exit 1
}

compiler=$1 emulator=$2
shift 2
core=()
while [[ $1 != -- ]]; do core+=("$1") && shift; done
flags=("${@:2}" -I. -Isrc)
out=$TEST_TMPDIR

command -v "$compiler" >/dev/null || die "no compiler '$compiler': run ./setup"
case $emulator in
  native) run=() ;;
  *) run=("$(command -v "$emulator")") || die "no '$emulator': run ./setup" ;;
esac

# compile FOLDER FLAG...: every C file of FOLDER but the programs, as objects.
compile() {
  local source
  mkdir -p "$out/$1"
  for source in "$1"/*.c; do
    [[ -e $source && $source != *_test.c ]] || continue
    "$compiler" "${@:2}" "${flags[@]}" -c "$source" -o "$out/${source%.c}.o"
  done
}

compile src/core "${core[@]}"
compile src/fast "${core[@]}"
compile spec/model "${hosted[@]}"

folders=(tests/codec tests/cache tests/fast tests/protocol)
for folder in "${folders[@]}"; do
  compile "$folder" "${hosted[@]}"
done
mapfile -t objects < <(find "$out" -name '*.o')

ran=0 failed=0
for folder in "${folders[@]}"; do
  # All of it once is enough, natively: here a part, of odd stride.
  [[ $folder != tests/fast ]] || export XBZ_TEST_DIVISOR=7
  for source in "$folder"/*_test.c; do
    [[ -e $source ]] || die "no program in $folder"
    program=$out/${source%.c}
    "$compiler" "${hosted[@]}" "${flags[@]}" "$source" \
      "${objects[@]}" -o "$program"
    ran=$((ran + 1))
    if "${run[@]}" "$program"; then
      echo "pass $source"
    else
      echo "FAIL $source (exit status $?)"
      failed=$((failed + 1))
    fi
  done
done
echo "$ran programs run, $failed failed"
[[ $ran -gt 0 && $failed -eq 0 ]]

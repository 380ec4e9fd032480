#!/bin/bash
# SPDX-License-Identifier: MIT OR Apache-2.0
#
# Fuzz one target until something is found, or Ctrl-C.
#
#   run.sh TARGET libfuzzer|afl [OPTION OF THE ENGINE]...
#
# With AddressSanitizer and UndefinedBehaviorSanitizer; SANITIZER=memory in the
# environment: with MemorySanitizer. Builds, working corpora and findings are in
# .cache/fuzz/ENGINE of the source tree, so the next run goes on where this ends.
set -euo pipefail
cd "$(dirname "$(realpath "${BASH_SOURCE[0]}")")/.."

target=$1 engine=$2
shift 2
state=$PWD/.cache/fuzz/$engine
export SANITIZER=${SANITIZER:-address} FUZZING_ENGINE=$engine
export XBZ_TARGETS=$target OUT=$state/out WORK
WORK=$(mktemp -d)
trap 'rm -rf "$WORK"' EXIT
mkdir -p "$state/$target"

case $SANITIZER in
  address) checks=-fsanitize=address,undefined ;;
  memory) checks=-fsanitize=memory ;;
  *) echo "run.sh: no SANITIZER=$SANITIZER: address or memory" >&2 && exit 2 ;;
esac
checks+=" -fno-sanitize-recover=all -O2 -g"

seeds=("corpus/fuzz/$target")
[[ ! -d corpus/regress/$target ]] || seeds+=("corpus/regress/$target")

libfuzzer() {
  export CC=clang CXX=clang++ LIB_FUZZING_ENGINE=-fsanitize=fuzzer
  export CFLAGS="$checks -fsanitize=fuzzer-no-link" CXXFLAGS=$checks
  fuzz/build.sh
  local options
  mapfile -t options < <(sed -nE 's/^(\w+) = (.*)$/-\1=\2/p' "fuzz/$target.options")
  "$OUT/$target" -artifact_prefix="$state/$target-" "${options[@]}" \
    -dict="$OUT/$target.dict" "$@" "$state/$target" "${seeds[@]}"
}

# A second program, for CmpLog, knows the operands of comparisons; the mutator
# is a library that AFL++ loads.
afl() {
  export CC=afl-clang-fast CXX=afl-clang-fast++ AFL_QUIET=1
  export LIB_FUZZING_ENGINE=/usr/lib/afl/libAFLDriver.a
  export CFLAGS=$checks CXXFLAGS=$checks
  fuzz/build.sh
  OUT=$state/cmplog WORK=$WORK/cmplog AFL_LLVM_CMPLOG=1 fuzz/build.sh
  fuzz/mutator.sh "$state/mutator.so"
  local limit
  limit=$(sed -n 's/^max_len = //p' "fuzz/$target.options")
  mkdir -p "$state/seeds"
  cat_seeds "$state/seeds/$target"
  case $target in
    decode | diff | encode | round_trip)
      export AFL_CUSTOM_MUTATOR_LIBRARY=$state/mutator.so ;;
  esac
  export AFL_NO_UI=1 AFL_SKIP_CPUFREQ=1 AFL_AUTORESUME=1
  export AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1
  afl-fuzz -i "$state/seeds/$target" -o "$state/$target" -G "$limit" \
    -x "$OUT/$target.dict" -c "$state/cmplog/$target" "$@" -- "$OUT/$target"
}

cat_seeds() {
  rm -rf "$1" && mkdir -p "$1"
  find "${seeds[@]}" -type f -exec cp -t "$1" {} +
}

"$engine" "$@"

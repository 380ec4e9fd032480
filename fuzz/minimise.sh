#!/bin/bash
# SPDX-License-Identifier: MIT OR Apache-2.0
#
# Make corpus/fuzz anew: of what is there, what seeds.py makes, what fuzzing has
# found (run.py), and the FOLDERs given (each with a folder for each target), keep
# the smallest inputs that together reach the same; short pages before long
# ones.
#
#   minimise.sh [FOLDER]...
set -euo pipefail
folders=()
for folder; do folders+=("$(realpath "$folder")"); done
cd "$(dirname "$(realpath "${BASH_SOURCE[0]}")")/.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export CC=clang CXX=clang++ CFLAGS='-O2 -fsanitize=fuzzer-no-link' CXXFLAGS=-O2
export FUZZING_ENGINE=libfuzzer LIB_FUZZING_ENGINE=-fsanitize=fuzzer
OUT=$work/out WORK=$work/objects fuzz/build.sh
fuzz/seeds.py "$work/seeds" "$work/kept"

# merge TARGET COUNTERS FOLDER...: keep what reaches more than those that are kept;
# with COUNTERS 1 it is also more to reach the same more often.
merge() {
  local limit
  limit=$(sed -n 's/^max_len = //p' "fuzz/$1.options")
  "$work/out/$1" -merge=1 -use_counters="$2" -max_len="$limit" \
    "$work/$1" "${@:3}" >"$work/log" 2>&1 || { cat "$work/log" && exit 1; }
}

for seeds in "$work"/seeds/*; do
  target=${seeds##*/}
  from=("$seeds")
  for folder in corpus/fuzz .cache/fuzz/libfuzzer "${folders[@]}"; do
    [[ ! -d $folder/$target ]] || from+=("$folder/$target")
  done
  # What AFL++ found has the form of its queue.
  found=.cache/fuzz/afl/$target/default/queue
  [[ ! -d $found ]] || from+=("$found")
  mkdir "$work/$target"
  case $target in
    decode | diff | encode | round_trip)
      fuzz/short.py "$work/short/$target" "${from[@]}"
      merge "$target" 1 "$work/short/$target"
      merge "$target" 1 "$seeds"
      merge "$target" 0 "${from[@]}" ;;
    *) merge "$target" 1 "${from[@]}" ;;
  esac
  [[ ! -d $work/kept/$target ]] || cp "$work/kept/$target"/* "$work/$target"
  rm -rf "corpus/fuzz/$target"
  mkdir -p corpus/fuzz
  cp -r "$work/$target" "corpus/fuzz/$target"
  echo "$target: $(find "$work/$target" -type f | wc -l) inputs," \
    "$(find "$work/$target" -type f -exec cat {} + | wc -c) bytes"
done

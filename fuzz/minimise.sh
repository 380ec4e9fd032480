#!/bin/bash
# SPDX-License-Identifier: MIT OR Apache-2.0
#
# Make corpus/fuzz anew: of what is there, what seeds.py makes, what fuzzing has
# found (run.sh), and the FOLDERs given (each with a folder for each target), keep
# the smallest inputs that together reach the same.
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
fuzz/seeds.py "$work/seeds"

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
  limit=$(sed -n 's/^max_len = //p' "fuzz/$target.options")
  "$work/out/$target" -merge=1 -max_len="$limit" "$work/$target" "${from[@]}" \
    >"$work/log" 2>&1 || { cat "$work/log" && exit 1; }
  rm -rf "corpus/fuzz/$target"
  mkdir -p corpus/fuzz
  cp -r "$work/$target" "corpus/fuzz/$target"
  echo "$target: $(find "$work/$target" -type f | wc -l) inputs," \
    "$(find "$work/$target" -type f -exec cat {} + | wc -c) bytes"
done

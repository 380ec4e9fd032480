#!/bin/bash
# SPDX-License-Identifier: MIT OR Apache-2.0
#
# The bundle is all that a consumer needs: in a folder with nothing else, the
# pair of files compiles without a warning and the consumer works. It offers
# what the library does, and nothing in it needs Frama-C's vocabulary.
#
#   vendor.sh FLAG... -- BUNDLE-FILE...
set -euo pipefail

flags=()
while [[ $1 != -- ]]; do flags+=("$1") && shift; done
shift
root=$PWD
here=$(mktemp -d "$TEST_TMPDIR/XXXXXX")
cp "$@" tests/vendor/consumer.c "$here"

die() {
  echo "vendor.sh: $*" >&2
  exit 1
}

# symbols OBJECT...: the names that objects define for others.
symbols() { nm -gP --defined-only "$@" | awk '/^xbz_/ { print $1 }' | sort; }

for compiler in gcc clang; do
  cd "$here"
  "$compiler" "${flags[@]}" -O2 -c xbz.c -o xbz.o
  "$compiler" -std=c99 -Wall -Wextra -Wpedantic -Werror consumer.c xbz.o -o consumer
  ./consumer || die "$compiler: the consumer ends with status $?"
  cd "$root"
  for source in src/{core,fast}/*.c; do
    "$compiler" "${flags[@]}" -c "$source" -o "$here/$(basename "$source").lib"
  done
  diff <(symbols "$here/xbz.o") <(symbols "$here"/*.lib) ||
    die "$compiler: the bundle (<) and the library (>) define different names"
done

! grep -nE '[/*]@|FRAMAC__$|\.acsl' "$here"/xbz.[ch] || die "annotations are left"

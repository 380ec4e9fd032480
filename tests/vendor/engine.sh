#!/bin/bash
# SPDX-License-Identifier: MIT OR Apache-2.0
#
# The bundle, the engine and the C library are all that a hypervisor needs to
# migrate: in a folder with nothing else, as src/host/migrate/README.md says, the
# files compile without a warning, the example hypervisor moves its guest, and
# the tests of the engine that need nothing else hold.
#
#   engine.sh BUNDLE-FILE BUNDLE-FILE WARNING...
set -euo pipefail

here=$(mktemp -d "$TEST_TMPDIR/XXXXXX")
mkdir -p "$here/host/migrate"
cp "$1" "$2" tests/vendor/hypervisor.c "$here"
cp src/host/{error,size}.[ch] src/host/le.h "$here/host"
cp src/host/migrate/*.[ch] "$here/host/migrate"
shift 2
flags=(-std=c99 -D_GNU_SOURCE -D_FILE_OFFSET_BITS=64 -pthread -O1 "$@")
cd "$here"
rm host/migrate/digest.c host/migrate/tls{,_below,_context,_words}.c

die() {
  echo "engine.sh: $*" >&2
  exit 1
}

# engine COMPILER: an object of each file, and the example.
engine() {
  local source
  for source in xbz.c host/*.c host/migrate/*.c; do
    "$1" "${flags[@]}" -DXBZ_WITHOUT_ZSTD -c "$source" -o "${source//\//_}.o" ||
      die "$1: $source does not compile"
  done
  "$1" "${flags[@]}" -Ihost/migrate hypervisor.c ./*.o -o hypervisor
  readelf -d hypervisor | awk '/NEEDED/ { print $NF }' >needed
  diff needed - <<<'[libc.so.6]' || die "$1: more is needed than the C library"
}

# migrate: both sides end well, and have the same memory.
migrate() {
  local receiver
  ./hypervisor receive unix:link >received &
  receiver=$!
  while [[ ! -S link ]]; do sleep 0.05; done
  ./hypervisor send unix:link >sent || die "the sender ends with status $?"
  wait "$receiver" || die "the receiver ends with status $?"
  [[ -s sent ]] || die "no sum"
  cmp sent received || die "the guest is not what it was"
  if ./hypervisor send unix:link 2>message; then die "sent to nobody"; fi
  grep -q 'cannot connect' message || die "$(<message)"
}

for compiler in gcc clang; do
  engine "$compiler"
  migrate
done

#!/bin/bash
# SPDX-License-Identifier: MIT OR Apache-2.0
#
# A sender that looks at live memory once more, after it has made its message, is
# no longer coherent with the receiver [P-24], and writer_test notices. No proof
# can: there nobody else writes.
set -euo pipefail

place=$(mktemp -d "$TEST_TMPDIR/XXXXXX")
cp -rL src tests "$place"
cd "$place"

die() {
  echo "reread.sh: $*" >&2
  exit 1
}

flags=(-std=c99 -D_DEFAULT_SOURCE -O1 -Wno-unused-result -I. -Isrc)

# build: writer_test, with the sender as it is now.
build() {
  gcc "${flags[@]}" -c src/core/sender.c -o sender.o
  gcc ./*.o -o program
}

# noticed CONDITION STATEMENT: what a step does beside, before it ends.
noticed() {
  cp sender.c.kept src/core/sender.c
  sed -i "s/^  return sent;\$/  if ($1)\n    $2;\n  return sent;/" src/core/sender.c
  ! cmp -s sender.c.kept src/core/sender.c || die "nothing was changed: $2"
  build
  if timeout 120 ./program 1000000000 2>message; then die "not noticed: $2, if $1"; fi
  grep -q 'check failed' message || die "$(<message)"
}

cp src/core/sender.c sender.c.kept
gcc "${flags[@]}" -c src/core/*.c src/fast/*.c tests/codec/writer.c \
  tests/protocol/writer_test.c
build
./program || die "it fails without a fault"
again='(void)xbz_cache_update(sender->cache, page_no, live)'
noticed 'sent.event == XBZ_EVENT_DELTA' "$again"
noticed 'sent.event == XBZ_EVENT_INSERTED' "$again"
noticed 'sent.message.kind == XBZ_KIND_RAW' 'sent.message.bytes = live'

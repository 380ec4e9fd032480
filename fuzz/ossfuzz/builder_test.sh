#!/bin/bash
# SPDX-License-Identifier: MIT OR Apache-2.0
#
# Build the targets as OSS-Fuzz's base builder would, by its variables, from a
# copy of the sources in $SRC; then check what its check for bad builds does:
# every target is there, starts, runs its seeds and its dictionary, links what it
# should, and is instrumented for this engine and this sanitizer.
#
#   builder_test.sh libfuzzer|afl address|undefined|memory x86_64|i386
set -euo pipefail

export FUZZING_ENGINE=$1 SANITIZER=$2 ARCHITECTURE=$3
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
export SRC=$place/src WORK=$place/work OUT=$place/out
mkdir -p "$SRC" "$WORK" "$OUT"

die() {
  echo "builder_test.sh: $*" >&2
  exit 1
}

# The sources alone, and the entry of the project.
mkdir "$SRC/xbz"
cp -rL --parents corpus/fuzz fuzz src spec/model tests/{cache,codec,guest,migrate} "$SRC/xbz"
cmp fuzz/ossfuzz/build.sh .clusterfuzzlite/build.sh
cp .clusterfuzzlite/build.sh "$SRC/"

# The flags of the builder. Ours is Debian's Clang, without its libc++.
checks="-O1 -fno-omit-frame-pointer -gline-tables-only"
checks+=" -DFUZZING_BUILD_MODE_UNSAFE_FOR_PRODUCTION"
case $SANITIZER in
  address) checks+=" -fsanitize=address -fsanitize-address-use-after-scope" ;;
  undefined)
    undefined=array-bounds,bool,builtin,enum,function,integer-divide-by-zero
    undefined+=,null,object-size,return,returns-nonnull-attribute,shift
    undefined+=,signed-integer-overflow,unreachable,vla-bound
    checks+=" -fsanitize=$undefined -fno-sanitize-recover=$undefined"
    ;;
  memory) checks+=" -fsanitize=memory -fsanitize-memory-track-origins" ;;
  *) die "no sanitizer '$SANITIZER'" ;;
esac

# Debian's 32-bit C library lies beside the cross compiler that needs it.
if [[ $ARCHITECTURE == i386 ]]; then
  gcc=/usr/lib/gcc-cross/i686-linux-gnu/12 root=/usr/i686-linux-gnu
  mkdir "$place/lib"
  ln -s "$root/lib/libstdc++.so.6" "$place/lib/libstdc++.so"
  checks+=" --target=i386-linux-gnu -isystem $root/include"
  checks+=" -B$gcc -B$root/lib -L$gcc -L$root/lib -L$place/lib"
  checks+=" -Wl,--dynamic-linker=$root/lib/ld-linux.so.2 -Wl,-rpath,$root/lib"
  checks+=" -Wno-unused-command-line-argument"
fi
case $FUZZING_ENGINE in
  libfuzzer)
    export CC=clang CXX=clang++ CFLAGS="$checks -fsanitize=fuzzer-no-link"
    export LIB_FUZZING_ENGINE=-fsanitize=fuzzer
    ;;
  afl)
    export CC=afl-clang-fast CXX=afl-clang-fast++ CFLAGS=$checks AFL_QUIET=1
    export LIB_FUZZING_ENGINE=/usr/lib/afl/libAFLDriver.a
    ;;
  *) die "no engine '$FUZZING_ENGINE'" ;;
esac
export CXXFLAGS=$CFLAGS
bash -eu "$SRC/build.sh"

# Its code calls what this sanitizer inserts, and what libFuzzer watches it by.
check_instrumented() {
  local inserted=()
  case $SANITIZER in
    address) inserted=(__asan_report) ;;
    undefined) inserted=(__ubsan_handle) ;;
    memory) inserted=(__msan_warning) ;;
  esac
  [[ $FUZZING_ENGINE == afl ]] || inserted+=(__sanitizer_cov_trace)
  objdump -d --no-show-raw-insn "$1" | grep -E '\<(call|jmp)' >"$place/calls"
  for name in "${inserted[@]}"; do
    [[ $(grep -c "<$name" "$place/calls") -ge 50 ]] || die "$1: hardly a $name"
  done
}

# Nothing that the machine which runs it may lack.
check_links() {
  local found
  found=$(readelf -d "$1" | sed -n 's/.*NEEDED.*\[\(.*\)\]/\1/p' |
    grep -vE '^(lib(c|m|dl|rt|pthread|gcc_s|stdc\+\+|resolv)\.so\.|ld-linux)' || true)
  [[ -z $found ]] || die "$1 links $found"
}

# It starts, accepts its dictionary, and runs its seeds: all of them.
check_runs() {
  local seeds=$place/seeds/${1##*/} count
  mkdir -p "$seeds"
  python3 -m zipfile -e "$1_seed_corpus.zip" "$seeds"
  count=$(find "$seeds" -type f | wc -l)
  [[ $count -gt 0 ]] || die "$1 has no seeds"
  if [[ $FUZZING_ENGINE == libfuzzer ]]; then
    "$1" -runs=200 -seed=1 -dict="$1.dict" "$seeds" >"$place/log" 2>&1 ||
      { cat "$place/log" && die "$1 fails"; }
    grep -qE '^Done [1-9]' "$place/log" || die "$1 ran nothing"
  else
    afl-showmap -q -C -i "$seeds" -o "$place/map" -- "$1" >"$place/log" 2>&1 ||
      { cat "$place/log" && die "$1 fails"; }
    [[ $(wc -l <"$place/map") -ge 20 ]] || die "$1: not watched"
  fi
  echo "${1##*/}: ok, $count seeds"
}

checked=0
for options in fuzz/*.options; do
  target=$OUT/$(basename "${options%.options}")
  case ${target##*/} in
    apply | container | diff | migrate | move | unzstd)
      # build.sh says why these are left out here.
      if [[ $SANITIZER == memory || $ARCHITECTURE == i386 ]]; then
        [[ ! -e $target ]] || die "$target is there"
        continue
      fi
      ;;
  esac
  [[ -x $target ]] || die "no target $target"
  check_instrumented "$target"
  check_links "$target"
  check_runs "$target"
  checked=$((checked + 1))
done
echo "$checked targets checked"
[[ $checked -ge 5 ]]

#!/bin/bash
# SPDX-License-Identifier: MIT OR Apache-2.0
#
# Build the fuzz targets. This is the one place that knows how: OSS-Fuzz and
# ClusterFuzzLite call it, and so does every script here. What is wanted comes
# in the environment, under the names that OSS-Fuzz gives it:
#
#   CC, CFLAGS, CXX, CXXFLAGS   compilers (C++ only links) and their options
#   LIB_FUZZING_ENGINE          what to link for an engine; unset: replay only
#   FUZZING_ENGINE              its name; libfuzzer takes the mutator along
#   SANITIZER, ARCHITECTURE     memory and i386 leave out some targets, below
#   WORK                        objects; those newer than their source are kept
#   OUT                         for each TARGET: TARGET, TARGET_seed_corpus.zip,
#                               TARGET.options, TARGET.dict
#   XBZ_TARGETS                 only these targets
#   XBZ_MUTATOR                 0: without the mutator
#   XBZ_SIMDE                   1: as on a machine that has AVX-512, by SIMDe
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

: "${CC:=clang}" "${CXX:=clang++}" "${CFLAGS:=-O1 -g}" "${CXXFLAGS:=$CFLAGS}"
: "${FUZZING_ENGINE:=none}" "${SANITIZER:=none}" "${ARCHITECTURE:=x86_64}"
: "${WORK:?}" "${OUT:?}"
: "${XBZ_TARGETS:=apply cache container control decode diff encode message migrate move round_trip session trace uleb128 unzstd}"
read -ra cflags <<<"$CFLAGS"
read -ra cxxflags <<<"$CXXFLAGS"
read -ra engine <<<"${LIB_FUZZING_ENGINE:-$WORK/fuzz/replay.o $WORK/tests/codec/file.o}"
read -ra targets <<<"$XBZ_TARGETS"

# The code that is tested: an engine watches which of it was run.
fast=(src/fast/*.c)
if [[ ${XBZ_SIMDE:-0} == 1 ]]; then
  fast=(src/fast/{backend,dispatch,neon,page,portable,sse2}.c tests/fast/simde/*.c)
  cflags+=(-Itests/fast/simde -Wno-psabi)
fi
watched=(src/core/*.c "${fast[@]}")
watched_hosted=(
  src/host/{apply,container,diff,file_io,image,pack,progress,reader,record,runs,size,survey}.c)
# Hosted code that needs the C library alone.
watched_plain=(src/host/{error,io}.c src/host/guest/{keys,trace,trace_guest}.c)
watched_control=(
  src/host/size.c
  src/host/migrate/{address,control,control_server,info,listen,socket,unix_socket,wait}.c)
# Needs libzstd.
watched_packed=(src/host/guest/unzstd.c)
# The two sides of a migration; the receiver's first.
watched_migrate=(
  src/host/migrate/{arrival,arrival_greeting,arrival_page,digest,inbox,packer,page_set,verdict,wire}.c
  src/host/migrate/{control,greeting,migration,outbox,pace,report,rounds,send_cache,switchover,throttle}.c)
# What it is tested with is not watched.
model=(spec/model/*.c fuzz/mutate.c)
helpers=(tests/codec/{codecs,file}.c tests/cache/map.c fuzz/{pages,control_model}.c
  tests/guest/{trace_model,trace_replay}.c fuzz/{replay,mutate_libfuzzer}.c)
helpers_hosted=(fuzz/{containers,seal}.c)
# What is fuzzed is what goes over a link, of whichever kind: without TLS.
helpers_migrate=(tests/migrate/{pipe,tape,toy,trial}.c src/host/migrate/tls_none.c fuzz/arrival_model.c)
read -ra libraries <<<'-Wl,-Bstatic -lcrypto -lz -lzstd -Wl,-Bdynamic -ldl -pthread'

# MemorySanitizer takes what libcrypto, zlib and libzstd write for uninitialised,
# as they are not instrumented; and Debian has no 32-bit ones beside its cross
# compiler.
uses_libraries() {
  case $1 in
    apply | container | diff | migrate | move | unzstd) ;;
    *) return 1 ;;
  esac
}
if [[ $SANITIZER == memory || $ARCHITECTURE == i386 ]]; then
  kept=()
  for target in "${targets[@]}"; do
    if uses_libraries "$target"; then
      echo "build.sh: no $target with $SANITIZER sanitizer on $ARCHITECTURE" >&2
    else
      kept+=("$target")
    fi
  done
  targets=("${kept[@]}")
fi

# Objects of these sources, each where WORK has its path.
objects() { printf "$WORK/%s.o\n" "${@%.c}"; }

# Run a command beside as many others as there are processors; then, all done.
running=0
beside() {
  if [[ $running -ge $(nproc) ]]; then
    wait -n
    running=$((running - 1))
  fi
  "$@" &
  running=$((running + 1))
}
finish() {
  for (( ; running > 0; running--)); do wait -n; done
}

# compile FLAG... -- SOURCE...: those whose objects are older, or not there.
compile() {
  local flags=() source object
  while [[ $1 != -- ]]; do flags+=("$1") && shift; done
  for source in "${@:2}"; do
    object=$(objects "$source")
    [[ $object -nt $source ]] && continue
    mkdir -p "${object%/*}"
    beside "$CC" "${cflags[@]}" "${flags[@]}" -I. -Isrc -c "$source" -o "$object"
  done
}

hosted=(-std=c99 -D_GNU_SOURCE -D_FILE_OFFSET_BITS=64)
unwatched=()
[[ $CFLAGS == *fuzzer-no-link* ]] && unwatched=(-fno-sanitize=fuzzer-no-link)
# Nor are the model and the mutator under test. MemorySanitizer alone must see all of the code.
judge=("${unwatched[@]}")
[[ $CFLAGS == *-fsanitize=address* ]] && judge+=(-fno-sanitize=address -fno-sanitize=undefined)
mapfile -t programs < <(printf 'fuzz/%s.c\n' "${targets[@]}")
# Pages are made so that their bytes agree or not: to watch each comparison of
# two bytes, or where a loop over bytes ends, would take half of the time and tell
# nothing. Nor does what a target compares answers with, nor each group of a
# number: edges tell them apart, and no target's median of executions until a
# planted bug is found got worse by it.
incurious=()
[[ $CFLAGS == *fuzzer-no-link* ]] && incurious=(-fno-sanitize-coverage=trace-cmp)
compile -std=c99 "${incurious[@]}" -- src/core/{bytes,encode,uleb128}.c "${fast[@]}"
compile "${hosted[@]}" "${incurious[@]}" -- "${programs[@]}"
finish
compile -std=c99 -- "${watched[@]}"
compile "${hosted[@]}" -- "${watched_plain[@]}" "${watched_control[@]}"
compile "${hosted[@]}" "${unwatched[@]}" -- "${helpers[@]}"
compile "${hosted[@]}" "${judge[@]}" -- "${model[@]}"
for target in "${targets[@]}"; do
  uses_libraries "$target" || continue
  compile "${hosted[@]}" -- "${watched_hosted[@]}" "${watched_migrate[@]}" "${watched_packed[@]}"
  compile "${hosted[@]}" "${unwatched[@]}" -- "${helpers_hosted[@]}" "${helpers_migrate[@]}"
  break
done
finish

# What a target is linked from, besides itself and the core.
parts() {
  mapfile -t parts < <(objects spec/model/*.c)
  case $1 in
    cache) parts+=("$WORK/tests/cache/map.o") ;;
    decode | diff | encode | round_trip)
      parts+=("$WORK"/{fuzz/pages,tests/codec/codecs}.o)
      if [[ $FUZZING_ENGINE == libfuzzer && ${XBZ_MUTATOR:-1} == 1 ]]; then
        parts+=("$WORK"/fuzz/{mutate,mutate_libfuzzer}.o)
      fi
      ;;
    trace) parts+=("$WORK"/tests/guest/{trace_model,trace_replay}.o) ;;
  esac
  local more=()
  if [[ $1 == trace || $1 == control ]] || uses_libraries "$1"; then
    more=("${watched_plain[@]}")
  fi
  case $1 in
    apply | container | diff) more+=("${watched_hosted[@]}" "${helpers_hosted[@]}") ;;
    control) more+=("${watched_control[@]}" fuzz/control_model.c) ;;
    migrate | move) more+=("${watched_migrate[@]}" "${helpers_migrate[@]}") ;;
    unzstd) more+=("${watched_packed[@]}") ;;
  esac
  [[ ${#more[@]} -eq 0 ]] || mapfile -t -O "${#parts[@]}" parts < <(objects "${more[@]}")
  ! uses_libraries "$1" || parts+=("${libraries[@]}")
}

dictionary() {
  case $1 in
    apply | container) echo container ;;
    cache | session) echo cache ;;
    control | migrate | trace | unzstd) echo "$1" ;;
    *) echo runs ;;
  esac
}

mkdir -p "$OUT"
mapfile -t core < <(objects "${watched[@]}")
for target in "${targets[@]}"; do
  parts "$target"
  beside "$CXX" "${cxxflags[@]}" "$WORK/fuzz/$target.o" "${core[@]}" \
    "${engine[@]}" "${parts[@]}" -o "$OUT/$target"
  cp "fuzz/$target.options" "$OUT/"
  cp "fuzz/$(dictionary "$target").dict" "$OUT/$target.dict"
  rm -f "$OUT/${target}_seed_corpus.zip"
  python3 -m zipfile -c "$OUT/${target}_seed_corpus.zip" "corpus/fuzz/$target"/*
done
finish

#!/bin/bash
# SPDX-License-Identifier: MIT OR Apache-2.0
#
# Run one checker of others over all files of its kind.
#
#   tool.sh clang-format|clang-tidy|cppcheck|shellcheck|flake8
set -euo pipefail
cd "$(dirname "$(realpath "$0")")/../.."

# What the hosted code may rely on; the core needs none of it.
hosted=(-D_GNU_SOURCE= -D_FILE_OFFSET_BITS=64 -I. -Isrc)

# files PATTERN...: into the array of that name; there must be some.
files() {
  mapfile -t files < <(tests/lint/tree.py "$@")
  [[ ${#files[@]} -gt 0 ]] || { echo "tool.sh: no files $*" >&2; exit 1; }
}

# What the proofs add is written for Frama-C, not for a compiler; and a compiler
# here would not find SIMDe's header in the place of its own.
compiled() {
  files '*.c'
  mapfile -t files < <(
    printf '%s\n' "${files[@]}" | grep -v -e '^proofs/' -e '^tests/fast/simde/')
}

command -v "$1" >/dev/null || { echo "tool.sh: no $1: run ./setup" >&2; exit 1; }
case $1 in
  clang-format)
    files '*.c' '*.h'
    clang-format --dry-run -Werror "${files[@]}"
    ;;
  clang-tidy)
    compiled
    # One file a process: with several, Clang 14 mistakes the va_list of a second.
    # The example of a hypervisor includes the engine's headers from beside them.
    printf '%s\0' "${files[@]}" | xargs -0 -n1 -P"$(nproc)" \
      sh -c "clang-tidy --quiet \"\$@\" -- -std=c99 ${hosted[*]} -iquote src/host/migrate" clang-tidy
    ;;
  cppcheck)
    compiled
    # readdirCalled advises an obsolete function; ctuuninitvar takes an output
    # parameter for an input.
    cppcheck --std=c99 --quiet --error-exitcode=1 --inline-suppr \
      --enable=warning,performance,portability --library=posix,gnu \
      --suppress=missingIncludeSystem --suppress=readdirCalled \
      --suppress=ctuuninitvar "${hosted[@]}" "${files[@]}"
    ;;
  shellcheck)
    mapfile -t files < <(tests/lint/tree.py '*' | xargs grep -lE '^#!/bin/(ba)?sh')
    shellcheck "${files[@]}"
    ;;
  flake8)
    files '*.py'
    # E203 is against the layout of black, the usual formatter.
    flake8 --max-line-length=100 --max-complexity=9 --extend-ignore=E203 \
      "${files[@]}"
    ;;
esac

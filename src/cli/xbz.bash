# SPDX-License-Identifier: MIT OR Apache-2.0
# shellcheck shell=bash
# Completion for bash: source this file, or install it as
# /usr/share/bash-completion/completions/xbz.

_xbz() {
  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
  local command=${COMP_WORDS[1]} words=
  if ((COMP_CWORD == 1)); then
    words='encode decode inspect verify migrate control --help --version'
  elif [[ $previous == -s || $previous == --page-size ]]; then
    words='512 1K 2K 4K 8K 16K 32K 64K 128K 256K 512K 1M 2M'
  elif [[ $previous == --workload ]]; then
    words=$(xbz migrate --workload=list 2>/dev/null | cut -d' ' -f1)
  elif [[ $previous == --tracker ]]; then
    words='auto pagemap mprotect'
  elif [[ $previous == --listen || $previous == --connect ]]; then
    words='tcp: unix:'
  elif [[ $command == control && $current != -* ]]; then
    case $COMP_CWORD in
      3) words='info cancel set' ;;
      4) words='cache-size max-bandwidth downtime-limit' ;;
    esac
  elif [[ $current == -* ]]; then
    case $command in
      encode) words='--output --page-size --json --quiet --force --help' ;;
      decode) words='--output --in-place --json --quiet --force --help' ;;
      inspect) words='--page --list --json --quiet --help' ;;
      verify) words='--json --quiet --help' ;;
      migrate)
        words='--listen --max-memory --wait --output --force
          --connect --workload --trace --memory --page-size --threads --rate
          --seed --warm-up --cache-size --cache-ways --max-bandwidth --downtime-limit --max-rounds
          --no-delta --compress --base-digest --retry --control
          --tls-cert --tls-key --tls-ca --tls-name --tracker
          --json --quiet --help'
        ;;
      control) words='--json --help' ;;
    esac
  fi
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
}

complete -o bashdefault -o default -F _xbz xbz

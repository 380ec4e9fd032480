#compdef xbz
# SPDX-License-Identifier: MIT OR Apache-2.0
# Completion for zsh: install this file as _xbz in a folder of $fpath.

local -a common=(
  '(-j --json)'{-j,--json}'[report as JSON on standard output]'
  '(-q --quiet)'{-q,--quiet}'[no progress and no summary]'
  '(-h --help)'{-h,--help}'[show a help with examples]'
)
local -a writing=(
  '(-o --output)'{-o,--output=}'[write to FILE]:file:_files'
  '(-f --force)'{-f,--force}'[replace an input; binary data to a terminal]'
)
local sizes='(512 1K 2K 4K 8K 16K 32K 64K 128K 256K 512K 1M 2M)'

_xbz_workloads() {
  local -a names=(${(f)"$(xbz migrate --workload=list 2>/dev/null)"})
  compadd -- ${names%% *}
}

if (( CURRENT == 2 )); then
  _arguments \
    '(-h --help)'{-h,--help}'[show a help]' \
    '(-V --version)'{-V,--version}'[show the version]' \
    '1:command:(encode decode inspect verify migrate control)'
  return
fi

shift words
(( CURRENT-- ))
case $words[1] in
  encode)
    _arguments $common $writing \
      '(-s --page-size)'{-s,--page-size=}"[length of a page]:size:$sizes" \
      ':old image:_files' ':new image:_files'
    ;;
  decode)
    _arguments $common $writing \
      '(-i --in-place)'{-i,--in-place}'[replace OLD]' \
      ':old image:_files' ':delta:_files'
    ;;
  inspect)
    _arguments $common \
      '(-p --page)'{-p,--page=}'[draw the runs of a page]:number:' \
      '(-l --list)'{-l,--list}'[list every page that changes]' \
      ':delta:_files'
    ;;
  verify)
    _arguments $common ':old image:_files' ':delta:_files' ':new image:_files'
    ;;
  migrate)
    _arguments $common $writing \
      '--listen=[receive at ADDR]:address:(tcp\: unix\:)' \
      '--max-memory=[refuse a larger guest]:size:' \
      '--wait=[how long a lost sender may be away]:seconds:' \
      '--connect=[send to ADDR]:address:(tcp\: unix\:)' \
      '--workload=[the program of the guest]:name:_xbz_workloads' \
      '--trace=[replay recorded memory as the guest]:file:_files' \
      '--memory=[of the guest]:size:' \
      '(-s --page-size)'{-s,--page-size=}"[length of a page]:size:$sizes" \
      '--threads=[of the guest that write]:number:' \
      '--rate=[pages a second that the guest writes]:number:' \
      '--seed=[of the random numbers of the guest]:number:' \
      '--warm-up=[how long it runs before it is sent]:milliseconds:' \
      '--cache-size=[pages kept for deltas]:size:' \
      '--cache-ways=[places for a page in the cache]:number:(1 2 3 4 5 6 7 8)' \
      '--max-bandwidth=[a second, on the link]:size:' \
      '--downtime-limit=[how long the guest may stand still]:milliseconds:' \
      '--max-rounds=[then give up]:number:' \
      '--no-delta[send whole pages only]' \
      '--compress[Zstandard for pages that go whole]' \
      '--base-digest[each delta names the page it is for]' \
      '--retry=[new connections, if one is lost]:number:' \
      '--control=[be there for xbz control]:socket:_files' \
      '--tls-cert=[certificate of this side]:file:_files' \
      '--tls-key=[its private key]:file:_files' \
      '--tls-ca=[who vouches for the other side]:file:_files' \
      '--tls-name=[name of the other side]:name:_hosts' \
      '--tracker=[what tells its writes]:name:(auto pagemap mprotect)'
    ;;
  control)
    _arguments \
      '(-j --json)'{-j,--json}'[report as JSON on standard output]' \
      '(-h --help)'{-h,--help}'[show a help with examples]' \
      ':socket:_files' ':request:(info cancel set)' \
      ':limit:(cache-size max-bandwidth downtime-limit)' ':value:'
    ;;
esac

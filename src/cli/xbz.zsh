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

if (( CURRENT == 2 )); then
  _arguments \
    '(-h --help)'{-h,--help}'[show a help]' \
    '(-V --version)'{-V,--version}'[show the version]' \
    '1:command:(encode decode inspect verify)'
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
esac

#!/usr/bin/env python3
# SPDX-License-Identifier: MIT OR Apache-2.0
"""Join the public header and the core into one pair of files, for vendoring.

    bundle.py FOLDER HEADER SOURCE...

Writes FOLDER/xbz.h and FOLDER/xbz.c: the same code, each internal header once.
The ACSL contracts stay behind, since their vocabulary does: who wants to prove
the code again copies src/ and spec/logic/ as they are.
"""

import os
import re
import sys

NOTE = "/* Generated from the sources of xbz: change those, not this file. */\n"
ACSL = re.compile(r"^[ \t]*(/\*@.*?\*/[ \t]*|//@[^\n]*)\n", re.M | re.S)
FRAMA_C = re.compile(r"^#ifdef __FRAMAC__\n.*?^#endif[^\n]*\n", re.M | re.S)
SPDX = re.compile(r"\A/\* SPDX-License-Identifier: .*\*/\n")
INCLUDE = re.compile(r'^#include "([^"]+)"\n', re.M)


def code(path):
    """The text of a file without its licence line and its annotations."""
    with open(path, encoding="utf-8") as source:
        text = source.read()
    for unwanted in SPDX, FRAMA_C, ACSL:
        text = unwanted.sub("", text)
    return text


def joined(path, seen):
    """A file with its internal headers in place, each only where first met."""

    def header(match):
        found = os.path.normpath(os.path.join(os.path.dirname(path), match[1]))
        if found in seen:
            return ""
        seen.add(found)
        return joined(found, seen)

    return INCLUDE.sub(header, code(path))


def main(folder, header, *sources):
    with open(header, encoding="utf-8") as source:
        licence = SPDX.match(source.read())[0]
    seen = {os.path.normpath(header)}
    body = "\n".join(joined(source, seen) for source in sorted(sources))
    os.makedirs(folder, exist_ok=True)
    for name, text in {
        "xbz.h": code(header),
        "xbz.c": '#include "xbz.h"\n\n' + body,
    }.items():
        with open(os.path.join(folder, name), "w", encoding="utf-8") as out:
            out.write(licence + NOTE + re.sub(r"\n{3,}", "\n\n", text))


if __name__ == "__main__":
    main(*sys.argv[1:])

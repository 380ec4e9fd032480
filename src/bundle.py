#!/usr/bin/env python3
# SPDX-License-Identifier: MIT OR Apache-2.0
"""Join the public header and the library into one pair of files, for vendoring.

    bundle.py FOLDER HEADER SOURCE...

Writes FOLDER/xbz.h and FOLDER/xbz.c: the same code, each internal header once,
but each backend with its own copy of what it is made of, under its own names.
The ACSL contracts stay behind, since their vocabulary does: who wants to prove
the code again copies src/ and spec/logic/ as they are.
"""

import os
import re
import sys

NOTE = "/* Generated from the sources of xbz: change those, not this file. */\n"
# In one file a compiler sees that not all backends use all of their parts.
PARTS = """#ifdef __GNUC__
#pragma GCC diagnostic ignored "-Wunused-function"
#endif

"""
# Arguments and parameters that only proofs have, at the end of others.
GHOST = re.compile(r"\s*/\*@ ghost \((?:(?!\*/).)*\) \*/", re.S)
ACSL = re.compile(r"^[ \t]*(/\*@.*?\*/[ \t]*|//@[^\n]*)\n", re.M | re.S)
FRAMA_C = re.compile(
    r"^#ifdef (?:__FRAMAC__|XBZ_PROVES_\w+)\n.*?^#endif[^\n]*\n", re.M | re.S
)
SPDX = re.compile(r"\A/\* SPDX-License-Identifier: .*\*/\n")
INCLUDE = re.compile(r'^#include "([^"]+)"[^\n]*\n', re.M)
GUARD = re.compile(r"^#ifndef (XBZ_\w+_H)\n#define \1\n(.*)^#endif\n\Z", re.M | re.S)
BACKEND = re.compile(r"^#define XBZ_FAST\(name\) name##_(\w+)$", re.M)
# What a backend defines for itself: static functions, and types.
OWN = re.compile(r"^static [^;{}=]*?\b(xbz_\w+)\(|\b(?:struct|enum) (xbz_\w+) \{", re.M)


def code(path):
    """The text of a file without its licence line and its annotations."""
    with open(path, encoding="utf-8") as source:
        text = source.read()
    for unwanted in SPDX, FRAMA_C, GHOST, ACSL:
        text = unwanted.sub("", text)
    return text


def joined(path, seen):
    """A file with its internal headers in place, each only where first met.
    Headers without a guard are meant to be met often."""

    def header(match):
        found = os.path.normpath(os.path.join(os.path.dirname(path), match[1]))
        if found in seen:
            return ""
        text = code(found)
        if GUARD.search(text):
            seen.add(found)
        return joined(found, seen)

    return GUARD.sub(r"\2", INCLUDE.sub(header, code(path)))


def backend(path, seen, name):
    """A backend: all of its parts, under names of its own."""
    text = joined(path, set(seen))
    for own in {a or b for a, b in OWN.findall(text)}:
        text = re.sub(rf"\b{own}\b", f"{own}_{name}", text)
    return text + "#undef XBZ_FAST\n"


def body(sources, seen):
    """All sources; the backends last, when what they share has been met."""
    names = {path: BACKEND.search(code(path)) for path in sorted(sources)}
    shared = [joined(path, seen) for path, name in names.items() if not name]
    own = [backend(path, seen, name[1]) for path, name in names.items() if name]
    return "\n".join(shared + own)


def main(folder, header, *sources):
    with open(header, encoding="utf-8") as source:
        licence = SPDX.match(source.read())[0]
    os.makedirs(folder, exist_ok=True)
    public = {os.path.normpath(header)}
    for name, text in {
        "xbz.h": joined(header, public),
        "xbz.c": '#include "xbz.h"\n\n' + PARTS + body(sources, public),
    }.items():
        with open(os.path.join(folder, name), "w", encoding="utf-8") as out:
            out.write(licence + NOTE + re.sub(r"\n{3,}", "\n\n", text))


if __name__ == "__main__":
    main(*sys.argv[1:])

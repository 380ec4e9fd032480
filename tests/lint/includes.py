#!/usr/bin/env python3
# SPDX-License-Identifier: MIT OR Apache-2.0
"""Includes follow the arrows: cli -> host -> {qemu, fast} -> core.

The library uses only the headers that every freestanding C99 compiler has, its
fast part also those by which compilers offer instructions. The specification's
vocabulary is only under __FRAMAC__, lemmas only under XBZ_PROVES_NAME.
"""

import pathlib
import re
import sys

import tree

BELOW = {
    "core": {"core"},
    "fast": {"fast", "core"},
    "qemu": {"qemu", "core"},
    "host": {"host", "qemu", "fast", "core"},
    "cli": {"cli", "host", "qemu", "fast", "core"},
}
FREESTANDING = {"limits.h", "stdbool.h", "stddef.h", "stdint.h"}
INTRINSICS = {"arm_neon.h", "cpuid.h", "emmintrin.h", "immintrin.h"}
ALLOWED = {"": FREESTANDING, "core": FREESTANDING, "fast": FREESTANDING | INTRINSICS}
HEADERS = {pathlib.PurePosixPath(f"src/{name}.h") for name in ("xbz", "xbz_backend")}
INCLUDE = re.compile(r'\s*#\s*include\s*([<"])([^>"]+)[>"]')
LOGIC = re.compile(r"#ifdef (?:__FRAMAC__|XBZ_PROVES_\w+)\n(.*?)#endif", re.S)


def layer(path):
    """The part of src/ that a path belongs to; '' for the public header."""
    return path.parts[1] if len(path.parts) > 2 else ""


def resolve(path, name, known):
    """The file that an include of name in path means, or None."""
    for folder in (path.parent, pathlib.PurePosixPath("src"), pathlib.PurePosixPath()):
        parts = []
        for part in (folder / name).parts:
            parts = parts[:-1] if part == ".." else parts + [part]
        found = pathlib.PurePosixPath(*parts)
        if found in known:
            return found
    return None


def fault(path, kind, name, known):
    """What is wrong with one include, or None."""
    here = layer(path)
    if kind == "<":
        bad = here in ALLOWED and name not in ALLOWED[here]
        return f"<{name}> is not a freestanding header" if bad else None
    found = resolve(path, name, known)
    if found is None:
        return f'"{name}" is no file of the project'
    if found in HEADERS:
        return None
    if found.parts[0] != "src" or layer(found) not in BELOW.get(here, ()):
        return f"{found} is not below {path.parent}"
    return None


def findings(root, paths):
    known = {pathlib.PurePosixPath(path) for path in paths}
    sources = tree.select(paths, ["*.c", "*.h"])
    for path in (p for p in sources if p.parts[0] == "src"):
        text = (root / path).read_text(encoding="utf-8")
        # The vocabulary is not code: blank it, and keep the line numbers.
        text = LOGIC.sub(lambda m: "\n" * m[0].count("\n"), text)
        for number, line in enumerate(text.split("\n"), 1):
            match = INCLUDE.match(line)
            wrong = match and fault(path, match[1], match[2], known)
            if wrong:
                yield f"{path}:{number}: {wrong}"


if __name__ == "__main__":
    sys.exit(tree.report(findings(tree.ROOT, tree.files())))

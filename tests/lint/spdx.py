#!/usr/bin/env python3
# SPDX-License-Identifier: MIT OR Apache-2.0
"""Every file starts with its licence, in the comment syntax of its language."""

import re
import sys

import tree

LICENCE = re.compile(
    r"(#|/\*|//|\.\\\"|<!--|\(\*|;+) SPDX-License-Identifier: MIT OR Apache-2\.0"
    r"( \*/| -->| \*\))?"
)

# Formats without comments, tables, and the licences themselves.
EXEMPT = ["*.json", "*.tsv", "LICENSE-*", ".bazelignore", ".bazelversion"]


def is_data(path):
    """The corpus is data, its licence in its README; its texts are not."""
    texts = tree.select([path], ["*.md", "*.py", "*.sh", "BUILD"])
    return path.parts[0] == "corpus" and not texts


def findings(root, paths):
    exempt = set(tree.select(paths, EXEMPT))
    for path in paths:
        if path in exempt or is_data(path):
            continue
        with open(root / path, encoding="utf-8", errors="replace") as source:
            line = source.readline().rstrip("\n")
            if line.startswith(("#!", "#compdef")):
                line = source.readline().rstrip("\n")
        if not LICENCE.fullmatch(line):
            yield f"{path}:1: no SPDX line"


if __name__ == "__main__":
    sys.exit(tree.report(findings(tree.ROOT, tree.files())))

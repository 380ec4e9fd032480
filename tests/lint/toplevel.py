#!/usr/bin/env python3
# SPDX-License-Identifier: MIT OR Apache-2.0
"""The top level holds nothing but the names that have a meaning there."""

import sys

import tree

ALLOWED = {
    "BUILD",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "MODULE.bazel",
    "README.md",
    "WORKSPACE",
    "corpus",
    "fuzz",
    "proofs",
    "setup",
    "spec",
    "src",
    "tests",
}


def findings(paths):
    for name in sorted({path.parts[0] for path in paths}):
        if name not in ALLOWED and not name.startswith("."):
            yield f"{name}: not a name for the top level"


if __name__ == "__main__":
    sys.exit(tree.report(findings(tree.files())))

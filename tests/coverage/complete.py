#!/usr/bin/env python3
# SPDX-License-Identifier: MIT OR Apache-2.0
"""Fail unless an llvm-cov summary shows every line and branch covered.

    complete.py SUMMARY SOURCE...

Each SOURCE must be in the summary: a file that no test program links would
otherwise be left out of the sum.
"""

import json
import os
import sys


def gaps(summary, sources):
    files = {
        os.path.normpath(f["filename"]): f["summary"]
        for f in summary["data"][0]["files"]
    }
    for source in sources:
        found = next((s for name, s in files.items() if name.endswith(source)), None)
        if found is None:
            yield f"{source}: no coverage data"
            continue
        for kind in "lines", "branches":
            counts = found[kind]
            if counts["covered"] < counts["count"]:
                yield f"{source}: {counts['covered']} of {counts['count']} {kind}"
        if not found["lines"]["count"]:
            yield f"{source}: no lines counted"


def main(summary_path, *sources):
    with open(summary_path, encoding="utf-8") as summary:
        found = list(gaps(json.load(summary), sources))
    for gap in found:
        print(f"not covered: {gap}")
    if not found:
        print(f"all lines and branches of {len(sources)} files are covered")
    return 1 if found or not sources else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

#!/usr/bin/env python3
# SPDX-License-Identifier: MIT OR Apache-2.0
"""Fail unless an llvm-cov summary shows enough lines and branches covered.

    complete.py SUMMARY LINES BRANCHES SOURCE...

LINES and BRANCHES are the least percentages, for each SOURCE. Each must be in
the summary: a file that no program links would otherwise be left out of the sum.
"""

import json
import os
import sys


def gaps(summary, least, sources):
    files = {
        os.path.normpath(f["filename"]): f["summary"]
        for f in summary["data"][0]["files"]
    }
    for source in sources:
        found = next((s for name, s in files.items() if name.endswith(source)), None)
        if found is None:
            yield f"{source}: no coverage data"
            continue
        for kind, percent in least.items():
            counts = found[kind]
            if 100 * counts["covered"] < percent * counts["count"]:
                yield f"{source}: {counts['covered']} of {counts['count']} {kind}"
        if not found["lines"]["count"]:
            yield f"{source}: no lines counted"


def main(summary_path, lines, branches, *sources):
    least = {"lines": int(lines), "branches": int(branches)}
    with open(summary_path, encoding="utf-8") as summary:
        found = list(gaps(json.load(summary), least, sources))
    for gap in found:
        print(f"not covered: {gap}")
    if not found:
        print(f"{len(sources)} files: {lines} % of lines, {branches} % of branches, or more")
    return 1 if found or not sources else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

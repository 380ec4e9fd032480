#!/usr/bin/env python3
# SPDX-License-Identifier: MIT OR Apache-2.0
"""The files of the project, for the lint tests; as a command, prints them.

    tree.py PATTERN...        e.g. tree.py '*.c' '*.h'

The lints look at the real source tree, beyond the sandbox, because they are
about every file, also one that no BUILD file names. So their tests carry the
tag 'external': Bazel cannot know when their answer changes.
"""

import fnmatch
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]


def files(root=ROOT):
    """All files of the project as paths relative to root, sorted.

    In a Git checkout: what is tracked, or would be by 'git add'. Else all.
    """
    if not (root / "WORKSPACE").exists():
        sys.exit(f"{root} is not the source tree: run this without remote execution")
    if (root / ".git").exists():
        command = ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached"]
        command += ["--others", "--exclude-standard"]
        listed = subprocess.run(command, cwd=root, check=True, capture_output=True)
        names = os.fsdecode(listed.stdout).split("\0")
        paths = [pathlib.Path(name) for name in names if name]
        return sorted(path for path in paths if (root / path).is_file())
    return sorted(
        path.relative_to(root)
        for path in root.rglob("*")
        if path.is_file() and not path.relative_to(root).parts[0].startswith("bazel-")
    )


def select(paths, patterns):
    """The paths whose name matches one of the patterns."""
    return [p for p in paths if any(fnmatch.fnmatch(p.name, x) for x in patterns)]


def report(findings):
    """Print the findings; the exit status of a lint that made them."""
    findings = list(findings)
    for finding in findings:
        print(finding)
    return 1 if findings else 0


if __name__ == "__main__":
    for found in select(files(), sys.argv[1:]):
        print(found)

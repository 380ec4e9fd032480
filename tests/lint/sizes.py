#!/usr/bin/env python3
# SPDX-License-Identifier: MIT OR Apache-2.0
"""Files under 500 lines (the core under 300, the public header under 1000),
functions under 40 lines and with
a cyclomatic complexity under 10: by pmccabe for C, for Python by flake8 (which
has the complexity only)."""

import ast
import pathlib
import subprocess
import sys

import tree

FILE_LINES = 500
CORE_FILE_LINES = 300
# One public header, mostly contracts.
HEADER, HEADER_LINES = pathlib.Path("src/xbz.h"), 1000
FUNCTION_LINES = 40
COMPLEXITY = 10

# Tables and recordings have no size to keep to, nor has a licence.
UNLIMITED = ["*.tsv", "*.json", "LICENSE-*"]


def files(root, paths):
    unlimited = set(tree.select(paths, UNLIMITED))
    for path in paths:
        if path in unlimited or path.parts[0] == "corpus":
            continue
        limit = CORE_FILE_LINES if path.parts[:2] == ("src", "core") else FILE_LINES
        limit = HEADER_LINES if path == HEADER else limit
        lines = (root / path).read_bytes().count(b"\n")
        if lines >= limit:
            yield f"{path}: {lines} lines, to be under {limit}"


def c_functions(root, paths):
    sources = tree.select(paths, ["*.c", "*.h"])
    if not sources:
        return
    # Columns: complexity (twice), statements, first line, lines, where: name.
    out = subprocess.run(
        ["pmccabe", *sources], cwd=root, check=True, capture_output=True, text=True
    )
    if out.stderr:
        yield f"pmccabe: {out.stderr.strip()}"
    for row in out.stdout.splitlines():
        _, complexity, _, _, lines, where = row.split("\t")
        if int(lines) >= FUNCTION_LINES:
            yield f"{where}: {lines} lines, to be under {FUNCTION_LINES}"
        if int(complexity) >= COMPLEXITY:
            yield f"{where}: complexity {complexity}, to be under {COMPLEXITY}"


def python_functions(root, paths):
    for path in tree.select(paths, ["*.py"]):
        for node in ast.walk(ast.parse((root / path).read_bytes())):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                lines = node.end_lineno - node.lineno + 1
                if lines >= FUNCTION_LINES:
                    where = f"{path}({node.lineno}): {node.name}"
                    yield f"{where}: {lines} lines, to be under {FUNCTION_LINES}"


def findings(root, paths):
    yield from files(root, paths)
    yield from c_functions(root, paths)
    yield from python_functions(root, paths)


if __name__ == "__main__":
    sys.exit(tree.report(findings(tree.ROOT, tree.files())))

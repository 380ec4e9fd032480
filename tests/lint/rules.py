#!/usr/bin/env python3
# SPDX-License-Identifier: MIT OR Apache-2.0
"""Every rule of the specification leads to its evidence.

spec/RULES.tsv has a row for each rule that spec/*.md defines ('**[F-1]** ...'
at the start of a line), and five columns:

    rule      F-1
    clause    a predicate, function or lemma of spec/logic, or a named clause of
              a contract in src/ or proofs/
    function  defined in src/ or proofs/
    test      a program of tests/ (by file name without .c), or a file there
    corpus    a file or folder, from the top level

Several names are separated by spaces. '-' says that there is none; a rule
without clause and without test has no evidence. A row whose rule is gone, and a
name that nothing bears, are findings too.
"""

import pathlib
import re
import sys

import tree

COLUMNS = ["rule", "clause", "function", "test", "corpus"]
RULE = re.compile(r"^\*\*\[([FCMP]-\d+)\]", re.M)
LOGIC = re.compile(
    r"\b(?:predicate|lemma|axiom|inductive)\s+(\w+)|\blogic\s[^=;(]*?(\w+)\s*[({=;]"
)
CLAUSE = re.compile(r"\b(?:requires|ensures|assigns|behavior|invariant)\s+(\w+)\s*:")
FUNCTION = re.compile(r"^(?!return|else)\w[\w \t*]*?\b(\w+)\([^;]*?\)\s*\{", re.M)


def texts(root, paths, folders, patterns):
    """The text of all files under some folders whose names match."""
    chosen = [p for p in tree.select(paths, patterns) if p.parts[0] in folders]
    return "\n".join((root / p).read_text(encoding="utf-8") for p in chosen)


def names(root, paths):
    """All that a row may name, by column."""
    code = texts(root, paths, {"src", "proofs"}, ["*.c", "*.h"])
    logic = texts(root, paths, {"spec", "proofs"}, ["*.acsl", "*.c", "*.h"])
    found = {a or b for a, b in LOGIC.findall(logic)}
    tests = [p for p in paths if p.parts[0] == "tests"]
    corpus = [p for p in paths if p.parts[0] == "corpus"]
    return {
        "clause": found | set(CLAUSE.findall(code)),
        "function": set(FUNCTION.findall(code)),
        "test": {p.stem for p in tests} | {p.as_posix() for p in tests},
        "corpus": {q.as_posix() for p in corpus for q in [p, *p.parents]},
    }


def row_findings(where, row, known):
    """What is wrong with one row, given all names that exist."""
    if row["clause"] == "-" and row["test"] == "-":
        yield f"{where}: [{row['rule']}] has neither clause nor test"
    for column in COLUMNS[1:]:
        for name in row[column].split():
            if name != "-" and name.rstrip("/") not in known[column]:
                yield f"{where}: [{row['rule']}] no {column} '{name}'"
        if not row[column].strip():
            yield f"{where}: [{row['rule']}] empty {column}: '-' says none"


def table_findings(table, lines, defined, known):
    seen = set()
    for number, line in enumerate(lines, 1):
        where, cells = f"{table}:{number}", line.split("\t")
        if line.startswith("#") or cells == COLUMNS:
            continue
        if len(cells) != len(COLUMNS):
            yield f"{where}: {len(cells)} columns, not {len(COLUMNS)}"
            continue
        row = dict(zip(COLUMNS, cells))
        if row["rule"] in seen:
            yield f"{where}: [{row['rule']}] twice"
        if row["rule"] not in defined:
            yield f"{where}: no rule [{row['rule']}]"
        seen.add(row["rule"])
        yield from row_findings(where, row, known)
    for rule in sorted(defined - seen):
        yield f"{table}: no row for [{rule}]"


def findings(root, paths):
    table = pathlib.Path("spec/RULES.tsv")
    if table not in paths:
        return [f"{table}: missing"]
    defined = set(RULE.findall(texts(root, paths, {"spec"}, ["*.md"])))
    if not defined:
        return ["spec: no rules found"]
    lines = (root / table).read_text(encoding="utf-8").splitlines()
    return table_findings(table, lines, defined, names(root, paths))


if __name__ == "__main__":
    sys.exit(tree.report(findings(tree.ROOT, tree.files())))

#!/usr/bin/env python3
# SPDX-License-Identifier: MIT OR Apache-2.0
"""The worked inputs of spec/FORMAT.md are the files of corpus/, and vice versa.

A rejection rule '**[F-n]**' is followed by a table whose first column is the
input; each has a file corpus/reject/F-n.STATUS.*.bin, and no file is without a
row. The status in the name is the rule's, or the row's where it names one. The
well-formed inputs have their table under a heading of their own.
"""

import pathlib
import re
import sys

RULE = re.compile(r"^\*\*\[(F-\d+)\]\*\*(?: `XBZ_(E_\w+)`)?")
ROW = re.compile(r"^\| (?:`([0-9a-f ]+)`|\(none\)) \|(?: `XBZ_(E_\w+)`)?")
REJECTIONS = "### Rejections"
ACCEPTED = "### Well-formed, but no encoder's output"
NEXT = "## 3. Canonical encoding"


def between(text, start, end):
    return text[text.index(start) : text.index(end)].splitlines()


def rejected(text):
    """(rule, status, input) for each row of the rejection tables."""
    rule = status = None
    for line in between(text, REJECTIONS, ACCEPTED):
        if found := RULE.match(line):
            rule, status = found.groups()
        if found := ROW.match(line):
            yield rule, found[2] or status, bytes.fromhex(found[1])


def accepted(text):
    """Each input that the text calls well-formed, though no encoder writes it."""
    for line in between(text, ACCEPTED, NEXT):
        if found := ROW.match(line):
            yield bytes.fromhex(found[1] or "")


def differences(text, corpus):
    in_text = set(rejected(text))
    in_files = {
        (*path.name.split(".")[:2], path.read_bytes())
        for path in (corpus / "reject").glob("*.bin")
    }
    if not in_text:
        yield "no rejected inputs in the text"
    for rule, status, data in in_text ^ in_files:
        where = "text" if (rule, status, data) in in_text else "corpus"
        yield f"[{rule}] {status}: {data.hex(' ')} is in the {where} only"
    files = [path.read_bytes() for path in (corpus / "accept").glob("*.bin")]
    inputs = list(accepted(text))
    if not inputs:
        yield "no accepted inputs in the text"
    for data in inputs:
        if data not in files:
            yield f"well-formed: {data.hex(' ')} is in the text only"


def main():
    text = pathlib.Path("spec/FORMAT.md").read_text(encoding="utf-8")
    found = list(differences(text, pathlib.Path("corpus")))
    for difference in found:
        print(difference)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

# SPDX-License-Identifier: MIT OR Apache-2.0
"""What is taken for granted, proofs/ASSUMPTIONS.tsv: a file, what Frama-C says
of it, an annotation that admits something, 'callee' and a function that is not
proved, or 'leaves' and those of its functions that other files are proved with
but that are not proved themselves; and why it holds. At best the table is
empty."""

import os
import re

from .framac import FOLDER

TABLE = os.path.join(FOLDER, "ASSUMPTIONS.tsv")
HEADER = "source\ttext\twhy it holds"


def squeeze(text):
    """text on one line, without line numbers."""
    return re.sub(r":\d+:", ":", " ".join(text.split()))


def read(source):
    """The texts that are granted for source."""
    with open(TABLE, encoding="utf-8") as file:
        lines = file.read().splitlines()
    if not lines or lines[0] != HEADER:
        raise SystemExit(f"{TABLE}: the first line must be '{HEADER}'")
    rows = [line.split("\t") for line in lines[1:]]
    if any(len(row) != 3 or not row[2].strip() for row in rows):
        raise SystemExit(f"{TABLE}: a row is: source, text, why it holds")
    return {text for path, text, _ in rows if path == source}


def callee(name):
    """What grants the contract of a function that is not proved."""
    return f"callee {name}"


def not_granted(source, texts):
    """The texts that source has no row for."""
    granted = read(source)
    return [text for text in texts if squeeze(text) not in granted]


def idle(source, texts):
    """A row that nothing needs any more is a problem too."""
    for text in sorted(read(source) - {squeeze(text) for text in texts}):
        yield f"{source}: granted in ASSUMPTIONS.tsv but not needed: {text}"

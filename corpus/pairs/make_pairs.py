#!/usr/bin/env python3
# SPDX-License-Identifier: MIT OR Apache-2.0
"""Take page pairs from a recording of a program's dirty pages.

    make_pairs.py COUNT < TRACE > PAIRS

TRACE is in the format PGTRACE1. A pair is what a page was, and what it was when
the program had written it again: 4096 bytes each. Of all pairs of the recording,
in its order, COUNT are taken at equal distances. Pages that did not exist before
make no pair; pages written with what they held already do.
"""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))

from recording import read_header, read_round  # noqa: E402


def pairs(trace):
    """All pairs of the recording."""
    pages = {}
    for _ in range(read_header(trace)):
        before = dict(pages)
        for key in read_round(trace, pages):
            if key in before:
                yield before[key] + pages[key]


def main(count):
    found = list(pairs(sys.stdin.buffer))
    if not 0 < count <= len(found):
        raise ValueError(f"the recording has {len(found)} pairs")
    for number in range(count):
        place = (2 * number + 1) * len(found) // (2 * count)
        sys.stdout.buffer.write(found[place])


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(int(sys.argv[1]))

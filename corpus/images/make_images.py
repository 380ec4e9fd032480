#!/usr/bin/env python3
# SPDX-License-Identifier: MIT OR Apache-2.0
"""Make two memory images of a program from a trace of its dirty pages.

    make_images.py FIRST SECOND OLD NEW < TRACE

TRACE is in the format PGTRACE1 (a recording of which pages a program wrote, and
what they were then, in rounds). OLD and NEW become the program's memory after
the rounds FIRST and SECOND: every page that exists by SECOND, in the order of
its address; in OLD, zeros stand for those that do not exist yet. README.md says
how the images here were made.
"""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))

from recording import PAGE, read_header, read_round  # noqa: E402


def main(first, second, old_path, new_path):
    trace = sys.stdin.buffer
    rounds = read_header(trace)
    if not 0 <= first < second < rounds:
        raise ValueError(f"the trace has the rounds 0 to {rounds - 1}")
    pages, old = {}, {}
    for number in range(second + 1):
        read_round(trace, pages)
        if number == first:
            old = dict(pages)
    with open(old_path, "wb") as old_file, open(new_path, "wb") as new_file:
        for key in sorted(pages):
            old_file.write(old.get(key, bytes(PAGE)))
            new_file.write(pages[key])


if __name__ == "__main__":
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    main(int(sys.argv[1]), int(sys.argv[2]), *sys.argv[3:])

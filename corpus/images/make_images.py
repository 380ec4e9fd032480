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

import struct
import sys

PAGE = 4096
HEADER = struct.Struct("<8sII")  # magic, page size, rounds
HEADER_LEN = 128
ROUND = struct.Struct("<4sII20x")  # magic, number, records
RECORD = struct.Struct("<QII")  # address key, frame number, flags
CHANGED, ZERO = 1, 4


def read_round(trace, pages):
    """Bring pages, a dict of contents by key, forward by one round."""
    magic, number, count = ROUND.unpack(trace.read(ROUND.size))
    if magic != b"RUND":
        raise ValueError(f"round {number} does not start with RUND")
    records = [RECORD.unpack(trace.read(RECORD.size)) for _ in range(count)]
    for key, _, flags in records:
        if flags & ZERO:
            pages[key] = bytes(PAGE)
        elif flags & CHANGED:
            pages[key] = trace.read(PAGE)


def main(first, second, old_path, new_path):
    trace = sys.stdin.buffer
    magic, page_size, rounds = HEADER.unpack(trace.read(HEADER.size))
    trace.read(HEADER_LEN - HEADER.size)
    if magic != b"PGTRACE1" or page_size != PAGE:
        raise ValueError("not a PGTRACE1 trace with pages of 4096 bytes")
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

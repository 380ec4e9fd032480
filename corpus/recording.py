# SPDX-License-Identifier: MIT OR Apache-2.0
"""Recordings of which pages a program wrote, and what they were then.

A recording (PGTRACE1) is a header and some rounds. The first has every page of
the program, the others those written since the round before.
"""

import struct

PAGE = 4096
HEADER = struct.Struct("<8sII112x")  # magic, page size, rounds
ROUND = struct.Struct("<4sII20x")  # magic, number, records
RECORD = struct.Struct("<QII")  # address key, frame number, flags
CHANGED, ZERO = 1, 4


def read_header(trace):
    """Check the recording's header; how many rounds follow."""
    magic, page_size, rounds = HEADER.unpack(trace.read(HEADER.size))
    if magic != b"PGTRACE1" or page_size != PAGE:
        raise ValueError("not a PGTRACE1 trace with pages of 4096 bytes")
    return rounds


def read_round(trace, pages):
    """Bring pages, a dict of contents by key, forward by one round.

    Returns the keys of the pages written in it, in the order of the recording.
    """
    magic, number, count = ROUND.unpack(trace.read(ROUND.size))
    if magic != b"RUND":
        raise ValueError(f"round {number} does not start with RUND")
    records = [RECORD.unpack(trace.read(RECORD.size)) for _ in range(count)]
    for key, _, flags in records:
        if flags & ZERO:
            pages[key] = bytes(PAGE)
        elif flags & CHANGED:
            pages[key] = trace.read(PAGE)
    return [key for key, _, _ in records]

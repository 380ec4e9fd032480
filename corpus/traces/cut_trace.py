#!/usr/bin/env python3
# SPDX-License-Identifier: MIT OR Apache-2.0
"""Cut a small recording out of a large one.

    cut_trace.py ROUNDS EVERY < RECORDING > CUT

Keeps the first ROUNDS rounds, and of the pages those whose key has a remainder
of 0 by EVERY; what is kept is as it was.
"""

import pathlib
import struct
import sys

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1]))

from recording import CHANGED, HEADER, PAGE, RECORD, ROUND, ZERO  # noqa: E402


def cut_round(trace, every):
    """The next round with the kept records and their content, as bytes."""
    head = bytearray(trace.read(ROUND.size))
    _, _, count = ROUND.unpack(head)
    records = [trace.read(RECORD.size) for _ in range(count)]
    kept, contents = [], []
    for record in records:
        key, _, flags = RECORD.unpack(record)
        content = trace.read(PAGE) if flags & (CHANGED | ZERO) == CHANGED else b""
        if key % every == 0:
            kept.append(record)
            contents.append(content)
    head[8:12] = struct.pack("<I", len(kept))
    return bytes(head) + b"".join(kept + contents)


def main(rounds, every):
    trace, cut = sys.stdin.buffer, sys.stdout.buffer
    head = bytearray(trace.read(HEADER.size))
    head[12:16] = struct.pack("<I", int(rounds))
    cut.write(head)
    for _ in range(int(rounds)):
        cut.write(cut_round(trace, int(every)))


if __name__ == "__main__":
    main(*sys.argv[1:])

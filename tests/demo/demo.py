#!/usr/bin/env -S python3 -B
# SPDX-License-Identifier: MIT OR Apache-2.0
"""Deltas between real memory images, shipped with the project.

    demo.py XBZ ARCHIVE...

Each archive holds old.ram and new.ram. For each: encode, decode, compare,
verify; then show what xbz reported, as a table.
"""

import filecmp
import json
import subprocess
import sys
import tempfile
from pathlib import Path

KINDS = ["unchanged", "zero", "delta", "raw"]
MIB = 1 << 20


def xbz(command, *args):
    """Run one command; what it reports, or the end of the demo."""
    line = [str(arg) for arg in (command, *args)]
    done = subprocess.run(line, stdout=subprocess.PIPE, check=False)
    if done.returncode != 0:
        sys.exit(f"demo: {' '.join(line)}: exit status {done.returncode}")
    return json.loads(done.stdout)


def measure(command, archive, folder):
    """The row of one archive."""
    subprocess.run(["tar", "-xJf", archive, "-C", folder], check=True)
    old, new, delta, out = (folder / n for n in ("old.ram", "new.ram", "delta", "out.ram"))
    encoded = xbz(command, "encode", "--json", old, new, "-o", delta)
    decoded = xbz(command, "decode", "--json", old, delta, "-o", out)
    verified = xbz(command, "verify", "--json", old, delta, new)
    if not filecmp.cmp(new, out, shallow=False):
        sys.exit(f"demo: {archive}: the decoded image differs from the new one")
    pages = encoded["pages"]
    return [
        Path(archive).name.split(".")[0],
        f"{pages['total']:,}",
        *(f"{pages[kind]['pages']:,}" for kind in KINDS),
        f"{encoded['new']['bytes']:,}",
        f"{encoded['delta']['bytes']:,}",
        f"{encoded['ratio']:.1f}",
        *(f"{r['bytes_per_second'] / MIB:,.0f}" for r in (encoded, decoded, verified)),
    ]


def show(rows):
    """Columns as wide as they need to be, numbers to the right."""
    widths = [max(len(cell) for cell in column) for column in zip(*rows)]
    for number, row in enumerate(rows):
        first, *rest = (cell.rjust(width) for cell, width in zip(row, widths))
        print("  ".join([first.strip().ljust(widths[0]), *rest]))
        if number == 0:
            print("  ".join("-" * width for width in widths))


def main(command, *archives):
    rows = [
        ["images", "pages", *KINDS, "image B", "delta B", "ratio", "encode", "decode", "verify"]
    ]
    for archive in archives:
        with tempfile.TemporaryDirectory() as folder:
            rows.append(measure(Path(command).absolute(), archive, Path(folder)))
    print("\nTwo memory images of each program: the delta from the old to the new one.\n")
    show(rows)
    print(
        "\nEvery new image came back from the old one and the delta, byte for byte."
        "\nencode, decode, verify: MiB of image a second, SHA-256 of both images and"
        "\nwriting to disk included."
    )


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])

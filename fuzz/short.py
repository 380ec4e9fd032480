#!/usr/bin/env python3
# SPDX-License-Identifier: MIT OR Apache-2.0
"""Copy the inputs that are about short pages: a long page takes the time of a
hundred, and seldom reaches more.

    short.py TO FOLDER...
"""

import pathlib
import shutil
import sys

# fuzz.h: from here on, the last byte but one says that the page is long.
LONG = 250


def main(to, *folders):
    place = pathlib.Path(to)
    place.mkdir(parents=True)
    for folder in folders:
        for path in pathlib.Path(folder).iterdir():
            if path.read_bytes().rjust(2, b"\0")[-2] < LONG:
                shutil.copy(path, place)


if __name__ == "__main__":
    main(*sys.argv[1:])

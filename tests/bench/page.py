#!/usr/bin/env python3
# SPDX-License-Identifier: MIT OR Apache-2.0
"""Make a C file of the page that bench fills in: page.py PAGE > C-FILE."""

import json
import sys
from pathlib import Path


def main(page):
    print('#include "tests/bench/page.h"\n\nconst char *const xbz_page_lines[] = {')
    lines = Path(page).read_text(encoding="ascii").splitlines(keepends=True)
    for line in lines:
        print(f"    {json.dumps(line)},")
    print(f"}};\nconst size_t xbz_page_line_count = {len(lines)};")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])

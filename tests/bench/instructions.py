#!/usr/bin/env -S python3 -B
# SPDX-License-Identifier: MIT OR Apache-2.0
"""How many instructions xbz takes for a page, by callgrind: exact numbers.

    instructions.py check SOURCE...     against instructions.tsv, and the bars
    instructions.py update SOURCE...    write instructions.tsv anew

The C files among the SOURCEs are compiled here, by Debian 12's GCC with -O2,
whatever the build's own options are: another compiler has other numbers. check
fails when a number is off by more than 2 % from the table, in either direction:
an improvement is to be recorded, too.
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

TABLE = Path("tests/bench/instructions.tsv")
HEADING = "operation\tpages\tcontender\tinstructions"
TOLERANCE = 0.02
COMPILER = "Debian 12.2.0"
CORE = ["-std=c99", "-ffreestanding", "-O2"]
HOSTED = ["-std=c99", "-D_GNU_SOURCE", "-O2", "-I."]

# The most that AVX2 may take, and portable C: what QEMU's scalar encoder takes.
BARS = {
    ("encode", "identical", "avx2"): 850,
    ("encode", "1 byte", "avx2"): 1000,
    ("encode", "64 counters", "avx2"): 5500,
    ("encode", "random 10 %", "avx2"): 15500,
    ("encode", "pointers", "avx2"): 18500,
    ("encode", "all random", "avx2"): 1300,
    ("encode", "every other byte", "avx2"): 1300,
    ("decode", "64 counters", "avx2"): 3000,
    ("encode", "identical", "portable"): 4200,
    ("encode", "64 counters", "portable"): 15400,
    ("encode", "64 words", "portable"): 12000,
    ("encode", "random 1 %", "portable"): 10900,
    ("encode", "random 10 %", "portable"): 59000,
    ("encode", "random 25 %", "portable"): 110000,
    ("encode", "pointers", "portable"): 93000,
    ("encode", "all random", "portable"): 11100,
    ("encode", "every other byte", "portable"): 160000,
}

# What count.c calls a contender's work by; its own instructions do not count.
WORK = re.compile(r"fn=xbz_(reference|backend)_(encode|send|decode)$")


def run(command):
    """Run a tool; what it printed, or the end."""
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{command[0]}: exit status {done.returncode}")
    return done.stdout


def build(sources, folder):
    """Compile and link the program that is counted."""
    version = run(["gcc", "--version"]).splitlines()[0]
    if COMPILER not in version:
        sys.exit(f"the table is about GCC of {COMPILER}; this is {version}")
    objects = []
    for number, source in enumerate(s for s in sources if s.endswith(".c")):
        flags = CORE if source.startswith(("src/core/", "src/fast/")) else HOSTED
        objects.append(str(folder / f"{number}.o"))
        run(["gcc", *flags, "-c", source, "-o", objects[-1]])
    run(["gcc", *objects, "-o", str(folder / "count")])
    return folder / "count"


def called(lines):
    """The instructions of all calls from a contender's work, in one dump."""
    total, inside, call = 0, False, False
    for line in lines:
        if line.startswith("fn="):
            inside = WORK.match(line) is not None
        elif inside and call:
            total += int(line.split()[1])
        call = line.startswith("calls=")
    return total


def read_dump(path):
    """((operation, pages, contender), instructions a page), or None."""
    lines = path.read_text(encoding="utf-8").splitlines()
    label = re.search(r"^desc: Trigger: Client Request: (.*)$", "\n".join(lines), re.M)
    if label is None:
        return None
    operation, contender, pairs, pages = label[1].split("/")
    return (operation, pages, contender), called(lines) / int(pairs)


def measure(sources):
    """Instructions a page by (operation, pages, contender)."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        program = build(sources, folder)
        os.environ["LD_BIND_NOW"] = "1"  # the linker's work is not xbz's
        run(["valgrind", "-q", "--tool=callgrind", "--collect-atstart=no",
             "--compress-strings=no", "--compress-pos=no",
             f"--callgrind-out-file={folder}/dump", str(program)])
        dumps = [read_dump(path) for path in sorted(folder.glob("dump*"))]
    return dict(dump for dump in dumps if dump is not None)


def text(found):
    rows = ["\t".join([*key, f"{count:.1f}"]) for key, count in sorted(found.items())]
    return "\n".join([HEADING, *rows]) + "\n"


def read_table():
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    if lines[:1] != [HEADING]:
        sys.exit(f"{TABLE}: the first line is to be: {HEADING}")
    rows = [line.split("\t") for line in lines[1:]]
    return {tuple(row[:3]): float(row[3]) for row in rows}


def differences(found, table):
    for key in sorted(found.keys() | table.keys()):
        name = ", ".join(key)
        if key not in found:
            yield f"{name}: in the table, but not measured on this machine"
        elif key not in table:
            yield f"{name}: {found[key]:.1f}, not in the table"
        elif abs(found[key] - table[key]) > TOLERANCE * table[key]:
            change = 100 * (found[key] / table[key] - 1)
            yield f"{name}: {found[key]:.1f}, the table says {table[key]:.1f} ({change:+.1f} %)"


def beyond_bars(found):
    for key, limit in BARS.items():
        name = ", ".join(key)
        if key not in found:
            yield f"{name}: not measured, and to be at most {limit}"
        elif found[key] > limit:
            yield f"{name}: {found[key]:.1f}, to be at most {limit}"


def update(found):
    """Replace the table in the source tree, when bazel run started this."""
    path = Path(os.environ.get("BUILD_WORKSPACE_DIRECTORY", ".")) / TABLE
    new = path.with_name(path.name + ".new")
    new.write_text(text(found), encoding="utf-8")
    new.replace(path)
    print(f"{path}: {len(found)} numbers")


def main(mode, sources):
    found = measure(sources)
    problems = list(beyond_bars(found))
    if mode == "update":
        update(found)
    else:
        problems += differences(found, read_table())
        print(f"{len(found)} numbers, {len(problems)} problems")
    for problem in problems:
        print(problem)
    return 1 if problems and mode == "check" else 0


if __name__ == "__main__":
    if len(sys.argv) < 3 or sys.argv[1] not in ("check", "update"):
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1], sys.argv[2:]))

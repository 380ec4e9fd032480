#!/usr/bin/env -S python3 -B
# SPDX-License-Identifier: MIT OR Apache-2.0
"""The experiment of the XBZRLE document, over a link that is too slow.

A guest changes one byte in each 1024, page after page, faster than the link can
take whole pages. It is migrated three times: without deltas, with the shape of
QEMU's cache (one way, so a power of two of pages), and with that of ours. What
came of it is printed, and drawn in a page that needs nothing else to be shown.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import page

MIB = 1 << 20
TIMEOUT = 300

# A name, and the options that make it so.
RUNS = [
    ("no deltas", ["--no-delta"]),
    ("QEMU's cache", ["--cache-ways=1"]),
    ("xbz's cache", []),
]


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("xbz", help="the command")
    parser.add_argument("--html", default="experiment.html", help="the page to write")
    parser.add_argument("--memory", type=float, default=16, help="of the guest, MiB")
    parser.add_argument("--cache-size", type=float, default=14, help="MiB")
    parser.add_argument("--max-bandwidth", type=float, default=8, help="MiB a second")
    parser.add_argument("--rate", type=int, default=20000, help="pages a second it writes")
    parser.add_argument("--downtime-limit", type=int, default=700, help="milliseconds")
    parser.add_argument("--max-rounds", type=int, default=8, help="then a run has failed")
    parser.add_argument("--warm-up", type=int, default=1000, help="ms before it is sent")
    return parser.parse_args()


def sender(given, address, extra):
    """The command line of a run's sender."""
    return [
        given.xbz, "migrate", f"--connect={address}", "--workload=document", "--json",
        f"--warm-up={given.warm_up}",
        f"--memory={int(given.memory * MIB)}", f"--rate={given.rate}",
        f"--cache-size={int(given.cache_size * MIB)}",
        f"--max-bandwidth={int(given.max_bandwidth * MIB)}",
        f"--downtime-limit={given.downtime_limit}", f"--max-rounds={given.max_rounds}", *extra,
    ]  # fmt: skip


def migrate(given, extra):
    """Both sides of one migration: what the sender told, line by line."""
    with tempfile.TemporaryDirectory() as folder:
        address = f"unix:{folder}/link"
        receive = [given.xbz, "migrate", f"--listen={address}", "--json", "--wait=0"]
        with subprocess.Popen(
            receive, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        ) as receiver:
            if json.loads(receiver.stdout.readline() or "{}").get("status") != "listening":
                sys.exit("experiment: the receiver does not listen")
            sent = subprocess.run(
                sender(given, address, extra), stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL, text=True, timeout=TIMEOUT, check=False,
            )  # fmt: skip
            told = receiver.stdout.readlines() or ["{}"]
            arrived = json.loads(told[-1]).get("status", "nothing")
    lines = [json.loads(line) for line in sent.stdout.splitlines()]
    if not lines:
        sys.exit(f"experiment: the sender told nothing, and ended with {sent.returncode}")
    equal = (sent.returncode == 0, lines[-1]["status"] == "completed", arrived == "completed")
    if any(equal) != all(equal):
        sys.exit(f"experiment: the two sides do not agree: {lines[-1]}, {arrived}")
    return lines


def rounds(lines):
    """Of each round: its number, the pages that it began with, and the bytes
    that were sent in it. The last line ends the last round."""
    first = {}
    for line in lines[:-1]:
        first.setdefault(line["round"], line)
    told = list(first.values())
    return [
        {
            "round": line["round"],
            "pages": line["remaining"] // line["page_size"],
            "bytes": after["transferred"] - line["transferred"],
        }
        for line, after in zip(told, [*told[1:], lines[-1]])
    ]


def measure(given, name, extra):
    print(f"Migrating: {name} ...", file=sys.stderr, flush=True)
    lines = migrate(given, extra)
    last = lines[-1]
    done = last["status"] == "completed"
    if not done and last["round"] < given.max_rounds:
        sys.exit(f"experiment: {name}: {last.get('error', last['status'])}")
    return {
        "name": name,
        "done": done,
        "seconds": last["seconds"],
        "downtime": last["downtime"],
        "transferred": last["transferred"],
        "left": last["remaining"] // last["page_size"],
        "cache": last["cache_size"],
        "rounds": rounds(lines),
    }


def columns(rows):
    """Columns as wide as they need to be, numbers to the right."""
    widths = [max(len(cell) for cell in column) for column in zip(*rows)]
    rule = ["-" * width for width in widths]
    for row in (rows[0], rule, *rows[1:]):
        first, *rest = row
        cells = [first.ljust(widths[0]), *(c.rjust(w) for c, w in zip(rest, widths[1:]))]
        print("  ".join(cells).rstrip())


def show(runs):
    columns(page.summary(runs))
    print("\nMiB sent in each round, and the pages that it began with:\n")
    most = max(len(run["rounds"]) for run in runs)
    rows = [["round", *(run["name"] for run in runs)]]
    for i in range(most):
        cells = [run["rounds"][i : i + 1] for run in runs]
        rows.append([
            str(i + 1),
            *(f"{c[0]['bytes'] / MIB:.2f} ({c[0]['pages']})" if c else "" for c in cells),
        ])  # fmt: skip
    columns(rows)


def main():
    given = arguments()
    given.xbz = str(Path(given.xbz).absolute())
    print(
        f"A guest of {given.memory:g} MiB writes to {given.rate} pages a second; the link takes "
        f"{given.max_bandwidth:g} MiB a second, the cache may have {given.cache_size:g} MiB.\n"
    )
    runs = [measure(given, name, extra) for name, extra in RUNS]
    show(runs)
    # Where the user is, not where Bazel runs this.
    html = Path(os.environ.get("BUILD_WORKING_DIRECTORY", "."), given.html).absolute()
    html.write_text(page.page(vars(given), runs), encoding="utf-8")
    print(f"\nDrawn in {html}")


if __name__ == "__main__":
    main()

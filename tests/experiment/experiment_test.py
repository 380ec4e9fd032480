#!/usr/bin/env -S python3 -B
# SPDX-License-Identifier: MIT OR Apache-2.0
"""The experiment runs, its table and its page say the same, and it can fail.

    experiment_test.py XBZ
"""

import re
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree
from pathlib import Path

XBZ = sys.argv.pop(1)
RUNS = ["no deltas", "QEMU's cache", "xbz's cache"]

# So small that each run takes part of a second; who gets done does not matter.
SMALL = [
    "--memory=1", "--cache-size=0.75", "--max-bandwidth=8", "--rate=2000", "--max-rounds=3",
    "--warm-up=200",
]  # fmt: skip


def experiment(*args):
    command = ["tests/experiment/experiment.py", *args]
    return subprocess.run(command, capture_output=True, text=True, check=False)


class Experiment(unittest.TestCase):
    def test_table_and_page(self):
        with tempfile.TemporaryDirectory() as folder:
            html = Path(folder, "out.html")
            done = experiment(XBZ, f"--html={html}", *SMALL)
            self.assertEqual(done.returncode, 0, done.stderr)
            page = html.read_text(encoding="utf-8")
        for name in RUNS:
            pattern = rf"(?m)^{name} +(yes|no) +(\d+) +[\d.]+ +(\d+ +)?([\d.]+) "
            row = re.search(pattern, done.stdout)
            self.assertIsNotNone(row, done.stdout)
            self.assertLessEqual(int(row[2]), 4)
            self.assertGreaterEqual(float(row[4]), 0.001)
        self.assertRegex(done.stdout, r"(?m)^1 +[\d.]+ \(256\) +[\d.]+ \(256\) +[\d.]+ \(256\)$")
        drawings = re.findall(r"<svg.*?</svg>", page, re.S)
        self.assertEqual(len(drawings), 2)
        for drawing in drawings:
            root = xml.etree.ElementTree.fromstring(drawing)
            names = [node.text[:-2] for node in root.iter("text") if node.get("class") == "end"]
            self.assertEqual(sorted(names), sorted(RUNS))
        self.assertNotRegex(page, r"https?:|src=|@import")

    def test_failure_is_told(self):
        for command in ("/bin/false", "/bin/true"):
            self.assertNotEqual(experiment(command, *SMALL).returncode, 0)
        with tempfile.TemporaryDirectory() as folder:
            forger = Path(folder, "xbz")
            forger.write_text(
                f'#!/bin/sh\n"{Path(XBZ).absolute()}" "$@"\n'
                'case $2 in --connect=*) exit 0 ;; esac\n',
                encoding="ascii",
            )
            forger.chmod(0o755)
            done = experiment(str(forger), *SMALL, "--downtime-limit=0")
            self.assertIn("do not agree", done.stderr)
            self.assertNotEqual(done.returncode, 0)


if __name__ == "__main__":
    unittest.main()

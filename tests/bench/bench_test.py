#!/usr/bin/env -S python3 -B
# SPDX-License-Identifier: MIT OR Apache-2.0
"""The benchmark measures what it is asked to, and refuses what it cannot do.

    bench_test.py BENCH PAIRS

No time that it measures decides anything here.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

BENCH, PAIRS = (Path(arg).absolute() for arg in sys.argv[1:3])
OPS = {"encode", "send", "decode"}


class BenchTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def bench(self, *args):
        """Run it where its files may be written."""
        env = {k: v for k, v in os.environ.items() if k != "BUILD_WORKING_DIRECTORY"}
        return subprocess.run(
            [BENCH, *args], cwd=self.folder, env=env, capture_output=True, text=True
        )

    def refused(self, words, *args):
        done = self.bench(*args)
        self.assertNotEqual(done.returncode, 0, args)
        self.assertIn(words, done.stderr)
        self.assertEqual(done.stdout, "")

    def results(self, *args):
        done = self.bench("--quick", "--json=j", "--html=h", *args)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(sorted(os.listdir(self.folder)), ["h", "j"])
        return done.stdout, json.loads((self.folder / "j").read_text())

    def test_a_rule(self):
        text, results = self.results("--only=64 counters")
        self.assertEqual([s["name"] for s in results["samples"]], ["64 counters"])
        cells = results["cells"]
        self.assertEqual(
            {(c["op"], c["level"]) for c in cells},
            {(op, level) for op in OPS for level in ("L2", "DRAM")},
        )
        names = {c["name"] for c in results["contenders"]}
        self.assertEqual(set().union(*(c["ns"] for c in cells)), names)
        self.assertTrue(all(ns > 0 for c in cells for ns in c["ns"].values()))
        for name in names:
            self.assertIn(name, text)

    def test_the_page_holds_the_results(self):
        _, results = self.results("--only=identical 64K")
        page = (self.folder / "h").read_text()
        inside = re.search(r'<script type="application/json"[^>]*>(.*?)</script>', page, re.S)
        self.assertEqual(json.loads(inside[1]), results)
        self.assertTrue(page.endswith("</html>\n"))
        outside = page.replace("http://www.w3.org/2000/svg", "")
        self.assertNotRegex(outside, r"https?://|<link|src=")
        # Equal pages have nothing to decode.
        self.assertEqual({c["op"] for c in results["cells"]}, OPS - {"decode"})

    def test_a_file(self):
        name = PAIRS.name.split(".")[0]
        _, results = self.results(f"--only={name}", PAIRS)
        sample = results["samples"][-1]
        self.assertEqual((sample["name"], sample["recorded"]), (name, True))
        self.assertEqual(2 * sample["pairs"] * 4096, PAIRS.stat().st_size)

    def test_refusals(self):
        short = self.folder / "short"
        short.write_bytes(bytes(8191))
        self.refused("nowhere: No such file", "--only=nowhere", "nowhere")
        self.refused("short: not pairs of pages", "--only=short", "short")
        self.refused("no sample's name has 'xyz'", "--only=xyz")
        self.refused("not a CPU: '-1'", "--pin=-1")
        self.refused("cannot run on CPU 1023", "--pin=1023")
        self.refused("Try 'bench --help'", "--fast")

    def test_a_file_that_cannot_be_written_costs_no_results(self):
        done = self.bench("--quick", "--only=16 bytes", "--json=away/j")
        self.assertEqual(done.returncode, 1)
        self.assertIn("away/j", done.stderr)
        self.assertIn("16 bytes", done.stdout)

    def test_help(self):
        done = self.bench("--help")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        for option in "--quick", "--only", "--pin", "--json", "--html":
            self.assertIn(option, done.stdout)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])

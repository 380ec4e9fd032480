#!/usr/bin/env -S python3 -B
# SPDX-License-Identifier: MIT OR Apache-2.0
"""The sender's benchmark measures, and says what it measured.

    sender_test.py SENDER

No time that it measures decides anything here.
"""

import json
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

SENDER = Path(sys.argv.pop(1)).absolute()


class SenderTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def sender(self, *args):
        env = {k: v for k, v in os.environ.items() if k != "BUILD_WORKING_DIRECTORY"}
        return subprocess.run(
            [SENDER, *args], cwd=self.folder, env=env, capture_output=True, text=True
        )

    def test_results(self):
        done = self.sender("--pages=256", "--rounds=11", "--json=j")
        self.assertEqual(done.returncode, 0, done.stderr)
        results = json.loads((self.folder / "j").read_text())
        self.assertEqual((results["pages"], results["rounds"]), (256, 11))
        rows = results["rows"]
        for row in rows:
            # A head of 13 bytes, and 3 or 4 for each byte that changed, of one page.
            changed = 4096 // row["step"]
            self.assertGreaterEqual(row["sent"], 13 + 3 * changed - 1)
            self.assertLessEqual(row["sent"], 13 + 4 * changed + 1)
            self.assertEqual(len(row["ns"]), 4)
            self.assertTrue(all(ns > 0 for ns in row["ns"].values()))
            self.assertIn(row["name"], done.stdout)
        ns = rows[0]["ns"]
        self.assertAlmostEqual(results["value"], ns["memcpy and socket"] / ns["engine"])
        met = "met" if results["value"] >= results["bar"] else "missed"
        self.assertIn(f"the bar is 80 %: {met}", done.stdout)

    def test_refused(self):
        for arg, words in (
            ("--pages=0", "not 1 to 1048576: '0'"),
            ("--rounds=-1", "not 1 to 1000: '-1'"),
            ("--rounds=x", "not 1 to 1000: 'x'"),
            ("--frob", "unrecognized option"),
            ("--json=no/such", "no/such: cannot write"),
        ):
            done = self.sender("--pages=1", "--rounds=1", arg)
            self.assertNotEqual(done.returncode, 0)
            self.assertIn(words, done.stderr)


if __name__ == "__main__":
    unittest.main()

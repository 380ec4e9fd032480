#!/usr/bin/env -S python3 -B
# SPDX-License-Identifier: MIT OR Apache-2.0
"""The check of instruction counts notices what it is there for."""

import tempfile
import unittest
from pathlib import Path

import instructions

DUMP = """\
version: 1
desc: Trigger: Client Request: encode/avx2/4/1 byte
fn=main
0 7
cfn=xbz_backend_encode
calls=4 0
0 5000
fn=xbz_backend_encode
0 40
cfn=xbz_page_encode_with
calls=4 0
0 4000
cfn=memcpy
calls=1 0
0 20
fn=xbz_page_encode_with
0 3000
cfn=xbz_scan
calls=4 0
0 1000
"""
KEY = ("encode", "1 byte", "avx2")
BAR = ("encode", "identical", "avx2")


class InstructionsTest(unittest.TestCase):
    def dump(self, text):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "dump.1"
            path.write_text(text, encoding="utf-8")
            return instructions.read_dump(path)

    def test_a_dump_counts_what_the_contender_calls(self):
        self.assertEqual(self.dump(DUMP), (KEY, 1005.0))
        self.assertIsNone(self.dump(DUMP.replace("Client Request", "Program end")))

    def test_differences(self):
        def found(count, table):
            return len(list(instructions.differences({KEY: count}, table)))

        self.assertEqual(found(1000.0, {KEY: 1000.0}), 0)
        self.assertEqual(found(1019.0, {KEY: 1000.0}), 0)
        self.assertEqual(found(1021.0, {KEY: 1000.0}), 1)
        self.assertEqual(found(979.0, {KEY: 1000.0}), 1)
        self.assertEqual(found(1000.0, {}), 1)
        self.assertEqual(found(1000.0, {("send", *KEY[1:]): 1000.0}), 2)

    def test_bars(self):
        good = dict(instructions.BARS)
        self.assertEqual(list(instructions.beyond_bars(good)), [])
        self.assertEqual(len(list(instructions.beyond_bars({**good, BAR: 1e9}))), 1)
        self.assertEqual(len(list(instructions.beyond_bars({}))), len(good))

    def test_the_table_reads_as_written(self):
        lines = instructions.text({KEY: 1005.25}).splitlines()
        self.assertEqual(lines, [instructions.HEADING, "encode\t1 byte\tavx2\t1005.2"])


if __name__ == "__main__":
    unittest.main()

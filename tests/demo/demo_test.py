#!/usr/bin/env -S python3 -B
# SPDX-License-Identifier: MIT OR Apache-2.0
"""The demo runs, its numbers are those of the images, and it can fail.

    demo_test.py XBZ ARCHIVE...
"""

import hashlib
import subprocess
import sys
import tarfile
import tempfile
import unittest
from pathlib import Path

XBZ, *ARCHIVES = sys.argv[1:]
del sys.argv[1:]
PAGE = 4096


def demo(*args):
    return subprocess.run(
        ["tests/demo/demo.py", *args], capture_output=True, text=True, check=False
    )


def images(archive):
    with tarfile.open(archive) as tar:
        return [tar.extractfile(name).read() for name in ("old.ram", "new.ram")]


def pages(image):
    return [image[at : at + PAGE] for at in range(0, len(image), PAGE)]


class Demo(unittest.TestCase):
    def test_table(self):
        done = demo(XBZ, *ARCHIVES)
        self.assertEqual(done.returncode, 0, done.stderr)
        lines = [line.split() for line in done.stdout.replace(",", "").splitlines()]
        rows = {line[0]: line for line in lines if len(line) == 12}
        self.assertEqual(len(ARCHIVES), 2)
        for archive in ARCHIVES:
            old, new = images(archive)
            _, total, unchanged, zero, delta, raw, length, size, ratio, *speeds = rows[
                Path(archive).name.split(".")[0]
            ]
            same = sum(a == b for a, b in zip(pages(old), pages(new)))
            self.assertEqual(int(total), len(pages(new)))
            self.assertEqual(int(unchanged), same)
            self.assertEqual(int(total), sum(map(int, (unchanged, zero, delta, raw))))
            self.assertEqual(int(length), len(new))
            self.assertEqual(ratio, f"{int(length) / int(size):.1f}")
            self.assertTrue(all(int(speed) > 0 for speed in speeds))

    def test_images_are_those_described(self):
        described = Path("corpus/images/README.md").read_text(encoding="utf-8")
        for archive in ARCHIVES:
            for image in images(archive):
                self.assertIn(hashlib.sha256(image).hexdigest(), described)

    def test_failure_is_told(self):
        self.assertNotEqual(demo("/bin/false", *ARCHIVES).returncode, 0)
        with tempfile.TemporaryDirectory() as folder:
            forger = Path(folder, "xbz")
            forger.write_text(
                f'#!/bin/sh\n"{Path(XBZ).absolute()}" "$@" || exit\n'
                '[ "$1" = decode ] && echo >>"$6"\nexit 0\n',
                encoding="ascii",
            )
            forger.chmod(0o755)
            done = demo(str(forger), ARCHIVES[0])
            self.assertIn("differs", done.stderr)
            self.assertNotEqual(done.returncode, 0)


if __name__ == "__main__":
    unittest.main()

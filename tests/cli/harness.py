# SPDX-License-Identifier: MIT OR Apache-2.0
"""Run the command in a folder of its own. Usage of a test: X_test.py XBZ CERTIFY."""

import os
import random
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path.cwd()  # tests run in the repository's root
XBZ = os.path.abspath(sys.argv.pop(1))
CERTIFY = os.path.abspath(sys.argv.pop(1))
PAGE_SIZES = [512 << i for i in range(13)]


def seeded(seed=1):
    return random.Random(seed)


def changed(image, rng, page_size=4096):
    """A later state of an image, with pages of every kind in it."""
    new = bytearray(image)
    for at in range(0, len(new), page_size):
        page = min(page_size, len(new) - at)
        kind = rng.randrange(5)
        if kind == 1:
            new[at : at + page] = bytes(page)
        elif kind == 2:
            new[at : at + page] = rng.randbytes(page)
        elif kind == 3:
            for _ in range(1 + page // 64):
                new[at + rng.randrange(page)] = rng.randrange(256)
    return bytes(new)


class Case(unittest.TestCase):
    """A test with a folder to itself, which is the current one."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.addCleanup(os.chdir, ROOT)
        os.chdir(folder.name)

    def xbz(self, *args, status=0, **kwargs):
        """Run the command; its exit status must be as told."""
        done = subprocess.run(
            [XBZ, *map(str, args)], capture_output=True, check=False, **kwargs
        )
        message = done.stderr.decode()
        self.assertEqual(done.returncode, status, f"{args}: {message}")
        if status:
            self.assertTrue(message.startswith("xbz"), message)
        done.message = message
        return done

    def pair(self, old, new):
        Path("old").write_bytes(old)
        Path("new").write_bytes(new)

    def only_files(self, *names):
        """Nothing but these files is there: no temporary one was left."""
        self.assertEqual(sorted(os.listdir(".")), sorted(names))


def main():
    unittest.main(verbosity=1)

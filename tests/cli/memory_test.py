#!/usr/bin/env -S python3 -B
# SPDX-License-Identifier: MIT OR Apache-2.0
"""Images of 1 GiB in less than 64 MiB of memory."""

import os
import subprocess

import harness

LENGTH = 1 << 30
LIMIT = 64 << 20


class Memory(harness.Case):
    def make(self, name, seed):
        """A sparse image with data here and there, half of it the same."""
        rng = harness.seeded(seed)
        same = harness.seeded(0).randbytes(256 << 10)
        with open(name, "wb") as file:
            file.truncate(LENGTH)
            for at in range(0, LENGTH, LENGTH // 16):
                file.seek(at)
                file.write(same + rng.randbytes(256 << 10))

    def bounded(self, *args, stdin=None):
        command = [harness.XBZ, *args]
        with subprocess.Popen(command, stdin=stdin, stdout=subprocess.DEVNULL) as process:
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        self.assertEqual(process.returncode, 0, args)
        # It starts out as a copy of this process, whose memory counts too.
        self.assertLess(usage.ru_maxrss << 10, LIMIT, args)

    def test_files(self):
        self.make("old", 1)
        self.make("new", 2)
        self.bounded("encode", "-q", "old", "new", "-o", "delta")
        self.bounded("decode", "-q", "old", "delta", "-o", "out")
        self.bounded("verify", "-q", "old", "delta", "new")
        self.bounded("inspect", "-q", "--page=0", "--json", "delta")
        self.assertEqual(os.path.getsize("out"), LENGTH)
        self.assertEqual(subprocess.call(["cmp", "new", "out"]), 0)
        self.assertLess(os.stat("out").st_blocks * 512, 32 << 20)

    def test_largest_pages_from_a_pipe(self):
        self.make("old", 1)
        with subprocess.Popen(["head", "-c", "256M", "old"], stdout=subprocess.PIPE) as head:
            self.bounded("encode", "-q", "-s2M", "old", "-", "-o", "delta", stdin=head.stdout)


if __name__ == "__main__":
    harness.main()

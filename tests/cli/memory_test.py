#!/usr/bin/env -S python3 -B
# SPDX-License-Identifier: MIT OR Apache-2.0
"""Images of 1 GiB in less than 64 MiB of memory; migrations with too little."""

import os
import resource
import subprocess

import harness
import migration
from migration import MIB, PATIENT

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


class Migration(migration.Case):
    """Sides that get less memory from the system than they ask for."""

    GUEST = ["--workload=document", "--memory=400M", "--rate=200", PATIENT]
    ROOM = 700 * MIB  # for such a guest and for libraries and threads, not for two

    def started(self, room, start, *args):
        """Start a side in a room of its own."""
        before = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (room, before[1]))
        try:
            return start(*args)
        finally:
            resource.setrlimit(resource.RLIMIT_AS, before)

    def test_receiver_has_no_memory(self):
        receiver, address = self.started(self.ROOM // 2, self.listen, "--output=image")
        lines, message = self.ended(self.connect(address, *self.GUEST), 1)
        self.assertEqual(lines[-1]["status"], "failed")
        self.assertIn("the receiver says: no memory for 102400 pages of 4096 bytes", message)
        _, message = self.ended(receiver, 1)
        self.assertIn("no memory for 102400 pages of 4096 bytes", message)
        self.only_files()

    def test_sender_has_no_memory(self):
        receiver, address = self.listen("--wait=0")
        sender = self.started(self.ROOM // 2, self.connect, address, *self.GUEST)
        _, message = self.ended(sender, 1)
        self.assertRegex(message, "no memory|[Cc]annot allocate")
        receiver.terminate()

    def test_no_memory_for_the_cache(self):
        """Then it stays as it is, and the sender says so."""
        receiver, address = self.listen()
        sender = self.started(
            self.ROOM, self.connect, address, *self.GUEST, "--cache-size=400M"
        )
        lines, _ = self.ended(sender, 0)
        self.ended(receiver, 0)
        self.assertEqual(
            lines[-1]["notice"], "no memory for a cache of 419430400 bytes: it has 0 as before"
        )
        self.assertEqual(lines[-1]["cache_size"], 0)


if __name__ == "__main__":
    harness.main()

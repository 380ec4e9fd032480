#!/usr/bin/env -S python3 -B
# SPDX-License-Identifier: MIT OR Apache-2.0
"""Files: outputs appear in full or not at all, and every failure is told."""

import os
import pty
import signal
import stat
import subprocess
import time
from pathlib import Path

import harness


class Files(harness.Case):
    def setUp(self):
        super().setUp()
        self.pair(b"1" * 9000, b"1" * 5000 + b"2" * 6000)
        self.xbz("encode", "-q", "old", "new", "-o", "delta")

    def test_full_disk(self):
        for command in (["encode", "old", "new"], ["decode", "old", "delta"]):
            done = self.xbz(*command, "-o", "/dev/full", status=1)
            self.assertRegex(done.message, "/dev/full: at offset 0: .*No space left")
        with open("/dev/full", "wb") as full:
            for command in (
                ["encode", "old", "new", "-o", "-"],
                ["decode", "old", "delta", "-o", "-"],
                ["encode", "--json", "old", "new", "-o", "out"],
                ["inspect", "delta"],
                ["inspect", "--json", "delta"],
                ["--help"],
                ["--version"],
            ):
                done = subprocess.run(
                    [harness.XBZ, *command], stdout=full, stderr=subprocess.PIPE, check=False
                )
                self.assertEqual(done.returncode, 1, command)
                self.assertIn(b"No space left", done.stderr)

    def test_file_size_limit(self):
        """A disk that fills up half-way."""
        Path("kept").write_bytes(b"before")
        limited = f"ulimit -f 4; trap '' XFSZ; '{harness.XBZ}' decode old delta -o kept"
        Path("new").write_bytes(harness.seeded().randbytes(100_000))
        self.xbz("encode", "-q", "old", "new", "-o", "delta")
        done = subprocess.run(["bash", "-c", limited], capture_output=True, check=False)
        self.assertEqual(done.returncode, 1)
        self.assertRegex(done.stderr, rb"^xbz: kept: at offset \d+: cannot write: File too large")
        self.assertEqual(Path("kept").read_bytes(), b"before")
        self.only_files("old", "new", "delta", "kept")

    def test_missing_input(self):
        for args in (
            ["encode", "none", "new", "-o", "out"],
            ["encode", "old", "none", "-o", "out"],
            ["decode", "none", "delta", "-o", "out"],
            ["decode", "old", "none", "-o", "out"],
            ["decode", "none", "delta", "--in-place"],
            ["verify", "old", "delta", "none"],
            ["inspect", "none"],
        ):
            done = self.xbz(*args, status=1)
            self.assertEqual(done.message, "xbz: none: cannot open: No such file or directory\n")
        self.only_files("old", "new", "delta")

    def test_input_is_a_directory(self):
        done = self.xbz("encode", ".", "new", "-o", "out", status=1)
        self.assertIn(".: at offset 0: cannot read: Is a directory", done.message)
        self.only_files("old", "new", "delta")

    def test_unwritable_output(self):
        for path in (".", "no/such", "/proc/xbz", "x" * 300, "/" + "x/" * 3000):
            self.xbz("encode", "old", "new", "-o", path, status=1)
        self.only_files("old", "new", "delta")

    def test_unwritable_folder(self):
        os.mkdir("locked", mode=0o555)
        # Root may write anywhere, unless it gives that right up.
        rights = ["setpriv", "--bounding-set=-dac_override"] if os.geteuid() == 0 else []
        command = [*rights, harness.XBZ, "encode", "old", "new", "-o", "locked/out"]
        done = subprocess.run(command, capture_output=True, check=False)
        self.assertEqual(done.returncode, 1)
        self.assertEqual(done.stderr, b"xbz: locked/out: cannot create: Permission denied\n")
        self.assertEqual(os.listdir("locked"), [])

    def test_output_is_an_input(self):
        before = Path("old").read_bytes()
        os.symlink("old", "link")
        os.link("old", "twin")
        for out in ("old", "link", "twin", "./old"):
            done = self.xbz("encode", "old", "new", "-o", out, status=2)
            self.assertIn("is an input", done.message)
            self.xbz("decode", "old", "delta", "-o", out, status=2)
        self.xbz("decode", "old", "delta", "-o", "delta", status=2)
        self.assertEqual(Path("old").read_bytes(), before)
        self.xbz("decode", "--force", "-q", "old", "delta", "-o", "old")
        self.assertEqual(Path("old").read_bytes(), Path("new").read_bytes())

    def test_output_is_replaced(self):
        Path("out").write_bytes(b"before")
        os.chmod("out", 0o640)
        self.xbz("decode", "-q", "old", "delta", "-o", "out")
        self.assertEqual(Path("out").read_bytes(), Path("new").read_bytes())
        self.assertEqual(stat.S_IMODE(os.stat("out").st_mode), 0o640)

    def test_new_output_obeys_umask(self):
        before = os.umask(0o027)
        self.addCleanup(os.umask, before)
        self.xbz("decode", "-q", "old", "delta", "-o", "out")
        self.assertEqual(stat.S_IMODE(os.stat("out").st_mode), 0o640)

    def test_output_through_a_link(self):
        os.mkdir("there")
        Path("there/image").write_bytes(b"before")
        os.symlink("there/image", "link")
        self.xbz("decode", "-q", "old", "delta", "-o", "link")
        self.assertTrue(os.path.islink("link"))
        self.assertEqual(Path("there/image").read_bytes(), Path("new").read_bytes())

    def test_output_to_a_device_or_pipe(self):
        self.xbz("decode", "-q", "old", "delta", "-o", "/dev/null")
        os.mkfifo("pipe")
        with subprocess.Popen(["cat", "pipe"], stdout=subprocess.PIPE) as reader:
            self.xbz("decode", "-q", "old", "delta", "-o", "pipe")
            self.assertEqual(reader.stdout.read(), Path("new").read_bytes())
        self.assertTrue(stat.S_ISFIFO(os.stat("pipe").st_mode))

    def test_closed_standard_streams(self):
        """No file gets the number of a stream that messages go to."""
        script = f"'{harness.XBZ}' decode old delta -o out <&- >&- 2>&-"
        self.assertEqual(subprocess.run(["bash", "-c", script], check=False).returncode, 0)
        self.assertEqual(Path("out").read_bytes(), Path("new").read_bytes())

    def interrupted(self, number, command=()):
        """Stop a decode that has begun and waits for more of its delta."""
        Path("kept").write_bytes(b"before")
        args = [*command, harness.XBZ, "decode", "old", "-", "-o", "kept"]
        with subprocess.Popen(args, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
            deadline = time.monotonic() + 30
            while not any(name.startswith("kept.") for name in os.listdir(".")):
                self.assertLess(time.monotonic(), deadline, "no temporary file")
                time.sleep(0.01)
            process.send_signal(number)
            if command:
                process.stdin.write(Path("delta").read_bytes())
            process.stdin.close()
        return process.returncode

    def test_signals(self):
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            self.assertEqual(self.interrupted(number), -number)
            self.assertEqual(Path("kept").read_bytes(), b"before")
            self.only_files("old", "new", "delta", "kept")

    def test_ignored_signal_stays_ignored(self):
        self.assertEqual(self.interrupted(signal.SIGHUP, ("nohup",)), 0)
        self.assertEqual(Path("kept").read_bytes(), Path("new").read_bytes())

    def test_progress_only_on_a_terminal(self):
        image = harness.seeded().randbytes(8 << 20)
        Path("big").write_bytes(image)
        done = self.xbz("encode", "big", "-", "-o", "out", input=image)
        self.assertEqual(done.stderr.count(b"\n"), 1)
        self.assertNotIn(b"\r", done.stderr)
        controller, terminal = pty.openpty()
        command = [harness.XBZ, "encode", "big", "-", "-o", "out"]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=terminal) as process:
            process.stdin.write(image[: 5 << 20])
            process.stdin.flush()
            time.sleep(0.3)
            process.stdin.write(image[5 << 20 :])
            process.stdin.close()
        self.assertEqual(process.returncode, 0)
        self.assertIn(b"MiB/s", os.read(controller, 4096).split(b"\r\x1b[K")[1])
        os.close(terminal)
        os.close(controller)

    def test_no_binary_data_to_a_terminal(self):
        controller, terminal = pty.openpty()
        command = [harness.XBZ, "encode", "old", "new", "-o", "-"]
        done = subprocess.run(command, stdout=terminal, stderr=subprocess.PIPE, check=False)
        self.assertEqual(done.returncode, 2)
        self.assertIn(b"--force", done.stderr)
        command += ["--force", "--quiet"]
        done = subprocess.run(command, stdout=terminal, check=False)
        self.assertEqual(done.returncode, 0)
        self.assertIn(b"XBZ", os.read(controller, 4096))
        os.close(terminal)
        os.close(controller)


if __name__ == "__main__":
    harness.main()

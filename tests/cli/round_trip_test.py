#!/usr/bin/env -S python3 -B
# SPDX-License-Identifier: MIT OR Apache-2.0
"""Encode, decode and verify; the model must make the same container."""

import hashlib
import json
import os
import subprocess
from pathlib import Path

import harness
import model

KINDS = ["unchanged", "zero", "raw", "delta"]


class RoundTrip(harness.Case):
    def check(self, old, new, page_size):
        self.pair(old, new)
        want, pages = model.container(old, new, page_size)
        size = f"--page-size={page_size}"
        done = self.xbz("encode", size, "--json", "old", "new", "-o", "delta")
        self.assertEqual(Path("delta").read_bytes(), want)
        self.xbz("decode", "-q", "old", "delta", "-o", "out")
        self.assertEqual(Path("out").read_bytes(), new)
        self.xbz("verify", "-q", "old", "delta", "new")
        self.check_report(json.loads(done.stdout), pages)
        self.check_report(json.loads(self.xbz("inspect", "-j", "delta").stdout), pages)

    def check_report(self, report, pages):
        for name in ("old", "new"):
            image = Path(name).read_bytes()
            digest = hashlib.sha256(image).hexdigest()
            self.assertEqual(report[name], {"bytes": len(image), "sha256": digest})
        self.assertEqual(report["delta"]["bytes"], os.path.getsize("delta"))
        self.assertEqual([report["pages"][k]["pages"] for k in KINDS], pages)
        self.assertEqual(report["pages"]["total"], sum(pages))

    def test_backends(self):
        """Each that the command offers is used, and makes the same delta."""
        rng = harness.seeded()
        old = rng.randbytes(100000)
        self.pair(old, harness.changed(old, rng))
        none = dict(os.environ, XBZ_BACKEND="none")
        message = self.xbz("--version", status=2, env=none).message
        backends = message.split("but: ")[1].split()
        self.assertEqual(backends[:2], ["ref", "portable"])
        deltas = set()
        for backend in backends:
            env = dict(os.environ, XBZ_BACKEND=backend)
            encode = ["encode", "-j", "old", "new", "-fo", "delta"]
            report = json.loads(self.xbz(*encode, env=env).stdout)
            self.assertEqual(report["backend"], backend)
            deltas.add(Path("delta").read_bytes())
            self.xbz("verify", "-q", "old", "delta", "new", env=env)
            version = self.xbz("--version", env=env).stdout.decode()
            self.assertIn(f"backend {backend}\n", version)
        self.assertEqual(len(deltas), 1)

    def test_page_sizes(self):
        rng = harness.seeded()
        old = rng.randbytes(70_000) + bytes(30_000)
        new = harness.changed(old, rng)
        for page_size in harness.PAGE_SIZES:
            with self.subTest(page_size=page_size):
                self.check(old, new, page_size)

    def test_every_kind(self):
        rng = harness.seeded(2)
        old = rng.randbytes(50 * 512)
        new = harness.changed(old, rng, 512)
        _, pages = model.container(old, new, 512)
        self.assertTrue(all(pages), pages)
        self.check(old, new, 512)

    def test_lengths(self):
        image = harness.seeded(3).randbytes(3 * 512)
        lengths = [0, 1, 2, 511, 512, 513, 1024, 1535]
        for old_len in lengths:
            for new_len in lengths:
                with self.subTest(old_len=old_len, new_len=new_len):
                    new = bytearray(image[:new_len])
                    if new:
                        new[new_len // 2] ^= 1
                    self.check(image[:old_len], bytes(new), 512)

    def test_several_blocks(self):
        # Few bytes differ, so that the model is quick enough.
        old = bytearray(harness.seeded(4).randbytes(2 * model.SPAN + 5000))
        new = bytearray(old)
        for at in (0, model.SPAN - 1, model.SPAN, 2 * model.SPAN, len(new) - 1):
            new[at] ^= 0x55
        for page_size in (4096, 1 << 21):
            self.check(bytes(old), bytes(new), page_size)
        self.check(bytes(old), bytes(new[: 2 * model.SPAN]), 4096)
        self.check(bytes(old[: model.SPAN + 9]), bytes(new), 4096)

    def test_raw_or_delta(self):
        """[D-39] The choice turns where the delta stops being shorter."""
        seen = set()
        for page_len in (8, 33, 512):
            for nzrun in range(1, page_len + 1):
                old = bytes(page_len)
                new = bytes(page_len - nzrun) + b"\1" * nzrun
                _, pages = model.container(old, new, 512)
                seen.add((page_len, pages[model.DELTA]))
                if nzrun > page_len - 12:
                    self.check(old, new, 512)
        self.assertEqual(len(seen), 6, seen)

    def test_pipes(self):
        rng = harness.seeded(5)
        old = rng.randbytes(100_001)
        new = harness.changed(old, rng)
        self.pair(old, new)
        want, _ = model.container(old, new, 4096)
        for args, data in ((["-", "new"], old), (["old", "-"], new)):
            done = self.xbz("encode", "-q", *args, "-o", "-", input=data)
            self.assertEqual(done.stdout, want)
            self.assertEqual(done.stderr, b"")
        Path("delta").write_bytes(want)
        for args, data in ((["-", "delta"], old), (["old", "-"], want)):
            done = self.xbz("decode", "-q", *args, "-o", "-", input=data)
            self.assertEqual(done.stdout, new)
        self.xbz("verify", "-q", "old", "delta", "-", input=new)
        self.xbz("inspect", "-", input=want)

    def test_slow_pipe(self):
        """A pipe that delivers a few bytes at a time."""
        self.pair(b"a" * 1000, b"a" * 500 + b"b" * 501)
        command = [harness.XBZ, "encode", "-q", "old", "-", "-o", "delta"]
        with subprocess.Popen(command, stdin=subprocess.PIPE) as process:
            for byte in Path("new").read_bytes():
                process.stdin.write(bytes([byte]))
                process.stdin.flush()
        self.assertEqual(process.returncode, 0)
        self.xbz("verify", "-q", "old", "delta", "new")

    def test_in_place(self):
        self.pair(b"1" * 5000, b"2" * 9000)
        self.xbz("encode", "-q", "old", "new", "-o", "delta")
        self.xbz("decode", "-q", "--in-place", "old", "delta")
        self.assertEqual(Path("old").read_bytes(), b"2" * 9000)
        self.only_files("old", "new", "delta")

    def test_sparse(self):
        """Holes are read as zeros, and zeros become holes."""
        length = 64 << 20
        for name, islands in (("old", (5, 4096)), ("new", (5, 9 << 20, length - 3))):
            with open(name, "wb") as file:
                file.truncate(length)
                for at in islands:
                    file.seek(at)
                    file.write(b"abc")
        self.xbz("encode", "-q", "old", "new", "-o", "delta")
        self.xbz("decode", "-q", "old", "delta", "-o", "out")
        self.assertTrue(Path("out").read_bytes() == Path("new").read_bytes())
        self.assertLess(os.stat("out").st_blocks * 512, 1 << 20)
        self.assertLess(os.path.getsize("delta"), 2000)

    def test_hole_at_the_end(self):
        self.pair(b"x" * 8192, b"x" * 4096 + bytes(4 << 20))
        self.xbz("encode", "-q", "old", "new", "-o", "delta")
        self.xbz("decode", "-q", "old", "delta", "-o", "out")
        self.assertTrue(Path("out").read_bytes() == Path("new").read_bytes())


if __name__ == "__main__":
    harness.main()

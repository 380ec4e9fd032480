#!/usr/bin/env -S python3 -B
# SPDX-License-Identifier: MIT OR Apache-2.0
"""Live migration between two processes, and whoever watches and steers it."""

import os
import pty
import re
import signal
import socket
import stat
import subprocess
from pathlib import Path

import harness
from migration import ENDLESS, MIB, PAGE, PATIENT, SMALL, WAIT, Case

TRACE = harness.ROOT / "corpus/traces/postgresql.pgt.zst"


class Migrate(Case):
    def test_workloads(self):
        """Each arrives as a file; the document's load has a known look."""
        listed = self.xbz("migrate", "--workload=list").stdout.decode().splitlines()
        names = [line.split()[0] for line in listed]
        self.assertIn("document", names)
        for name in names:
            lines, arrived = self.migrated(
                f"--workload={name}", "--memory=1M", "--rate=200", PATIENT,
                listen=[f"--output={name}"],
            )  # fmt: skip
            self.assertEqual(arrived["bytes"], MIB)
            self.assertEqual(lines[-1]["pages"], MIB // PAGE)
            self.assertEqual(os.path.getsize(name), MIB)
        image = Path("document").read_bytes()
        counts = [image[at] for at in range(0, MIB, 1024)]
        self.assertEqual(MIB - image.count(0), sum(count > 0 for count in counts))
        self.assertGreater(sum(counts), 0)
        self.only_files(*names)

    def test_options(self):
        for args in (
            ["--no-delta"], ["--compress"], ["--base-digest"], ["--threads=2"],
            ["--page-size=64K"], ["--cache-size=0"], ["--max-bandwidth=20M"],
        ):  # fmt: skip
            lines, _ = self.migrated(*SMALL, *args)
            if args[0] in ("--no-delta", "--cache-size=0"):
                self.assertEqual(lines[-1]["xbzrle_pages"], 0)

    def test_trackers(self):
        """Either tells of every write, and the last line says which it was."""
        lines, _ = self.migrated(*SMALL, "--tracker=mprotect", "--threads=2")
        self.assertEqual(lines[-1]["tracker"], "mprotect")
        best = self.migrated(*SMALL, "--tracker=auto")[0][-1]["tracker"]
        self.assertEqual(best, self.migrated(*SMALL)[0][-1]["tracker"])
        if best == "pagemap":
            lines, _ = self.migrated(*SMALL, "--tracker=pagemap", "--threads=2")
            self.assertEqual(lines[-1]["tracker"], "pagemap")
        else:
            args = ("--connect=unix:none", *SMALL, "--tracker=pagemap")
            done = self.xbz("migrate", *args, status=1)
            self.assertRegex(done.message, "userfaultfd|write protection|PAGEMAP_SCAN")

    def test_peak_memory(self):
        """Of each side, with what it moves."""
        lines, arrived = self.migrated(*SMALL)
        self.assertGreater(lines[-1]["peak_memory"], lines[-1]["pages"] * PAGE)
        self.assertGreater(arrived["peak_memory"], arrived["bytes"])

    def test_trace(self):
        """A recording arrives as the program's memory was at its end."""
        lines, arrived = self.migrated(f"--trace={TRACE}", listen=["--output=image"])
        self.assertEqual((arrived["bytes"], lines[-1]["pages"]), (223 * PAGE, 223))
        self.assertEqual(lines[-1]["tracker"], "trace")
        self.assertGreater(len(Path("image").read_bytes().strip(b"\0")), PAGE)
        Path("trace").write_bytes(b"PGTRACE1" + bytes(200))
        for path, why in (("trace", "trace: at offset"), ("none", "none: cannot open: No such")):
            done = self.xbz("migrate", "--connect=unix:none", f"--trace={path}", status=1)
            self.assertIn(why, done.message)

    def test_tcp(self):
        receiver, address = self.listen(address="tcp:127.0.0.1:0")
        self.assertRegex(address, r"^tcp:127\.0\.0\.1:[1-9]\d*$")
        lines, _ = self.ended(self.connect(address, *SMALL), 0)
        self.ended(receiver, 0)
        self.assertEqual(lines[-1]["remaining"], 0)

    def test_report(self):
        """Lines for programs; for people a summary on standard error."""
        lines, _ = self.migrated(*SMALL)
        told = [line["round"] for line in lines]
        self.assertEqual(told, sorted(told))
        self.assertEqual(set(told), set(range(1, told[-1] + 1)))
        self.assertGreater(lines[-1]["transferred"], 0)
        self.assertEqual(lines[-1]["page_size"], PAGE)
        self.assertEqual(lines[-1]["total"], 2 * MIB)
        receiver, address = self.listen()
        done = self.xbz("migrate", f"--connect={address}", *SMALL)
        self.ended(receiver, 0)
        self.assertEqual(done.stdout, b"")
        self.assertRegex(done.message, r"(?m)^status +completed, round \d+$")
        receiver, address = self.listen()
        done = self.xbz("migrate", f"--connect={address}", "--quiet", *SMALL)
        self.ended(receiver, 0)
        self.assertEqual(done.stdout + done.stderr, b"")

    def test_terminal(self):
        """There the state is drawn again and again, over what was there."""
        receiver, address = self.listen()
        own, terminal = pty.openpty()
        self.addCleanup(os.close, own)
        command = [harness.XBZ, "migrate", f"--connect={address}", *ENDLESS, "--max-rounds=4"]
        done = subprocess.run(command, stderr=terminal, stdout=subprocess.PIPE, check=False)
        os.close(terminal)
        self.ended(receiver, 1)
        self.assertEqual((done.returncode, done.stdout), (1, b""))
        screen = os.read(own, 1 << 20).decode().replace("\r", "")
        first, *others = re.split(r"\x1b\[\d+A\x1b\[J", screen)
        self.assertTrue(others, screen)
        self.assertRegex(first, r"^status +active, round \d of at most 4\n")
        self.assertRegex(others[-1], r"^status +failed, round 4 of at most 4\n")
        lines = re.findall(r"\x1b\[(\d+)A", screen)
        self.assertEqual(int(lines[0]), first.count("\n"))

    def test_rounds_run_out(self):
        receiver, address = self.listen("--output=image")
        lines, message = self.ended(self.connect(address, *ENDLESS, "--max-rounds=3"), 1)
        self.assertEqual(lines[-1]["status"], "failed")
        self.assertIn("not converged in 3 rounds", message)
        _, message = self.ended(receiver, 1)
        self.assertIn("the sender says: not converged in 3 rounds", message)
        self.only_files()

    def test_signal_before_it_begins(self):
        receiver, address = self.listen()
        sender = self.connect(address, *SMALL, f"--warm-up={WAIT * 1000}", "--control=control")
        self.until(lambda: os.path.exists("control"), "no control socket")
        sender.send_signal(signal.SIGTERM)
        lines, message = self.ended(sender, 3)
        self.assertEqual(lines[-1]["status"], "cancelled")
        self.assertIn("cancel", message)
        self.ended(receiver, 3)

    def test_signal_cancels(self):
        sender, receiver = self.running()
        sender.send_signal(signal.SIGINT)
        lines, _ = self.ended(sender, 3)
        self.assertEqual(lines[-1]["status"], "cancelled")
        self.ended(receiver, 3)
        self.only_files()


class Broken(Case):
    def test_no_such_address(self):
        for side in ("--listen", "--connect"):
            args = SMALL if side == "--connect" else []
            for address in (
                "", "frob:1", "link", "unix:", "tcp:127.0.0.1", "tcp:127.0.0.1:x",
                "tcp:127.0.0.1:65536", "unix:no/such/link", "unix:" + "x" * 200,
            ):  # fmt: skip
                done = self.xbz("migrate", f"{side}={address}", *args, status=1)
                self.assertIn(address, done.message)
        done = self.xbz("migrate", "--connect=unix:link", *SMALL, status=1)
        self.assertRegex(done.message, "unix:link.*No such file")
        self.only_files()

    def test_no_place_for_the_output(self):
        done = self.xbz("migrate", "--listen=unix:link", "--output=no/such", status=1)
        self.assertIn("no/such: cannot create", done.message)
        self.only_files()

    def test_too_little_memory(self):
        receiver, address = self.listen("--max-memory=1M", "--output=image")
        _, message = self.ended(self.connect(address, *SMALL), 1)
        self.assertIn("512 pages of 4096 bytes are more than the limit of 1048576", message)
        _, message = self.ended(receiver, 1)
        self.assertIn("512 pages of 4096 bytes are more than the limit of 1048576", message)
        self.only_files()

    def test_sender_is_killed(self):
        sender, receiver = self.running()
        sender.kill()
        lines, message = self.ended(receiver, 1)
        self.assertEqual(lines[-1]["status"], "failed")
        self.assertRegex(message, "connection|reset|closed")
        self.only_files("control")

    def test_receiver_is_killed(self):
        sender, receiver = self.running()
        receiver.kill()
        lines, message = self.ended(sender, 1)
        self.assertEqual(lines[-1]["status"], "failed")
        self.assertRegex(message, "connection|[Bb]roken|reset|closed")
        self.assertFalse(os.path.exists("image"))

    def test_peer_speaks_something_else(self):
        """Whoever connects or listens may be anyone."""
        receiver, _ = self.listen("--wait=0")
        with self.socket() as peer:
            peer.connect("link")
            peer.sendall(b"GET / HTTP/1.1\r\n\r\n" * 9)
            self.assertIn(b"no record of kind", peer.recv(1000))
        _, message = self.ended(receiver, 1)
        self.assertIn("no record of kind", message)
        with self.socket() as peer:
            peer.bind("other")
            peer.listen()
            sender = self.connect("unix:other", *SMALL)
            client, _ = peer.accept()
            with client:
                client.sendall(b"220 mail.example.org ESMTP\r\n" * 9)
                _, message = self.ended(sender, 1)
        self.assertIn("no record of kind", message)

    def test_caller_that_says_nothing(self):
        """It is no sender that was lost: the receiver goes on waiting."""
        receiver, address = self.listen("--wait=0", "--quiet")
        for greeting in (b"", b"XBZ"):
            with self.socket() as caller:
                caller.connect("link")
                caller.sendall(greeting)
        lines, _ = self.ended(self.connect(address, *SMALL), 0)
        self.ended(receiver, 0)
        self.assertEqual(lines[-1]["status"], "completed")

    def test_other_version_or_pages(self):
        """A sender's greeting, of a later version, and with pages of no bytes."""
        with self.socket() as peer:
            peer.bind("other")
            peer.listen()
            sender = self.connect("unix:other", *SMALL)
            client, _ = peer.accept()
            with client:
                hello = client.recv(1000)
        self.ended(sender, 1)
        version, page_len = hello[:8], PAGE.to_bytes(4, "little")
        self.assertEqual(hello.count(page_len), 1)
        later = (int.from_bytes(version, "little") + 1).to_bytes(8, "little")
        for greeting, why in (
            (later + hello[8:], "version 2 of the protocol, not 1"),
            (hello.replace(page_len, bytes(4)), "512 pages of 0 bytes are no memory"),
        ):
            receiver, _ = self.listen("--wait=0")
            with self.socket() as peer:
                peer.connect("link")
                peer.sendall(greeting)
                self.assertIn(why.encode(), peer.recv(1000))
            _, message = self.ended(receiver, 1)
            self.assertIn(why, message)

    def test_page_size_that_cannot_be_tracked(self):
        done = self.xbz("migrate", "--connect=unix:none", *SMALL, "--page-size=512", status=1)
        self.assertIn("512", done.message)

    def test_connection_is_lost_twice(self):
        receiver, _ = self.listen("--output=image")
        with self.socket() as server:
            server.bind("relay")
            server.listen()
            sender = self.connect("unix:relay", *ENDLESS, "--retry=2")
            for limit in (300_000, 700_000):
                self.relay(server, limit)
            self.xbz("control", "control", "set", "downtime-limit", "60000")
            self.relay(server, None)
        lines, message = self.ended_after_loss(sender)
        self.assertEqual(lines[-1]["restarts"], 2)
        self.assertEqual(message.count("connection 2 of 3"), 1)
        self.ended_after_loss(receiver)
        self.assertEqual(os.path.getsize("image"), MIB)


class Control(Case):
    def ask(self, data):
        """What the control socket answers to these bytes, until it has no more."""
        with self.socket() as client:
            client.connect("control")
            client.sendall(data)
            client.shutdown(socket.SHUT_WR)
            answer = b""
            while data := client.recv(4096):
                answer += data
        return answer.decode(errors="replace")

    def test_set_and_cancel(self):
        sender, receiver = self.running()
        before = self.info()
        self.assertEqual((before["status"], before["cache_size"]), ("active", 256 << 10))
        self.xbz("control", "control", "set", "cache-size", "512K")
        now = self.info()["round"]
        self.until(lambda: self.info()["round"] > now, "no next round")
        self.assertEqual(self.info()["cache_size"], 512 << 10)
        self.xbz("control", "control", "set", "max-bandwidth", "8M")
        self.assertEqual(self.info()["max_bandwidth"], 8 * MIB)
        text = self.xbz("control", "control", "info").stdout.decode()
        self.assertRegex(text, r"(?m)^XBZRLE cache +512.00 KiB$")
        self.xbz("control", "control", "cancel")
        lines, message = self.ended(sender, 3)
        self.assertEqual(lines[-1]["status"], "cancelled")
        self.assertIn("cancel", message)
        lines, message = self.ended(receiver, 3)
        self.assertEqual(lines[-1]["status"], "cancelled")
        self.assertIn("cancel", message)
        done = self.xbz("control", "control", "info", status=1)
        self.assertIn("control: cannot connect: No such file", done.message)
        self.only_files()

    def test_longer_downtime_lets_it_end(self):
        sender, receiver = self.running()
        self.xbz("control", "control", "set", "downtime-limit", "60000")
        lines, _ = self.ended(sender, 0)
        self.assertEqual(lines[-1]["downtime_limit_ms"], 60000)
        self.ended(receiver, 0)
        self.only_files("image")

    def test_whoever_asks(self):
        """Garbage, long lines, and clients that stay harm nobody."""
        self.running()
        self.assertEqual(stat.S_IMODE(os.stat("control").st_mode), 0o600)
        for request, answer in (
            (b"", ""),
            (b"info", ""),
            (b"frob\n", "error no request 'frob': there are info, cancel and set NAME VALUE\n"),
            (b"set\n", "error no request 'set': there are info, cancel and set NAME VALUE\n"),
            (b"set cache-size\n", "error set takes a name and a value\n"),
            (b"set cache-size 1X\n", "error cache-size: not a size: '1X'\n"),
            (b"set max-bandwidth 3M\nset max-bandwidth 4M\n", "ok\nok\n"),
            (b"x" * 256, "error a request has at most 255 bytes\n"),
        ):
            self.assertEqual(self.ask(request), answer)
        noise = harness.seeded().randbytes(200).replace(b"\n", b"")
        self.assertTrue(self.ask(noise + b"\ninfo\n").endswith("\nok\n"))
        idle = [self.socket() for _ in range(8)]
        for client in idle:
            client.connect("control")
        done = self.xbz("control", "control", "info", status=1)
        self.assertIn("there are 8 clients already", done.message)
        for client in idle:
            client.close()
        self.assertEqual(self.info()["status"], "active")

    def test_name_of_the_socket(self):
        """One left behind is replaced; anything else that is there stays."""
        sender, _ = self.running()
        done = self.xbz("migrate", "--connect=unix:none", *ENDLESS, status=1)
        self.assertIn("control: another process listens there", done.message)
        sender.kill()
        sender.wait()
        self.assertTrue(stat.S_ISSOCK(os.stat("control").st_mode))
        self.xbz("control", "control", "info", status=1)
        self.migrated(*SMALL, "--control=control")
        self.assertFalse(os.path.exists("control"))
        Path("control").write_bytes(b"kept")
        done = self.xbz("migrate", "--connect=unix:none", *ENDLESS, status=1)
        self.assertIn("control: exists, and is no socket", done.message)
        self.assertEqual(Path("control").read_bytes(), b"kept")
        long = "--control=" + "x" * 108
        done = self.xbz("migrate", "--connect=unix:none", *SMALL, long, status=1)
        self.assertIn("the path is to have 1 to 107 characters", done.message)


if __name__ == "__main__":
    harness.main()

# SPDX-License-Identifier: MIT OR Apache-2.0
"""The two sides of a migration, as processes, and connections that break."""

import json
import os
import socket
import subprocess
import threading
import time

import harness

WAIT = 60
PAGE = 4096
MIB = 1 << 20

# A guest that never stands still for long enough, on a slow link.
ENDLESS = [
    "--workload=dense", "--memory=1M", "--rate=4000", "--warm-up=200", "--max-bandwidth=4M",
    "--downtime-limit=1", "--cache-size=256K", "--control=control",
]  # fmt: skip
# However slow the machine is, a small guest converges.
PATIENT = "--downtime-limit=10000"
SMALL = ["--workload=document", "--memory=2M", "--rate=200", PATIENT]


class Case(harness.Case):
    """Starts the sides of a migration, and sees to it that they end."""

    def start(self, *args):
        command = [harness.XBZ, *map(str, args)]
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        self.addCleanup(self.stop, process)
        return process

    def socket(self):
        """A unix socket that waits for nobody for ever."""
        made = socket.socket(socket.AF_UNIX)
        self.addCleanup(made.close)
        made.settimeout(WAIT)
        return made

    @staticmethod
    def stop(process):
        if process.poll() is None:
            process.kill()
        process.communicate()

    def listen(self, *args, address="unix:link"):
        """A receiver that listens, and its address."""
        receiver = self.start("migrate", f"--listen={address}", "--json", *args)
        line = receiver.stdout.readline()
        self.assertTrue(line, "no receiver")
        told = json.loads(line)
        self.assertEqual(told["status"], "listening")
        return receiver, told["address"]

    def connect(self, address, *args):
        return self.start("migrate", f"--connect={address}", "--json", *args)

    def ended(self, process, status):
        """What a side that ends with this exit status told: lines, and errors."""
        out, message = process.communicate(timeout=WAIT)
        self.assertEqual(process.returncode, status, message)
        self.assertEqual(message.startswith("xbz: "), status != 0, message)
        return [json.loads(line) for line in out.splitlines()], message

    def migrated(self, *args, listen=(), address="unix:link"):
        """A migration that succeeds: what both sides told."""
        receiver, address = self.listen(*listen, address=address)
        sender = self.connect(address, *args)
        lines, _ = self.ended(sender, 0)
        arrived, _ = self.ended(receiver, 0)
        self.assertEqual(lines[-1]["status"], "completed")
        self.assertEqual(arrived[-1]["status"], "completed")
        return lines, arrived[-1]

    def until(self, condition, what):
        deadline = time.monotonic() + WAIT
        while not condition():
            self.assertLess(time.monotonic(), deadline, what)
            time.sleep(0.01)

    def info(self):
        return json.loads(self.xbz("control", "control", "info", "--json").stdout)

    def running(self):
        """The two sides of an endless migration that has got to deltas."""
        receiver, address = self.listen("--wait=0", "--output=image")
        sender = self.connect(address, *ENDLESS)
        self.until(lambda: os.path.exists("control"), "no control socket")
        self.until(lambda: self.info()["round"] > 1, "no second round")
        return sender, receiver

    def relay(self, server, limit):
        """Pass a connection on to the receiver; cut it after limit bytes."""
        client, _ = server.accept()
        with client, self.socket() as peer:
            peer.connect("link")
            back = threading.Thread(target=self.pump, args=(peer, client, None))
            back.start()
            self.pump(client, peer, limit)
            back.join()

    @staticmethod
    def pump(source, sink, limit):
        left = limit
        try:
            while left is None or left > 0:
                data = source.recv(65536 if left is None else min(left, 65536))
                if not data:
                    break
                sink.sendall(data)
                left = None if left is None else left - len(data)
        except OSError:
            pass
        for end in (source, sink):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def ended_after_loss(self, process):
        out, message = process.communicate(timeout=WAIT)
        self.assertEqual(process.returncode, 0, message)
        lines = [json.loads(line) for line in out.splitlines()]
        self.assertEqual(lines[-1]["status"], "completed")
        return lines, message

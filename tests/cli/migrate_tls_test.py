#!/usr/bin/env -S python3 -B
# SPDX-License-Identifier: MIT OR Apache-2.0
"""Live migration between two processes that speak TLS, or should."""

import os
import subprocess

import harness
from migration import ENDLESS, MIB, SMALL, WAIT, Case


def side(cert, ca="ca"):
    return [f"--tls-cert=tls/{cert}.pem", f"--tls-key=tls/{cert}.key", f"--tls-ca=tls/{ca}.pem"]


SENDER = [*side("sender"), "--tls-name=listener"]


class Tls(Case):
    def setUp(self):
        super().setUp()
        os.mkdir("tls")
        subprocess.run([harness.CERTIFY, "tls"], check=True)

    def took(self, receiver):
        """A receiver that had strangers, and has now every page."""
        lines, message = self.ended_after_loss(receiver)
        self.assertEqual(lines[-1]["bytes"], 2 * MIB)
        return message

    def test_equal(self):
        lines, arrived = self.migrated(*SMALL, *SENDER, listen=side("listener"))
        self.assertEqual(arrived["bytes"], 2 * MIB)
        self.assertGreater(lines[-1]["transferred"], 0)
        listen = [*side("listener"), "--tls-name=sender"]
        self.migrated(*SMALL, *SENDER, "--max-bandwidth=20M", listen=listen)

    def test_name_of_the_address(self):
        for host in ("127.0.0.1", "localhost"):
            receiver, address = self.listen(*side("listener"), address=f"tcp:{host}:0")
            self.ended(self.connect(address, *SMALL, *side("sender")), 0)
            self.ended(receiver, 0)
        receiver, address = self.listen(*side("client"), address="tcp:127.0.0.1:0")
        _, message = self.ended(self.connect(address, *SMALL, *side("sender")), 1)
        self.assertIn("certificate", message)

    def test_refused(self):
        """Whoever is wrong, both say what is, and the receiver goes on waiting."""
        unknown = "the peer's certificate is no good: unable to get local issuer certificate"
        expired = "the peer's certificate is no good: certificate has expired"
        for sender, listener, told, heard in (
            ([*side("sender"), "--tls-name=nobody"], side("listener"),
             "the peer's certificate is not for 'nobody'", "the peer says: bad certificate"),
            ([*side("sender", "other"), "--tls-name=listener"], side("listener"),
             unknown, "the peer says: unknown CA"),
            ([*side("stranger"), "--tls-name=listener"], side("listener"),
             "the peer says: unknown CA", unknown),
            ([*side("expired"), "--tls-name=listener"], side("listener"),
             "the peer says: certificate expired", expired),
            (["--quiet"], side("listener"),
             "the peer speaks TLS, and this side does not", "the peer does not speak it"),
        ):  # fmt: skip
            receiver, address = self.listen(*listener)
            lines, message = self.ended(self.connect(address, *SMALL, *sender), 1)
            self.assertEqual(lines[-1]["status"], "failed")
            self.assertIn(told, message)
            self.ended(self.connect(address, *SMALL, *SENDER), 0)
            self.assertIn(f"xbz: TLS: {heard}; waiting for the sender", self.took(receiver))
        self.only_files("tls")

    def test_expired_listener(self):
        receiver, address = self.listen(*side("expired"))
        _, message = self.ended(self.connect(address, *SMALL, *SENDER), 1)
        self.assertIn("the peer's certificate is no good: certificate has expired", message)
        self.assertIsNone(receiver.poll())

    def test_receiver_without(self):
        receiver, address = self.listen("--output=image")
        _, message = self.ended(self.connect(address, *SMALL, *SENDER), 1)
        self.assertIn("TLS: the peer does not speak it", message)
        _, message = self.ended(receiver, 1)
        self.assertIn("the peer speaks TLS, and this side does not", message)
        self.only_files("tls")

    def test_files(self):
        for wrong, why in (
            (["--tls-cert=none"], "none: No such file or directory"),
            (["--tls-key=tls/ca.key"], "tls/ca.key: key values mismatch"),
            (["--tls-ca=tls/ca.key"], "tls/ca.key: no certificate"),
            (["--tls-name="], "the name of the peer is empty"),
        ):
            for args in (["--connect=unix:none", *SMALL], ["--listen=unix:link"]):
                done = self.xbz("migrate", *args, *SENDER, *wrong, status=1)
                self.assertIn(why, done.message)
        self.only_files("tls")

    def test_caller_that_says_nothing(self):
        receiver, address = self.listen(*side("listener"))
        with self.socket() as caller:
            caller.connect("link")
            caller.sendall(b"\x16\x03\x01")
        self.ended(self.connect(address, *SMALL, *SENDER), 0)
        self.assertIn("xbz: TLS: the connection was cut; waiting", self.took(receiver))

    def test_connection_is_lost(self):
        """Cut within a record; the next connection goes on where it was."""
        receiver, _ = self.listen("--output=image", *side("listener"))
        with self.socket() as server:
            server.bind("relay")
            server.listen()
            sender = self.connect("unix:relay", *ENDLESS, *SENDER, "--retry=2")
            for limit in (100, 700_001):
                self.relay(server, limit)
            self.xbz("control", "control", "set", "downtime-limit", str(WAIT * 1000))
            self.relay(server, None)
        lines, _ = self.ended_after_loss(sender)
        self.assertEqual(lines[-1]["restarts"], 1)
        _, message = self.ended_after_loss(receiver)
        self.assertEqual(message.count("waiting for the sender"), 2)
        self.assertEqual(os.path.getsize("image"), MIB)


if __name__ == "__main__":
    harness.main()

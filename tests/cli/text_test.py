#!/usr/bin/env -S python3 -B
# SPDX-License-Identifier: MIT OR Apache-2.0
"""Help, manual, completions, wrong usage, and what the reports say."""

import json
import re
import subprocess

import harness
import model

COMMANDS = ["encode", "decode", "inspect", "verify", "migrate", "control"]
MANUAL, BASH, ZSH = (harness.ROOT / "src/cli" / name for name in ("xbz.1", "xbz.bash", "xbz.zsh"))


class Help(harness.Case):
    def options(self, *command):
        """The (short, long) options that a help lists; not all are short too."""
        text = self.xbz(*command, "--help").stdout.decode()
        return set(re.findall(r"^  (?:(-\w), |    )(--[\w-]+)", text, re.M))

    def test_help(self):
        text = self.xbz("--help").stdout.decode()
        for word in (*COMMANDS, "Examples:", "Exit status:"):
            self.assertIn(word, text)
        for command in COMMANDS:
            text = self.xbz(command, "--help").stdout.decode()
            self.assertTrue(text.startswith(f"Usage: xbz {command} "))
            for word in (f"  xbz {command} ", "Exit status:", "\n  0 ", "\n  1 ", "\n  2 "):
                self.assertIn(word, text)
            self.assertEqual("\n  3  cancelled" in text, command == "migrate")
            self.assertLessEqual(max(map(len, text.splitlines())), 80)
            self.assertEqual(self.xbz(command, "-h").stdout.decode(), text)

    def test_version(self):
        done = self.xbz("--version")
        self.assertRegex(done.stdout.decode(), r"^xbz \d+\.\d+\.\d+\nbackend \w+\n$")
        version = done.stdout.decode().splitlines()[0]
        self.assertIn(f'"{version}"', MANUAL.read_text(encoding="utf-8"))

    def test_every_option_is_documented(self):
        manual = MANUAL.read_text(encoding="utf-8").replace("\\-", "-")
        zsh = ZSH.read_text(encoding="utf-8")
        everywhere = self.options()
        for command in COMMANDS:
            everywhere |= self.options(command)
        self.assertEqual(len(everywhere), 36)
        for short, long in everywhere:
            both, one = rf"'\({short} {long}\)'\{{{short},{long}=?\}}", rf"'{long}=?\["
            self.assertRegex(manual, rf'\.BR {short} ", " {long}\b' if short else rf"\.BR {long}\b")
            self.assertRegex(zsh, both if short else one)
        named = set(re.findall(r'^\.TP\n\.BR (?:-\w ", " )?(--[a-z-]+)', manual, re.M))
        self.assertEqual(named, {long for _, long in everywhere})

    def completions(self, *words):
        script = f"""source '{BASH}'; COMP_WORDS=({' '.join(words)} -); COMP_CWORD={len(words)}
            _xbz; printf '%s\\n' "${{COMPREPLY[@]}}" """
        done = subprocess.run(["bash", "-c", script], capture_output=True, check=True)
        return set(done.stdout.decode().split())

    def test_bash_completes_every_option(self):
        self.assertEqual(self.completions("xbz"), {long for _, long in self.options()})
        for command in COMMANDS:
            longs = {long for _, long in self.options(command)}
            self.assertEqual(self.completions("xbz", command), longs)

    def test_manual_is_sound(self):
        command = ["groff", "-man", "-ww", "-Tascii", "-P-c", "-P-bou", MANUAL]
        done = subprocess.run(command, capture_output=True, check=True)
        self.assertEqual(done.stderr, b"")
        self.assertIn(b"SYNOPSIS", done.stdout)


class Usage(harness.Case):
    def misused(self, *cases):
        """Each is wrong usage, told with these words; nothing is made."""
        for args, word in cases:
            done = subprocess.run([harness.XBZ, *args], capture_output=True, check=False)
            self.assertEqual(done.returncode, 2, args)
            self.assertIn(word, done.stderr.decode())
            self.assertEqual(done.stdout, b"")
            self.only_files("old", "new")

    def test_wrong_usage(self):
        self.pair(b"1", b"2")
        self.misused(
            ([], "Usage:"),
            (["frob"], "no command 'frob'"),
            (["--frob"], "no command '--frob'"),
            (["encode"], "expected OLD NEW -o DELTA"),
            (["encode", "old", "-o", "out"], "expected OLD NEW"),
            (["encode", "old", "new", "old", "-o", "out"], "expected OLD NEW"),
            (["encode", "old", "new"], "give -o"),
            (["encode", "old", "new", "-o"], "requires an argument"),
            (["encode", "--frob", "old", "new", "-o", "out"], "unrecognized option '--frob'"),
            (["encode", "-i", "old", "new", "-o", "out"], "invalid option -- 'i'"),
            (["encode", "-", "-", "-o", "out"], "only one input"),
            (["encode", "--json", "old", "new", "-o", "-"], "--json needs standard output"),
            (["decode", "old", "new"], "give -o"),
            (["decode", "old", "new", "-i", "-o", "out"], "not both"),
            (["decode", "-", "new", "-i"], "no place to write to"),
            (["verify", "old", "new"], "expected OLD DELTA NEW"),
            (["verify", "-", "-", "new"], "only one input"),
            (["inspect"], "expected DELTA"),
            (["inspect", "--page", "old"], "--page: not a number: 'old'"),
            (["inspect", "--page=-1", "old"], "--page: not a number: '-1'"),
        )

    def test_wrong_usage_of_migration(self):
        self.pair(b"1", b"2")
        self.misused(
            (["migrate"], "give --listen to receive, or --connect to send"),
            (["migrate", "--listen=unix:s", "--connect=unix:s"], "give --listen to receive, or"),
            (["migrate", "unix:s"], "expected {--listen=ADDR | --connect=ADDR}"),
            (["migrate", "--listen=unix:s", "--rate=1"], "--rate does not go with --listen"),
            (["migrate", "--listen=unix:s", "--json", "-o-"], "--json needs standard output"),
            (["migrate", "--connect=unix:s", "--wait=1"], "--wait does not go with --connect"),
            (["migrate", "--connect=unix:s"], "give --workload or --trace"),
            (["migrate", "--connect=unix:s", "--trace=t", "--seed=1"], "--seed does not go with"),
            (["migrate", "--connect=unix:s", "--workload=frob"], "no workload 'frob'"),
            (["migrate", "--connect=unix:s", "--workload=words", "--memory=5000"], "--memory is"),
            (["migrate", "--connect=unix:s", "--memory=1X"], "--memory: not a size: '1X'"),
            (["migrate", "--connect=unix:s", "--cache-ways=9"], "--cache-ways: not 1 to 8: 9"),
            (["migrate", "--connect=unix:s", "--workload=words", "--tracker=x"], "--tracker: not"),
            (["migrate", "--connect=unix:s", "--trace=t", "--tracker=auto"], "--tracker does not"),
            (["migrate", "--connect=tcp:s:1", "--tls-cert=c"], "-cert, --tls-key and --tls-ca go"),
            (["migrate", "--listen=unix:s", "--tls-key=k", "--tls-ca=a"], "--tls-ca go together"),
            (["migrate", "--listen=unix:s", "--tls-name=n"], "--tls-name goes with --tls-cert"),
            (["migrate", "--connect=unix:s", "--tls-cert=c", "--tls-key=k", "--tls-ca=a"],
             "unix:s says no name to expect: give --tls-name"),
            (["migrate", "--connect=unix:s", "--retry=-1"], "--retry: not a number: '-1'"),
            (["control"], "expected SOCKET {info | cancel | set NAME VALUE}"),
            (["control", "s"], "expected SOCKET"),
            (["control", "s", "frob"], "no request 'frob': there are info, cancel and set"),
            (["control", "s", "info", "now"], "info takes no 'now'"),
            (["control", "s", "cancel", "--json"], "--json goes with info"),
            (["control", "s", "set"], "set takes NAME VALUE"),
            (["control", "s", "set", "cache-size"], "set takes NAME VALUE"),
            (["control", "s", "set", "page", "1"], "no 'page' to set, but cache-size, max-band"),
            (["control", "s", "set", "cache-size", "1X"], "cache-size: not a size: '1X'"),
            (["control", "s", "set", "downtime-limit", "1s"], "not a number of milliseconds: '1s'"),
        )

    def test_page_sizes(self):
        self.pair(b"1" * 5000, b"2" * 5000)
        for text, size in (
            ("512", 512), ("1K", 1024), ("2k", 2048), ("8KiB", 8192), ("16kb", 16384),
            ("1M", 1 << 20), ("2MiB", 1 << 21), ("2048K", 1 << 21),
        ):
            done = self.xbz("encode", "-j", "-s", text, "old", "new", "-o", "delta")
            self.assertEqual(json.loads(done.stdout)["page_size"], size)
        for text in (
            "", "0", "1", "256", "511", "513", "4097", "3K", "4M", "1G", "-4096", "+4096", " 4096",
            "4096 ", "0x1000", "4KK", "4Ki", "4KiBs", "K", "4e3", "18446744073709555712",
            "18014398509481988K",
        ):
            done = self.xbz("encode", "-s", text, "old", "new", "-o", "delta", status=2)
            self.assertIn(f"'{text}'", done.message)


class Inspect(harness.Case):
    def setUp(self):
        super().setUp()
        self.old = b"a" * 512 + b"b" * 512 + b"c" * 512
        new = bytearray(self.old[:1024] + bytes(512) + b"d" * 8)
        new[512 + 5 : 512 + 7] = b"XY"
        new[512 + 511] = ord("Z")
        self.new = bytes(new)
        self.pair(self.old, self.new)
        self.xbz("encode", "-q", "-s512", "old", "new", "-o", "delta")

    def inspect(self, *args):
        return self.xbz("inspect", *args, "delta").stdout.decode()

    def test_text(self):
        rows = dict(
            (line.split()[0], line.split()[1:]) for line in self.inspect().splitlines() if line
        )
        size = len(model.container(self.old, self.new, 512)[0])
        self.assertEqual(rows["ratio"][0], f"{len(self.new) / size:.2f}")
        for kind in ("unchanged", "zero", "raw", "delta"):
            self.assertEqual(rows[kind][:2], ["1", "25.0"])
        self.assertEqual(rows["total"], ["4", "100.0", str(size), "100.0"])
        self.assertIn("2.0 runs of 1.5 changed bytes", self.inspect())

    def test_json(self):
        report = json.loads(self.inspect("--json"))
        self.assertEqual((report["runs"], report["changed"]), (2, 3))
        self.assertEqual(report["delta_sizes"], [{"from": 8, "to": 15, "pages": 1}])
        self.assertEqual(report["run_counts"], [{"from": 2, "to": 3, "pages": 1}])
        framing = 16 + 32 + 88
        kinds = [report["pages"][k]["bytes"] for k in ("unchanged", "zero", "raw", "delta")]
        self.assertEqual(sum(kinds) + framing, report["delta"]["bytes"])

    def test_list(self):
        lines = self.inspect("--list").splitlines()
        self.assertEqual([line.split() for line in lines[1:4]], [
            ["1", "delta", "8", "2", "3"], ["2", "zero", "0"], ["3", "raw", "8"],
        ])
        report = json.loads(self.inspect("--list", "--json"))
        self.assertEqual([page["page"] for page in report["list"]], [1, 2, 3])
        self.assertEqual(
            report["list"][0], {"page": 1, "kind": "delta", "bytes": 8, "runs": 2, "changed": 3}
        )
        self.xbz("encode", "-q", "old", "old", "-o", "delta")
        self.assertEqual(json.loads(self.inspect("--list", "--json"))["list"], [])

    def test_page(self):
        text = self.inspect("--page=1")
        rows = [line.split()[1] for line in text.splitlines() if re.match(r" +\d+  [.+#]+$", line)]
        page = zip(self.old[512:], self.new[512:1024])
        picture = "".join("#" if a != b else "." for a, b in page)
        self.assertEqual("".join(rows), picture)
        self.assertRegex(text, r"(?m)^ +5 +5 +2  58 59$")
        self.assertRegex(text, r"(?m)^ +511 +504 +1  5a$")
        page = json.loads(self.inspect("-j", "-p1"))["page"]
        self.assertEqual(page["run_list"], [
            {"offset": 5, "equal": 5, "changed": 2}, {"offset": 511, "equal": 504, "changed": 1},
        ])
        for number, kind in ((0, "unchanged"), (2, "zero"), (3, "raw")):
            self.assertIn(kind, self.inspect(f"--page={number}"))
            self.assertEqual(json.loads(self.inspect("-j", f"-p{number}"))["page"]["kind"], kind)
        done = self.xbz("inspect", "--page=4", "delta", status=1)
        self.assertIn("there is no page 4 among 4", done.message)

    def test_map_of_a_large_page(self):
        """A sign for several bytes: '+' where only some of them changed."""
        self.pair(bytes(4096), b"\1" * 4 + bytes(2) + b"\1" + bytes(4089))
        self.xbz("encode", "-q", "old", "new", "-o", "delta")
        row = re.search(r"(?m)^ +0  ([.+#]+)$", self.inspect("--page=0"))
        self.assertEqual(row[1], "#+" + "." * 62)

    def test_empty_image(self):
        self.pair(b"", b"")
        self.xbz("encode", "-q", "old", "new", "-o", "delta")
        self.assertIn("total", self.inspect())
        report = json.loads(self.inspect("--json"))
        self.assertEqual((report["ratio"], report["pages"]["total"]), (0.0, 0))

    def test_summary(self):
        done = self.xbz("verify", "old", "delta", "new")
        self.assertIn(b"pages: 1 unchanged, 1 zero, 1 delta, 1 raw", done.stderr)
        self.assertEqual(done.stdout, b"")
        done = self.xbz("verify", "--json", "old", "delta", "new")
        self.assertEqual(done.stderr, b"")
        self.assertGreater(json.loads(done.stdout)["bytes_per_second"], 0)


if __name__ == "__main__":
    harness.main()

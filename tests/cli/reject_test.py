#!/usr/bin/env -S python3 -B
# SPDX-License-Identifier: MIT OR Apache-2.0
"""Whatever is wrong with the data: exit 1, where and why, outputs untouched."""

import os
import re
from pathlib import Path

import harness
import model

OLD = b"a" * 512 + b"b" * 512 + b"c" * 512
NEW = b"a" * 512 + b"b" * 5 + b"X" + b"b" * 506 + bytes(512) + b"d" * 8
SPEC = Path("spec/CONTAINER.md").read_text(encoding="utf-8")
VARIANTS = re.compile(r"^\| (cut to \d+ bytes|`\d+:.*?`) \| (\d+) \| \[(D-\d+)\] \|$", re.M)
PAYLOADS = re.compile(r"^\| (`[0-9a-f ]+`|\(none\)) \| (\d+) \| \[(D-\d+)\] \|", re.M)
RULES = re.compile(r"\[(D-\d+)\]")


def example():
    """The bytes of the worked example, as the text shows them."""
    lines = re.findall(r"^[0-9a-f]{4}  ([0-9a-f ]+)$", SPEC, re.M)
    return bytes.fromhex(" ".join(lines))


def variant(change):
    data = bytearray(example())
    cut = re.fullmatch(r"cut to (\d+) bytes", change)
    if cut:
        return bytes(data[: int(cut[1])])
    for at, value in re.findall(r"`(\d+): ([0-9a-f ]+)`", change):
        new = bytes.fromhex(value)
        data[int(at) : int(at) + len(new)] = new
    return bytes(data)


def with_payload(cell):
    payload = b"" if cell == "(none)" else bytes.fromhex(cell.strip("`"))
    old_span = model.padded(OLD, 0, len(NEW))
    return model.header(512) + model.block(0, old_span, payload) + model.trailer(OLD, NEW)


class Reject(harness.Case):
    def setUp(self):
        super().setUp()
        self.pair(OLD, NEW)
        Path("kept").write_bytes(b"what was there")

    def untouched(self, *more):
        self.assertEqual(Path("kept").read_bytes(), b"what was there")
        self.assertEqual(Path("old").read_bytes(), OLD)
        self.only_files("old", "new", "kept", *more)

    def rejected(self, data, commands=("decode",)):
        """Every command that reads the container says the same of it."""
        Path("delta").write_bytes(data)
        calls = {
            "decode": ["decode", "-q", "old", "delta", "-o", "kept"],
            "in-place": ["decode", "-q", "old", "delta", "--in-place"],
            "inspect": ["inspect", "delta"],
            "verify": ["verify", "old", "delta", "new"],
        }
        messages = {self.xbz(*calls[name], status=1).message for name in commands}
        self.untouched("delta")
        self.assertEqual(len(messages), 1, messages)
        message = messages.pop()
        self.assertRegex(message, r"^xbz: \w+: .*offset \d+.* \[D-\d+\]\n$")
        return message

    def test_example(self):
        self.xbz("encode", "-q", "-s512", "old", "new", "-o", "delta")
        self.assertEqual(Path("delta").read_bytes(), example())
        self.assertEqual(example(), model.container(OLD, NEW, 512)[0])

    def test_every_rule(self):
        """The rejections of the text: by the rule, at the offset it tells."""
        rows = [(variant(a), b, c) for a, b, c in VARIANTS.findall(SPEC)]
        rows += [(with_payload(a), b, c) for a, b, c in PAYLOADS.findall(SPEC)]
        self.assertGreater(len(rows), 30)
        everywhere = ("decode", "in-place", "inspect", "verify")
        for data, offset, rule in rows:
            with self.subTest(rule=rule, data=data.hex(" ")):
                result_only = rule == "D-47"
                commands = ("decode", "in-place") if result_only else everywhere
                message = self.rejected(data, commands)
                self.assertIn(f"delta: at offset {offset}: ", message)
                self.assertIn(f"[{rule}]", message)
        shown = {rule for _, _, rule in rows} | {"D-28", "D-45", "D-46"}
        source = harness.ROOT / "src/host"
        cited = {r for f in source.glob("*.c") for r in re.findall(r'"(D-\d+)"', f.read_text())}
        self.assertLessEqual(cited, shown)

    def test_truncation_at_every_byte(self):
        data = example()
        for length in range(len(data)):
            with self.subTest(length=length):
                message = self.rejected(data[:length])
                self.assertIn(f"at offset {length}: ", message)
                self.assertIn("[D-10]", message)

    def test_every_bit_flip(self):
        data = example()
        for bit in range(8 * len(data)):
            with self.subTest(bit=bit):
                flipped = bytearray(data)
                flipped[bit // 8] ^= 1 << bit % 8
                message = self.rejected(bytes(flipped))
                # Damage is found in the part that it is in.
                part = max(at for at in (0, 16, 63) if at <= bit // 8)
                self.assertIn(f"at offset {part}: ", message)

    def test_blocks_out_of_order(self):
        """[D-26] Sound blocks, one dropped, doubled or swapped."""
        span = bytes(model.SPAN)
        pages = model.tag(model.UNCHANGED, model.SPAN // 4096)
        blocks = [model.block(i * model.SPAN, span, pages) for i in range(3)]
        Path("old").write_bytes(b"")
        for order in ([1], [0, 0], [0, 2], [1, 0]):
            body = b"".join(blocks[i] for i in order)
            Path("delta").write_bytes(model.header(4096) + body)
            done = self.xbz("decode", "old", "delta", "-o", "kept", status=1)
            self.assertIn("[D-26]", done.message)

    def test_wrong_old_image(self):
        Path("delta").write_bytes(example())
        wrong = {
            "D-28": [OLD[:600] + b"?" + OLD[601:], b"", OLD[:-1], OLD * 2],
            "D-45": [OLD + b"\0", OLD + bytes(8), OLD + bytes(8) + b"more"],
        }
        for rule, images in wrong.items():
            for image in images:
                Path("wrong").write_bytes(image)
                done = self.xbz("decode", "wrong", "delta", "-o", "kept", status=1)
                self.assertRegex(done.message, rf"wrong: wrong old image: .*offset.*\[{rule}\]")
                self.xbz("decode", "wrong", "delta", "--in-place", status=1)
                self.assertEqual(Path("wrong").read_bytes(), image)
                done = self.xbz("verify", "wrong", "delta", "new", status=1)
                self.assertIn(f"[{rule}]", done.message)
                self.untouched("delta", "wrong")

    def test_wrong_end_of_old_image(self):
        """[D-46] A difference after the end of the new image."""
        Path("longer").write_bytes(OLD)
        Path("new").write_bytes(NEW[:512])
        self.xbz("encode", "-q", "longer", "new", "-o", "delta")
        Path("longer").write_bytes(OLD[:-1] + b"?")
        done = self.xbz("decode", "longer", "delta", "-o", "kept", status=1)
        self.assertRegex(done.message, r"longer: wrong old image: .*offset.*\[D-46\]")
        self.untouched("delta", "longer")

    def test_nothing_of_a_bad_block_gets_out(self):
        """On standard output too, where nothing can be taken back."""
        for data in (variant("`52: 59`"), with_payload("`04 0b 05 00 08`")):
            done = self.xbz("decode", "old", "-", "-o", "-", input=data, status=1)
            self.assertEqual(done.stdout, b"")
        done = self.xbz("decode", "-", "new", "-o", "-", input=OLD, status=1)
        self.assertEqual(done.stdout, b"")

    def test_verify_finds_the_difference(self):
        Path("delta").write_bytes(example())
        cases = [
            (NEW[:700] + b"?" + NEW[701:], 700, "differs"),
            (NEW[:700], 700, "ends before"),
            (b"", 0, "ends before"),
            (NEW + b"?", len(NEW), "goes on after"),
        ]
        for image, offset, word in cases:
            Path("new").write_bytes(image)
            done = self.xbz("verify", "old", "delta", "new", status=1)
            self.assertIn(f"new: at offset {offset}: {word}", done.message)

    def test_no_trust_in_lengths(self):
        """A container of 48 bytes that claims 4 MiB of payload."""
        head = model.header(512)
        block = model.block(0, bytes(model.SPAN), bytes(model.SPAN))
        message = self.rejected(head + block[:32])
        self.assertIn("at offset 48: ", message)


if __name__ == "__main__":
    assert os.path.exists("src/host/reader.c"), "run this in the repository's root"
    harness.main()

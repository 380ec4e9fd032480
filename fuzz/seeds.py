#!/usr/bin/env python3
# SPDX-License-Identifier: MIT OR Apache-2.0
"""Make raw seeds of what the project has: corpus/{accept,encode,golden,reject}
and the examples of spec/CONTAINER.md. They are many and alike: minimise.sh
keeps those that reach something of their own.

    seeds.py FOLDER KEPT   writes FOLDER/TARGET/..., and KEPT/TARGET/... with those
                           few that show what coverage does not
"""

import hashlib
import lzma
import pathlib
import re
import struct
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
PAGE = bytes(2) + b"\xfa"  # what fuzz.h reads as a page of 4096 bytes


def page_of(length):
    """The steering bytes for a page of this length."""
    kind = 0 if length <= 64 else 7 if length <= 600 else 255
    return struct.pack("<H", length - 1) + bytes([kind])


def inputs():
    """Well-formed and other inputs for a page of 4096 bytes."""
    for folder in "accept", "reject":
        for path in sorted((ROOT / "corpus" / folder).glob("*.bin")):
            yield path.read_bytes()


def triples():
    """Encodings of real pages, the shorter ones: they say as much."""
    packed = ROOT / "corpus/golden/qemu_triples.xbzt.xz"
    data = memoryview(lzma.decompress(packed.read_bytes()))
    at = 12
    for _ in range(struct.unpack(">I", data[8:12])[0]):
        (length,) = struct.unpack(">H", data[at : at + 2])
        at += 2
        for _ in range(2):
            at += 1 + data[at]
        at += 8 + 2 * 4096
        if length <= 400:
            yield bytes(data[at : at + length])
        at += length


def words(text):
    """HH or HH*n, to bytes."""
    out = b""
    for word in text.split():
        byte, _, count = word.partition("*")
        out += bytes([int(byte, 16)]) * int(count or 1)
    return out


def pairs():
    """(encoding, length of the page) of corpus/encode."""
    text = (ROOT / "corpus/encode/pairs.txt").read_text(encoding="utf-8")
    found = re.findall(r"^old (.*)\n(?:.*\n)*?encoding ?(.*)$", text, re.M)
    for old, encoding in found:
        yield words(encoding), len(words(old))


def container():
    """The worked example, and payloads of records."""
    text = (ROOT / "spec/CONTAINER.md").read_text(encoding="utf-8")
    dump = re.findall(r"^[0-9a-f]{4}  ((?:[0-9a-f]{2} ?)+)$", text, re.M)
    payloads = re.findall(r"^\| `([0-9a-f ]+)` \| \d+ \| \[D-", text, re.M)
    return words(" ".join(dump)), [words(payload) for payload in payloads]


# A non-zero run of length 0, after a short zero run.
NO_BYTES = b"\5\0\1\1" + b"\x1f\0\0\0"


def streams():
    for mode in b"\x00", b"\x80", b"\xff":
        for data in [*inputs(), *triples()]:
            for page in page_of(64), page_of(600), PAGE:
                yield data + page + mode
        for data, length in pairs():
            if length <= 17408:
                yield data + page_of(length) + mode
    for way in range(6):
        yield b"\x00\x01\xaa" + PAGE + bytes([way * 8 + 7])
    yield NO_BYTES


def variants(whole):
    """The rejected ones of the specification, with the checksums they have."""
    text = (ROOT / "spec/CONTAINER.md").read_text(encoding="utf-8")
    for row in re.findall(r"^\| (`\d+: .*?`) \| \d+ \|", text, re.M):
        data = bytearray(whole)
        for offset, new in re.findall(r"`(\d+): ([0-9a-f ]+)`", row):
            at, changed = int(offset), words(new)
            data[at : at + len(changed)] = changed
        yield bytes(data)


def block(span, offset, payload):
    """A block whose checksums are left to the target."""
    fields = struct.pack("<IQI", span, offset, len(payload))
    return b"PAGE" + fields + bytes(12) + payload


def two_blocks(whole):
    """The first spans 4 MiB, so that another may follow."""
    long, short = b"\x80\x80\x02", b"\x06" + bytes(512) + b"\x05" * 3
    blocks = block(1 << 22, 0, long) + block(2048, 1 << 22, short)
    return whole[:16] + blocks + whole[63:]


def containers():
    whole, payloads = container()
    old = struct.pack("<H", 1536)
    yield two_blocks(whole) + old + b"\x00\x01"
    for piece in 0, 1, 7:
        for mode in 0, 1, 4, 5:
            yield whole + old + bytes([piece, mode])
    for variant in variants(whole):
        yield variant + old + b"\x00\x00"
    for offset in range(len(whole)):
        yield whole[:offset] + old + b"\x00\x01"
    for payload in [whole[48:63], *payloads]:
        for size in 16, 17, 20, 255:
            yield payload + old + bytes([size, 3])


def operations():
    for setting in range(0, 80, 7):
        steps = [bytes([i % 40, i * 37 % 256, i * 11 % 256]) for i in range(200)]
        yield b"".join(steps) + bytes([5, setting * 3 % 32, setting])
    # Shapes: the exponent and the factor of page_len, ways and sets.
    shapes = [bytes([n % 32, 1, 3, n % 9, n // 8, 1]) for n in range(0, 256, 5)]
    shapes.append(bytes([63, 1, 0, 7, 29, 1]))
    for shape in shapes:
        yield shape + b"\x00\x00\x1c" + b"\x05\x09\x00"


def messages():
    """Messages of every kind and length, whole and not, for pages of 16 bytes."""
    for kind in range(5):
        for size in 0, 1, 3, 15, 16, 17:
            wire = struct.pack("<QBI", 5, kind, size) + b"\2\1\xff" + bytes(13)
            for length in 0, 12, 13, 13 + min(size, 16), len(wire):
                yield wire[:length] + bytes([0, kind, 15, 0])
    raw = struct.pack("<QBI", 5, 2, 16) + bytes(range(16))
    yield raw + bytes([30, 1, 15, 0])
    yield b"12" + raw + bytes([2, 1, 15, 0])
    yield bytes(range(16)) + bytes([0, 2, 15, 0])


def sessions():
    """Events of a session, each with its number twice over, in many orders."""
    for step in 7, 11, 23, 37, 89:
        for start in range(0, 256, 16):
            yield bytes((start + i * step) % 256 for i in range(600))
    enable, write, send, sync = (6, 5), (8, 3), (10, 0), (5, 0)
    for rare in range(8):
        events = [enable, *([write, send, sync] * 6), (6, rare), (9, 15), send]
        events += [(15, rare * 17), write, send, (6, 2), write, send, (14, 3)]
        yield bytes(byte for event in reversed(events) for byte in reversed(event))


def record(number, kind, body=b""):
    return struct.pack("<QBI", number, kind, len(body)) + body


def hello(pages=3, can=7, session=b"s" * 16, length=16, version=1):
    body = b"XBZMIGR\0" + session + struct.pack("<IIQQ", length, can, pages, 0)
    return record(version, 16, body)


# To the target: digests that it makes right, and nearly; a lost connection.
RIGHT, NEARLY, CUT = bytes(16), b"\1" + bytes(15), record(0, 255)
# A page of 16 times the byte 9, as zstd packs it.
PACKED = bytes.fromhex("28b52ffd 20 10 830000 09")


def whole_migrations():
    """From hello to commit, over one connection and over more."""
    pages = [record(0, 2, bytes(range(16))), record(1, 1), record(2, 27, PACKED)]
    again = [record(0, 26, bytes(8) + b"\3\1\xaa"), record(1, 2, b"\5" * 16)]
    deltas = [record(0, 3, b"\3\1\xaa"), record(2, 3, b"\x0f\1\7")]
    first, second = [*pages, record(1, 18)], [*again, record(2, 18)]
    equal, end = record(0, 20, 3 * RIGHT), record(3, 21)
    tail = [equal, end, record(3, 23)]
    yield [hello(), *first, *second, *tail]
    yield [hello(can=0), *pages[:2], record(1, 18), *tail]
    yield [hello(can=1), *pages[:2], *deltas, record(1, 18), *tail]
    yield [hello(), *first, CUT, hello(), *second, *tail, CUT, hello()]
    yield [hello(), *first, equal, end, CUT, hello(), *second, *tail]
    yield [hello(), *tail, CUT, hello(session=b"t" * 16)]
    yield [hello(), *first, record(17, 255), hello(pages=2), *first[:2], record(2, 21)]
    yield [hello(), equal, again[1], end]
    yield [hello(), record(0, 20, 2 * RIGHT + NEARLY), end]
    yield [hello(), record(1, 20, 2 * RIGHT), record(0, 20, RIGHT), *tail[1:]]
    yield [hello(), equal, end, record(0, 24)]
    yield [hello(pages=1, length=4096), record(0, 2, bytes(1024)), *tail]


def odd_records():
    """What a receiver rejects, and what ends a session."""
    yield [hello(), record(0, 24)]
    yield [hello(), record(0, 26, NEARLY[:8] + b"\3\1\xaa")]
    yield [hello(pages=4096, length=1), record(9, 1), record(12000, 254), record(1, 18)]
    for wrong in {"pages": 257}, {"length": 0}, {"pages": 0}, {"version": 2}:
        yield [hello(**wrong)]
    yield [hello().replace(b"X", b"Y")]
    yield [record(0, 25, b"no\x1b!")]
    for body in b"", bytes(1), bytes(15), bytes(16), bytes(17), bytes(48):
        for kind in range(30):
            yield [hello(), record(1, kind, body)]
    for number in 0, 3, 1 << 63:
        for kind, body in (1, b""), (18, b""), (20, RIGHT), (21, b""), (27, PACKED):
            yield [hello(), record(number, kind, body)]
    for text in b"\x80", b"\1\0", b"\x20\1\1", b"\0\5\1", b"\0\1\7\0\1\7":
        yield [hello(), record(2, 3, text)]


def migrations():
    """Connections of a sender to a receiver: whole ones and others."""
    for script in [*whole_migrations(), *odd_records()]:
        yield b"".join(script) + bytes(3)
    for steering in (1, 0, 0), (7, 3, 0), (0, 2, 0), (0, 5, 0), (0, 0, 1), (0, 0, 7):
        yield b"".join(next(whole_migrations())) + bytes(steering)


def moves():
    """Faults of every kind, here and there, with guests of every kind."""
    guests = (0, 0, 39, 4, 4, 6, 50, 0, 7), (0, 0, 63, 15, 7, 3, 255, 0, 8)
    guests += (0, 3, 7, 2, 5, 7, 0, 0, 9), (4, 0, 15, 5, 2, 4, 40, 0, 15)
    for guest in guests:
        yield bytes(reversed(guest))
        for kind in range(8):
            for at in 0, 3, 20, 61, 300:
                fault = [kind % 4 + (at > 20), kind, at // 256, at % 256, 1]
                yield bytes(reversed([*guest, *fault, *fault]))


def trace(*rounds):
    """A recording; a round is a list of (key, flags)."""
    out = struct.pack("<8sII112x", b"PGTRACE1", 4096, len(rounds))
    for number, records in enumerate(rounds):
        out += struct.pack("<4sII20x", b"RUND", number, len(records))
        out += b"".join(struct.pack("<QII", key, 9, flags) for key, flags in records)
        out += bytes(4096) * sum(flags & 5 == 1 for _, flags in records)
    return out


def traces():
    """Recordings, whole ones and others, read in pieces and not."""
    zeros = [(key * 3, 15) for key in range(300)]
    written = [(key * 3, 2) for key in range(0, 300, 7)]
    wholes = [
        trace([(5, 11)]),
        trace([(5, 11), (1 << 40, 15)], [(5, 2), (7, 9)], [(5, 3), (7, 6)]),
        trace(zeros, written, [], [(1, 15), (3, 6)]),
        trace([], []),
    ]
    for whole in wholes:
        yield whole + b"\0"
        yield whole + b"\x11"
        for length in 0, 100, 130, 170, len(whole) - 1:
            yield whole[:length] + b"\0"
    for records in [(1, 15), (1, 2)], [(1, 3)], [(1, 10)], [(1, 31)]:
        yield trace(records) + b"\0"
    yield trace([(1, 15)], [(1, 15)]) + b"\0"
    for at in 0, 8, 12, 128, 132, 139:
        damaged = bytearray(wholes[0])
        damaged[at] ^= 1
        yield bytes(damaged) + b"\0"


def requests():
    """What a client asks: in order, out of it, and too long."""
    names = "cache-size", "max-bandwidth", "downtime-limit", "cache-sizes", ""
    values = "0", "64M", "1 ", "-1", "5kib", "7Gb", "9KiBs", "3T", "18446744073709551616", ""
    values += "18446744073709551615", "18014398509481983K", "18014398509481984K"
    for name in names:
        for value in values:
            yield f"set {name} {value}\n\0".encode()
    for text in "info\n", "cancel\n", "set cache-size 5K\ninfo\ncancel\n", "set x\n\n", "info":
        yield text.encode() + b"\0"
        yield text.encode() + b"\xff"
    for length in 254, 255, 256, 300:
        yield b"a" * length + b"\ninfo\n\0"
    yield b"info\n" * 51 + b"a\0b\n\0"


def frame(*blocks, single=True):
    """A frame of Zstandard: raw blocks, and where a block is (byte, count) a run."""
    out = bytes.fromhex("28b52ffd0058")
    if single:
        size = sum(len(block) if isinstance(block, bytes) else block[1] for block in blocks)
        out = bytes.fromhex("28b52ffda0") + struct.pack("<I", size)
    for number, block in enumerate(blocks, 1):
        last = int(number == len(blocks))
        if isinstance(block, bytes):
            out += (len(block) << 3 | last).to_bytes(3, "little") + block
        else:
            out += (block[1] << 3 | 2 | last).to_bytes(3, "little") + bytes([block[0]])
    return out


def packed():
    """Files packed by Zstandard, of one frame and more, whole and not, and others."""
    traces_packed = (ROOT / "corpus/traces/postgresql.pgt.zst").read_bytes()
    whole = frame(b"PGTRACE1", (7, 9000), b"end")
    skipped = bytes.fromhex("502a4d18") + struct.pack("<I", 3) + b"abc"
    files = [b"", b"PGTRACE1" * 9, whole, whole + frame(b"x", single=False), PACKED]
    files += [whole + skipped + PACKED, skipped + whole, frame((0, 1 << 17)) * 3]
    files += [traces_packed[:3000], whole[:-1], whole[:7], whole + b"PG", whole + b"not one"]
    for file in files:
        for steering in b"\xff\xff\xff\xff", b"\0\0\0\0", b"\6\0\x40\0":
            yield file + steering


def numbers():
    for data in inputs():
        yield data[:16]
    for bit in range(32):
        yield struct.pack("<I", (1 << bit) - 1)


def long_runs():
    """Runs whose length takes three bytes, for each backend in turn: on a long
    page only one is tried. The bytes that change need not be there."""
    for run in b"\x00\x80\x80\x01", b"\x80\x80\x01\x01":
        for mode in range(6):
            yield run + page_of(17000) + bytes([mode])


def number(value):
    """A length of at most two bytes."""
    return bytes([value]) if value < 128 else bytes([value % 128 + 128, value // 128])


def dense_page(changes):
    """Two blocks of many runs, and where the one begins that crosses into the
    second: there bytes change or not. Where an encoder looks first few bytes change,
    so it does not look too long, and room ends while runs are written. A few runs
    are long."""
    data, at, crossing = b"", 0, 0
    begin = 3930 if changes else 3980  # after a long run, or a short one
    while at < 8192:
        zero, change = 1 + at % 3, 1 + at % 5
        if 200 < at % 512 < 230:
            zero, change = (128, 3) if at % 1024 > 512 else (3, 40)
        if begin < at < begin + 10:
            crossing = len(data)
            zero, change = (zero, 4100 - at - zero) if changes else (4100 - at, 9)
        if 60 < at < 130 or 4099 < at < 4160:
            zero, change = 4, 1
        data += number(zero) + number(change) + b"\5" * change
        at += zero + change
    return data, crossing


def uneven_page(begin, end, zero):
    """Three blocks with many runs where an encoder looks first, and from begin to end;
    elsewhere they are far apart."""
    data, at = b"", 0
    while at < 12288:
        gap = 4 if at < 200 or begin <= at < end else zero
        data += number(gap) + b"\1\5"
        at += gap + 1
    return data + page_of(12288)


def full_page(end):
    """Two blocks with many runs where an encoder looks; elsewhere each takes the 18
    bytes that are the most it writes for a short one. The last begins end bytes before
    the page ends, and all but reaches that."""
    data, zero, change = b"", 0, 0
    for at in range(8192 - end):
        many = at // 64 in (1, 64, 96) or at // 64 % 16 == 8
        changes = at < 8191 - end and (at % 5 == 0 if many else at % 17 > 0)
        if change > 0 and not changes:
            data += number(zero) + number(change) + b"\5" * change
            zero, change = 0, 0
        zero, change = zero + (not changes), change + changes
    return data + number(zero) + number(end - 1) + b"\5" * (end - 1)


def dense_pages():
    """For each backend in turn; in one mode room ends in the run that crosses. And
    what seems to have many runs, but has not everywhere, or nowhere else."""
    data, crossing = dense_page(True)
    rooms = {mode: mode * len(data) // 255 - crossing for mode in range(3, 255, 4)}
    ends = next(mode for mode, room in rooms.items() if 0 < room < 160)
    for mode in (*range(6), ends):
        yield data + page_of(8192) + bytes([mode])
    yield dense_page(False)[0] + page_of(8192) + b"\2"
    for end, mode in (14, 103), (15, 131), (16, 163), (17, 195):
        yield full_page(end) + page_of(8192) + bytes([mode])
    for begin, end, zero in (2800, 9400, 600), (2800, 9400, 200), (0, 0, 600):
        yield uneven_page(begin, end, zero) + b"\2"


def near_misses():
    """To a receiver: what is wrong by one, or where few would look."""
    for bit in range(0, 128, 9):
        digest = bytes([1, bit]) + bytes(14)
        yield b"".join([hello(), record(0, 20, 2 * RIGHT + digest), record(3, 21)])
    for message in record(3, 1), record(3, 2, RIGHT), record(3, 27, PACKED), record(3, 20, RIGHT):
        yield hello() + message
    for other in hello(length=15), hello(length=17), hello(pages=2), hello(pages=4):
        yield hello() + record(2, 2, RIGHT) + CUT + other + record(1, 1)


def hung_up():
    """What a sender said before it hung up: its second answer cannot be sent."""
    for words in record(0, 24), record(0, 25, b"no"), record(0, 1):
        yield hello() + record(1, 18) + words + bytes([0, 2, 0])


KEPT = {
    "encode": lambda: (*long_runs(), *dense_pages()),
    "migrate": lambda: (*(script + bytes(3) for script in near_misses()), *hung_up()),
    "round_trip": long_runs,
}
MAKERS = {
    "apply": containers,
    "cache": operations,
    "container": containers,
    "control": requests,
    "decode": streams,
    "diff": streams,
    "encode": streams,
    "message": messages,
    "migrate": migrations,
    "move": moves,
    "round_trip": streams,
    "session": sessions,
    "trace": traces,
    "uleb128": numbers,
    "unzstd": packed,
}


def write(folder, makers):
    for target, make in makers.items():
        place = pathlib.Path(folder) / target
        place.mkdir(parents=True, exist_ok=True)
        for data in make():
            (place / hashlib.sha1(data).hexdigest()).write_bytes(data)
        print(f"{target}: {len(list(place.iterdir()))} seeds")


def main(folder, kept):
    write(folder, MAKERS)
    write(kept, KEPT)


if __name__ == "__main__":
    main(*sys.argv[1:])

# SPDX-License-Identifier: MIT OR Apache-2.0
"""The delta container, written from spec/CONTAINER.md and spec/FORMAT.md alone.

Slow and plain on purpose: an oracle for the command, which it shares no code
with.
"""

import hashlib
import struct
import zlib

MAGIC = b"\x89XBZ\r\n\x1a\n"
SPAN = 4194304
UNCHANGED, ZERO, RAW, DELTA = range(4)


def number(value):
    """[F-4] The shortest form of a number."""
    out = bytearray()
    while value >= 128:
        out.append(value % 128 + 128)
        value //= 128
    out.append(value)
    return bytes(out)


def page_delta(old, new):
    """The canonical encoding of one page."""
    out = bytearray()
    start = 0
    while start < len(new):
        first = start
        while first < len(new) and old[first] == new[first]:
            first += 1
        if first == len(new):
            break
        end = first
        while end < len(new) and old[end] != new[end]:
            end += 1
        out += number(first - start) + number(end - first) + new[first:end]
        start = end
    return bytes(out)


def tag(kind, count):
    """[D-30] A record tag."""
    return number(count * 4 + kind)


def sealed(part):
    """[D-2] A fixed-size part, closed by its checksum."""
    return part + struct.pack("<I", zlib.crc32(part))


def header(page_size, version=1, reserved=0):
    shift = page_size.bit_length() - 1
    return sealed(MAGIC + struct.pack("<HBB", version, shift, reserved))


def block(offset, old_span, payload, span=None, magic=b"PAGE"):
    span = len(old_span) if span is None else span
    fields = (span, offset, len(payload), zlib.crc32(payload), zlib.crc32(old_span))
    return sealed(magic + struct.pack("<IQIII", *fields)) + payload


def trailer(old, new):
    digests = hashlib.sha256(old).digest() + hashlib.sha256(new).digest()
    return sealed(b"DONE" + struct.pack("<QQ", len(old), len(new)) + digests)


def classify(old, new):
    """[D-39] How a writer records one page: kind, and the delta if it is one."""
    if old == new:
        return UNCHANGED, b""
    if not any(new):
        return ZERO, b""
    delta = page_delta(old, new)
    if len(delta) + len(tag(DELTA, len(new))) < len(new):
        return DELTA, delta
    return RAW, b""


def payload_of(old_span, new_span, page_size):
    """The records of a span; also the number of pages of each kind."""
    out, pages, run = bytearray(), [0] * 4, []

    def flush():
        if run:
            out.extend(tag(run[0][0], len(run)))
            if run[0][0] == RAW:
                out.extend(b"".join(page for _, page in run))
            run.clear()

    for at in range(0, len(new_span), page_size):
        page = new_span[at : at + page_size]
        kind, delta = classify(old_span[at : at + page_size], page)
        pages[kind] += 1
        if run and run[0][0] != kind or kind == DELTA:
            flush()
        if kind == DELTA:
            out.extend(tag(kind, len(delta)) + delta)
        else:
            run.append((kind, page))
    flush()
    return bytes(out), pages


def padded(image, start, length):
    return image[start : start + length].ljust(length, b"\0")


def container(old, new, page_size):
    """The one container a writer makes; also its pages by kind."""
    parts, pages = [header(page_size)], [0] * 4
    for at in range(0, len(new), SPAN):
        new_span = new[at : at + SPAN]
        old_span = padded(old, at, len(new_span))
        payload, counts = payload_of(old_span, new_span, page_size)
        parts.append(block(at, old_span, payload))
        pages = [a + b for a, b in zip(pages, counts)]
    return b"".join(parts) + trailer(old, new), pages

# SPDX-License-Identifier: MIT OR Apache-2.0
"""What a file declares, read from Frama-C's own normalised print of it."""

import functools
import glob
import itertools
import re
import subprocess
import tempfile
from dataclasses import dataclass, field

from . import framac

ANNOTATION = re.compile(r"/\*@(.*?)\*/", re.DOTALL)
# Parameters that only proofs see.
GHOSTS = re.compile(r"\s*/\*@ ghost \(.*?\) \*/", re.DOTALL)
# A function's head in column 0, its annotation (if any) on the line before it.
FUNCTION = re.compile(
    r"^(?:@(\d+)@\n)?(?!typedef\b)\w[\w *\n]*?\b(\w+)\([^;{]*?\)\s*([;{])",
    re.MULTILINE)
GLOBAL = re.compile(
    r"^\s*(?:(?:admit|check) )?"
    r"(?:lemma|logic|predicate|axiomatic|axiom|inductive|type)\b",
    re.MULTILINE)
LEMMA = re.compile(r"\s*lemma (\w+)")
# What would make a goal true without a proof.
TRUSTING = re.compile(r"\b(admit|axiomatic|axiom|inductive)\b")


@dataclass
class Source:
    """One file as Frama-C sees it, headers included."""
    contracts: dict = field(default_factory=dict)  # function: contract or None
    defined: list = field(default_factory=list)    # functions whose body is in it
    lemmas: dict = field(default_factory=dict)     # name: text, in order
    trusting: list = field(default_factory=list)   # annotations that admit


def squeeze(text):
    return " ".join(text.split())


def global_items(annotation):
    """The lemmas and definitions in one annotation."""
    starts = [match.start() for match in GLOBAL.finditer(annotation)]
    return [squeeze(annotation[start:end])
            for start, end in zip(starts, starts[1:] + [len(annotation)])]


def parse_functions(source, text, annotations):
    for number, name, end in FUNCTION.findall(text):
        contract = annotations[int(number)] if number else ""
        if GLOBAL.search(contract):
            contract = ""
        if contract or name not in source.contracts:
            source.contracts[name] = squeeze(contract)
        if end == "{":
            source.defined.append(name)


def parse(text):
    source = Source()
    text = GHOSTS.sub("", text)
    annotations = ANNOTATION.findall(text)
    numbers = itertools.count()
    parse_functions(source, ANNOTATION.sub(lambda _: f"@{next(numbers)}@", text),
                    annotations)
    for annotation in annotations:
        if TRUSTING.search(annotation):
            source.trusting.append(squeeze(annotation))
        for item in global_items(annotation):
            match = LEMMA.match(item)
            if match:
                source.lemmas[match[1]] = item
    return source


def writes(text, name):
    """Whether text has the body of the function name."""
    return re.search(rf"\b{name}\([^;{{]*?\)\s*{{", text)


def program(path):
    """The text of a file, annotations gone."""
    with open(path, encoding="utf-8") as file:
        return ANNOTATION.sub("", file.read())


@functools.lru_cache(maxsize=None)
def programs():
    """That of every file that another may include."""
    return "\n".join(program(path) for folder in ("src", "proofs")
                     for path in glob.glob(f"{folder}/**/*.[ch]",
                                           recursive=True))


def read(path):
    with tempfile.TemporaryDirectory(prefix="xbz-print-") as folder:
        status, output = framac.run_frama_c(
            framac.parse_options(path) +
            ["-no-unicode", "-kernel-verbose", "0", "-print",
             "-remove-unused-specified-functions",
             framac.compilable(path, folder)], folder, 60)
    if status != 0:
        raise SystemExit(f"{path}: frama-c cannot read it\n{output}")
    source = parse(output)
    text = program(path)
    # Not those of a file that it includes: they are another unit's. Those whose
    # names a macro makes are written down nowhere.
    source.defined = [name for name in source.defined
                      if writes(text, name) or not writes(programs(), name)]
    return source


def own_functions(path, what):
    """The functions that proving path is about; none when it is about lemmas."""
    return [] if what == framac.LEMMAS else read(path).defined


def compiler(path):
    """The one that can read a file."""
    return "aarch64-linux-gnu-gcc" if path in framac.ARM else "gcc"


def preprocessed(path, *definitions):
    """The program that a compiler sees, a word after the other, annotations and
    hints gone: of pragmas that alone which unrolls a loop."""
    text = subprocess.run(
        [compiler(path), "-E", "-P", "-std=c99", "-D__attribute__(x)=",
         "-D__builtin_expect(x, expected)=(x)",
         "-D__builtin_prefetch(address, ...)=(void)(address)", *definitions, path],
        check=True, capture_output=True, text=True).stdout
    return re.sub(r"^ *#pragma GCC unroll \d+$", "", text, flags=re.M).split()

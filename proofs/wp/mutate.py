# SPDX-License-Identifier: MIT OR Apache-2.0
"""Makes mutants of a file by small replacements and shows those that no proof
kills: each is an equivalent program or a weakness of a contract.

  python3 -m proofs.wp.mutate FILE [FUNCTION...]          run them
  python3 -m proofs.wp.mutate --list FILE [FUNCTION...]   only show them
"""

import argparse
import collections
import re
import sys

from . import mutant, mutants

# What is looked for, and what takes its place.
REPLACEMENTS = [
    (r" < ", [" <= ", " > "]),
    (r" <= ", [" < ", " >= "]),
    (r" > ", [" >= ", " < "]),
    (r" >= ", [" > ", " <= "]),
    (r" == ", [" != "]),
    (r" != ", [" == "]),
    (r" && ", [" || "]),
    (r" \|\| ", [" && "]),
    (r" \+ ", [" - "]),
    (r" - ", [" + "]),
    (r" \* ", [" + "]),
    (r" / ", [" % "]),
    (r" % ", [" / "]),
    (r" \+= ", [" -= ", " = "]),
    (r"\+\+", ["--", ""]),
    (r"--", ["++"]),
    (r"\bold_page\b", ["new_page"]),
    (r"\bnew_page\b", ["old_page"]),
    (r"(?<=[ (])!(?=\w)", [""]),
    (r"^( *)(?!return|for|while|\w+ \w)[^=({]+(=|\()[^{}]*;$", [r"\1;"]),
    (r"^( *)return .*;$", [r"\1;", r"\1return 0;"]),
]
NUMBER = re.compile(r"(?<![\w.])(\d+)(u?)(?![\w.])")
STATUS = re.compile(r"\bXBZ_(?:OK|UNCHANGED|NO_FIT|E_\w+)\b(?=;)")
FUNCTION = re.compile(r"^(?!\s|#|/|typedef\b)[^;{}()=]*?\b(\w+)\([^;{}]*\)\s*\{",
                      re.MULTILINE)


def bodies(text):
    """The functions of a file: (name, start, end of the body)."""
    for match in FUNCTION.finditer(text):
        yield match[1], match.end(), text.index("\n}", match.end())


def blank_comments(text):
    """text with comments and annotations blanked out, lengths kept."""
    return re.sub(r"/\*.*?\*/|//[^\n]*",
                  lambda match: re.sub(r"[^\n]", " ", match[0]), text,
                  flags=re.DOTALL)


def line_variants(line):
    """The lines that line may become."""
    for pattern, results in REPLACEMENTS:
        for match in re.finditer(pattern, line):
            for result in results:
                yield line[:match.start()] + match.expand(result) + \
                    line[match.end():]
    for match in NUMBER.finditer(line):
        for value in {int(match[1]) + 1, max(int(match[1]) - 1, 0)}:
            yield f"{line[:match.start()]}{value}{match[2]}{line[match.end():]}"
    for match in STATUS.finditer(line):
        for status in ("XBZ_OK", "XBZ_E_LENGTH", "XBZ_NO_FIT"):
            yield line[:match.start()] + status + line[match.end():]


def unique(text, start, end):
    """The start of the shortest run of lines to end that is there once."""
    while text.count(text[start:end]) > 1:
        start = text.rindex("\n", 0, start - 1) + 1
    return start


def generate(path):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    code = blank_comments(text)
    for function, start, end in bodies(code):
        while start < end:
            stop = code.index("\n", start)
            line = code[start:stop]
            first = unique(text, start, stop) if line.strip() else start
            for number, variant in enumerate(dict.fromkeys(line_variants(line))):
                if variant != line:
                    yield mutant.Mutant(
                        f"{text.count(chr(10), 0, start) + 1}.{number}", path,
                        function, "", text[first:stop], text[first:start] + variant)
            start = stop + 1


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--list", action="store_true")
    parser.add_argument("file")
    parser.add_argument("function", nargs="*")
    args = parser.parse_args()
    verdicts = collections.Counter()
    for group in mutants.by_clause(generate(args.file)):
        if args.function and group[0].function not in args.function:
            continue
        if args.list:
            for each in group:
                print(f"{each.name:<8} {each.replacement.splitlines()[-1]}")
        else:
            verdicts += mutants.run_group(group)
    print(", ".join(f"{count} {verdict}" for verdict, count in verdicts.items()))
    return 1 if verdicts[mutant.ALIVE] else 0


if __name__ == "__main__":
    sys.exit(main())

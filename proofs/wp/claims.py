# SPDX-License-Identifier: MIT OR Apache-2.0
"""The ledger of claims, proofs/CLAIMS.tsv: which property of which function is
proved, by how many goals. A claim that vanishes, appears or changes shows as a
difference.

  bazel run //proofs:claims              show the differences
  bazel run //proofs:claims -- --update  write the ledger anew
  python3 -m proofs.wp.claims --update encode
"""

import argparse
import collections
import difflib
import os
import re
import sys

from . import framac, source, units

LEDGER = os.path.join(framac.FOLDER, "CLAIMS.tsv")
HEADER = "source\tfunction\tproperty\tgoals"
UPDATE = "bazel run //proofs:claims -- --update"

KINDS = {
    "loop_invariant": "loop invariant", "loop_assigns": "loop assigns",
    "loop_variant": "loop variant", "variant": "decreases",
    "assert_rte": "no", "assert": "assert", "ensures": "ensures",
    "assigns": "assigns", "terminates": "terminates", "exits": "exits",
    "complete": "complete", "disjoint": "disjoint", "requires": "requires",
    "check": "check", "call": "call",
}
KIND = re.compile(r"(?:(?P<behaviour>\w+?)_)??(?P<kind>" +
                  "|".join(KINDS) + r")(?:_(?P<name>\w+))?$")
CALL = re.compile(r"(?P<callee>\w+?)_requires(?:_(?P<name>\w+))?$")


def claim(function, name):
    """WP's name of a property as words: 'ensures status'."""
    name = re.sub(r"(_\d+)+$", "", name)
    if name.startswith("lemma_"):
        return "lemma " + name[len("lemma_"):]
    if not name.startswith(function + "_"):
        match = CALL.match(name)
        if match:
            return " ".join(["call", match["callee"], match["name"] or ""]).strip()
        return name
    match = KIND.match(name[len(function) + 1:])
    if not match:
        return name
    words = [KINDS[match["kind"]], match["name"] or ""]
    if match["behaviour"]:
        words.append(f"({match['behaviour']})")
    return " ".join(word for word in words if word)


def rows(source, goals):
    """The ledger's rows for the goals of one run."""
    counts = collections.Counter()
    for (function, name), (count, _) in goals.items():
        counts[function or "-", claim(function, name)] += count
    return sorted(f"{source}\t{function}\t{text}\t{count}"
                  for (function, text), count in counts.items())


def read():
    with open(LEDGER, encoding="utf-8") as file:
        lines = file.read().splitlines()
    if not lines or lines[0] != HEADER:
        raise SystemExit(f"{LEDGER}: the first line must be '{HEADER}'")
    return lines[1:]


def rows_of(unit, ledger):
    """The rows of the ledger that unit must prove."""
    def is_lemma(row):
        return row.split("\t")[2].startswith("lemma ")
    return [row for row in ledger
            if row.split("\t")[0] == unit.source and is_lemma(row) == (unit.what == framac.LEMMAS)]


def difference(expected, found):
    """Lines that show how found differs from the ledger; none when equal."""
    lines = list(difflib.unified_diff(expected, found, "CLAIMS.tsv",
                                      "this run", lineterm="", n=0))
    return lines + [f"to accept this: {UPDATE}"] if lines else []


def state(unit):
    """The claims of unit, found without proving anything."""
    run = framac.prove(unit.source, unit.what, framac.COUNT,
                       source.own_functions(unit.source, unit.what))
    if run.status != 0:
        raise SystemExit("\n".join(run.messages))
    return rows(unit.source, run.goals)


def write(rows_now):
    """Write the ledger; a Bazel program sees a copy, the source tree counts."""
    root = os.environ.get("BUILD_WORKSPACE_DIRECTORY")
    path = os.path.join(root, "proofs/CLAIMS.tsv") if root else LEDGER
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join([HEADER] + rows_now) + "\n")
    print(f"{path}: {len(rows_now)} claims")


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--update", action="store_true")
    parser.add_argument("unit", nargs="*", help="only these units")
    args = parser.parse_args()
    chosen = [units.find(name) for name in args.unit] or units.all_units()
    ledger = read()
    looked_at = [row for unit in chosen for row in rows_of(unit, ledger)]
    kept = [row for row in ledger if args.unit and row not in looked_at]
    found = sorted(kept + [row for unit in chosen for row in state(unit)])
    if args.update:
        write(found)
        return 0
    lines = difference(ledger, found)
    print("\n".join(lines) if lines else f"{len(found)} claims, as in the ledger")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())

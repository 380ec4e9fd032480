# SPDX-License-Identifier: MIT OR Apache-2.0
"""What no single unit can see: that the units together leave nothing out and
trust nothing that is not proved.

  python3 -m proofs.wp.audit
"""

import glob
import graphlib
import re
import sys

from . import assumptions, claims, framac, source, units
from .framac import FUNCTIONS, LEMMAS

# Many files define a leaf of the same name, and a caller is proved for any.
LEAVES = "src/fast/*.h"
LEAF = re.compile(r"^static inline [\w *\n]*?\b(xbz_leaf_\w+)\([^;{]*\)\s*{",
                  re.MULTILINE)


def forgotten_files(listed):
    """Every file that must be proved is a unit."""
    for pattern in units.proved_patterns():
        for path in sorted(glob.glob(pattern)):
            if path not in listed:
                yield f"{path}: in no unit of proofs/units.bzl"


def forgotten_functions(path, seen, ledger):
    """Every function that a unit defines has claims in the ledger."""
    proved = {row.split("\t")[1] for row in ledger
              if row.split("\t")[0] == path}
    for name in seen.defined:
        if name not in proved:
            yield f"{path}: {name} is defined but not in the ledger"
        if not seen.contracts[name]:
            yield f"{path}: {name} has no contract"


def unproved_callees(path, seen, proved):
    """Every function that a unit declares is proved, or granted, and under the
    same contract as the one its callers rely on."""
    granted = assumptions.read(path)
    for name, contract in seen.contracts.items():
        if assumptions.callee(name) in granted:
            continue
        if name not in proved:
            yield f"{path}: {name} is declared but no unit defines it"
        elif contract != proved[name]:
            yield (f"{path}: {name} is proved under another contract\n"
                   f"  here:   {contract}\n  proved: {proved[name]}")


def unproved_leaves(path, proved):
    """Every leaf that a file defines is proved there, or granted to that file:
    that another file's leaf of this name is proved says nothing of it."""
    with open(path, encoding="utf-8") as file:
        missing = sorted(set(LEAF.findall(file.read())) - set(proved))
    wanted = {" ".join(["leaves", *missing])} if missing else set()
    granted = {text for text in assumptions.read(path)
               if text.startswith("leaves ")}
    for text in sorted(wanted - granted):
        yield f"{path}: neither proved there nor granted: {text}"
    for text in sorted(granted - wanted):
        yield f"{path}: granted in ASSUMPTIONS.tsv but not so: {text}"


def unproved_lemmas(path, seen, proved):
    for name, text in seen.lemmas.items():
        if name not in proved:
            yield f"{path}: lemma {name} is in no lemma unit"
        elif text != proved[name]:
            yield f"{path}: lemma {name} is proved as another text"


def circular_lemmas(sources, lemma_files):
    """A lemma is proved from all those before it in the file of its proof; no
    two may support each other."""
    order = graphlib.TopologicalSorter()
    for path in lemma_files:
        names = list(sources[path].lemmas)
        for name in framac.lemmas_in(path):
            order.add(name, *names[:names.index(name)])
    try:
        order.prepare()
    except graphlib.CycleError as error:
        yield f"lemmas that support each other: {' '.join(error.args[1])}"


def unseen_lemmas(proved):
    """Every lemma written down is proved, also where no file includes it."""
    for path in sorted(glob.glob("**/*.acsl", recursive=True)):
        for name in framac.lemmas_in(path):
            if name not in proved:
                yield f"{path}: lemma {name} is in no lemma unit"


def other_programs(path):
    """What is proved is what is compiled."""
    proved = "-D__FRAMAC__", f"-D{framac.proves(path)}"
    if source.preprocessed(path) != source.preprocessed(path, *proved):
        yield f"{path}: another program under __FRAMAC__, or where it is proved"


def unnamed(ledger):
    for row in ledger:
        path, function, prop, _ = row.split("\t")
        if prop in ("ensures", "loop invariant", "assert"):
            yield f"{path}: {function} has a clause without a name: {prop}"


def unlisted(ledger, listed):
    for path in sorted({row.split("\t")[0] for row in ledger} - set(listed)):
        yield f"{path}: in the ledger but in no unit of proofs/units.bzl"


def problems():
    every = units.all_units()
    sources = {unit.source: source.read(unit.source) for unit in every}
    functions = [unit.source for unit in every if unit.what == FUNCTIONS]
    lemma_files = [unit.source for unit in every if unit.what == LEMMAS]
    contracts, lemmas = {}, {}
    for unit in every:
        seen = sources[unit.source]
        if unit.what == LEMMAS:
            lemmas.update({name: seen.lemmas[name]
                           for name in framac.lemmas_in(unit.source)})
        else:
            contracts.update({name: seen.contracts[name]
                              for name in seen.defined})
    ledger = claims.read()
    found = [*forgotten_files(functions), *circular_lemmas(sources, lemma_files),
             *unseen_lemmas(lemmas), *unnamed(ledger),
             *unlisted(ledger, sources)]
    for path, seen in sources.items():
        found += unproved_callees(path, seen, contracts)
        found += unproved_lemmas(path, seen, lemmas)
        found += [f"{path}: trusted, not proved: {text}"
                  for text in assumptions.not_granted(path, seen.trusting)]
    for path in sorted(glob.glob(LEAVES)):
        found += unproved_leaves(
            path, sources[path].defined if path in functions else ())
    for path in functions:
        found += other_programs(path)
        found += forgotten_functions(path, sources[path], ledger)
    return found, len(contracts), len(lemmas)


def main():
    found, functions, lemmas = problems()
    for problem in found:
        print(problem)
    print(f"{functions} functions, {lemmas} lemmas, {len(found)} problems")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

# SPDX-License-Identifier: MIT OR Apache-2.0
"""One mutant: the core with one small fault, which a proof must notice."""

import os
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass

from . import framac

KILLED, ALIVE, INVALID = "killed", "ALIVE", "invalid"

# Closed by WP itself, or by a quick prover in less than half a second: half of
# the time that it has in a mutant.
EASY = re.compile(r"\[wp\] \[(CFG|Qed|CVC4 [^]]*|Z3 [^]]*)\] Goal \w+ : Valid"
                  r"(?!.*\(([5-9]\d\dms|\d[\d.]*(s|min))\))")

# What a header defines for others to use is kept.
COMPILE = ["gcc", "-std=c99", "-Wall", "-Wno-unused", "-O2", "-x", "c",
           "-fkeep-inline-functions", "-fkeep-static-functions", "-S", "-o", "-"]
# What a backend switches on before it includes its leaf.
SWITCHES = {
    "src/fast/leaf_avx2.h": ["-mavx2", "-mbmi", "-mpopcnt"],
    "src/fast/leaf_avx512bw.h": ["-mavx512bw", "-mbmi", "-mpopcnt"],
}
# What a file that is proved may include.
TREE = ["src/xbz.h", "src/xbz_backend.h", "src/core", "src/fast", "spec/logic",
        "proofs/lemmas", "proofs/intrinsics"]


class NotJudged(Exception):
    """Frama-C could not even try: that kills no mutant."""


@dataclass(frozen=True)
class Mutant:
    name: str
    path: str
    function: str
    clause: str  # what it breaks: a name or a @category; empty: anything
    original: str
    replacement: str


def read_table(path):
    """The mutants that a table lists: name, file, function, clause, original,
    replacement, separated by tabs."""
    mutants = []
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file.read().splitlines()[1:], 2):
            cells = line.split("\t")
            if len(cells) != 6:
                raise SystemExit(f"{path}:{number}: {len(cells)} cells, not 6")
            mutants.append(Mutant(*cells))
    return mutants


def compiled(root, path):
    """The machine code of a file, or None where it does not compile."""
    result = subprocess.run(COMPILE + SWITCHES.get(path, []) + [path], cwd=root,
                            capture_output=True, text=True, check=False)
    return result.stdout if result.returncode == 0 else None


def copy_tree(root):
    for path in TREE:
        target = os.path.join(root, path)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        if os.path.isdir(path):
            shutil.copytree(path, target)
        elif os.path.exists(path):
            shutil.copy(path, target)


def apply(mutant, root):
    """Write the mutant to the copy in root; returns what is wrong with it."""
    with open(mutant.path, encoding="utf-8") as file:
        text = file.read()
    if text.count(mutant.original) != 1:
        return f"the original is there {text.count(mutant.original)} times"
    before = compiled(root, mutant.path)
    target = os.path.join(root, mutant.path)
    os.remove(target)
    with open(target, "w", encoding="utf-8") as file:
        file.write(text.replace(mutant.original, mutant.replacement))
    after = compiled(root, mutant.path)
    if after is None:
        return "does not compile"
    return "the same program: no mutant" if after == before else None


def base_name(goal):
    """A goal's name, numbers taken off: a mutant may count in another way."""
    return re.sub(r"(_part\d+|_\d+)+$", "", goal)


def clauses(group):
    """What mutants of one function break, together; empty: anything."""
    names = {each.clause for each in group}
    return () if "" in names else tuple(sorted(names))


def open_goals(mutant, settings, root=None, accepted=None):
    """The goals of the mutant's function and clause that stay open.

    With accepted the run ends at the first one that is not in it.
    """
    found = []

    def watch(line):
        match = re.match(r"\[wp\] \[Failed\] Goal (\w+)", line)
        if match:
            found.append(base_name(match[1]))
        return not match or accepted is None or found[-1] in accepted

    run = framac.prove(mutant.path, framac.FUNCTIONS, settings,
                       [mutant.function], watch, root, clauses([mutant]))
    if not found and (run.status != 0 or run.proved()[1] == 0):
        raise NotJudged(f"frama-c: {run.messages[-1].splitlines()[0]}")
    return found


def control(group):
    """The goals of the function, as it is, that prove nothing when they stay
    open in a mutant: those that no prover of the quick round closes with ease.
    Patient provers must close them all."""
    mutant = group[0]
    run = framac.prove(mutant.path, framac.FUNCTIONS, framac.QUICK,
                       [mutant.function], clauses=clauses(group))
    hard = set()
    for message in run.messages:
        match = re.match(r"\[wp\] \[[^]]+\] Goal (\w+)", message)
        if match and not EASY.match(message):
            hard.add(base_name(match[1]))
    proved, goals = run.proved()
    if goals == 0 or (proved < goals and any(
            open_goals(each, framac.PATIENT) for each in group)):
        raise SystemExit(f"{mutant.path}: {mutant.function} is not proved")
    return hard


def judge(mutant, hard):
    """What becomes of the mutant: (KILLED, goal that it leaves open),
    (ALIVE, ""), or (INVALID, why it is no mutant)."""
    with tempfile.TemporaryDirectory(prefix="xbz-mutant-") as root:
        copy_tree(root)
        wrong = apply(mutant, root)
        if wrong:
            return INVALID, wrong
        try:
            found = open_goals(mutant, framac.BRISK, root, hard)
            fresh = [goal for goal in found if goal not in hard]
            if not fresh and found:
                # Brisk provers could not tell: ask patient ones.
                fresh = open_goals(mutant, framac.PATIENT, root, ())
        except NotJudged as reason:
            return INVALID, str(reason)
        return (KILLED, fresh[0]) if fresh else (ALIVE, "")

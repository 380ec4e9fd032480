# SPDX-License-Identifier: MIT OR Apache-2.0
"""One mutant: the core with one small fault, which a proof must notice."""

import math
import os
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass

from . import framac, source

KILLED, ALIVE, INVALID = "killed", "ALIVE", "invalid"

# A goal that is proved: by whom and, where it is a prover, in which time.
PROVED = re.compile(r"\[wp\] \[(CFG|Qed|\w+)[^]]*\] Goal \w+ : Valid"
                    r"(?:.*\(([\d.]+)(ms|s|min)\))?")
# One that is not, or whose script does not close it.
OPEN = re.compile(r"\[wp\] \[(?:Failed\] Goal (\w+)|"
                  r"Script\] Goal (\w+) : (?:Failed|Unknown))")
SECONDS = {"ms": 0.001, "s": 1, "min": 60}

# What a header defines for others to use is kept.
COMPILE = ["-std=c99", "-Wall", "-Wno-unused", "-O2", "-x", "c",
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
    command = [source.compiler(path), *COMPILE, *SWITCHES.get(path, []), path]
    result = subprocess.run(command, cwd=root, capture_output=True, text=True,
                            check=False)
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


def seconds(message):
    """What the prover of a proved goal took, 0 where there was none; None for
    any other message."""
    match = PROVED.match(message)
    if not match:
        return None
    return float(match[2] or 0) * SECONDS.get(match[3], 0)


def open_goal(mutant, settings, root=None):
    """The first goal of the mutant's function and clause that stays open, or
    None."""
    found = []

    def watch(line):
        match = OPEN.match(line)
        if match:
            found.append(match[1] or match[2])
        return not match

    run = framac.prove(mutant.path, framac.FUNCTIONS, settings,
                       [mutant.function], watch, root, (mutant.clause,))
    if not found and (run.status != 0 or run.proved()[1] == 0):
        raise NotJudged(f"frama-c: {run.messages[-1].splitlines()[0]}")
    return found[0] if found else None


def control(mutant):
    """Prove the clause for the function as it is; returns how hard to try in a
    mutant: as hard as it took and twice that again."""
    run = framac.prove(mutant.path, framac.FUNCTIONS, framac.SCRIPTED,
                       [mutant.function], clauses=(mutant.clause,))
    proved, goals = run.proved()
    if proved < goals or goals == 0:
        raise SystemExit(f"{mutant.path}: {mutant.function}: {mutant.clause} "
                         "is not proved")
    times = [time for time in map(seconds, run.messages) if time is not None]
    provers = ("tip",) + framac.LASTING + (("z3bv",) if any(
        re.match(r"\[wp\] \[Z3 [^]]*bit-vectors", message)
        for message in run.messages) else ())
    return framac.Settings(provers, math.ceil(3 * max(times)) or 1,
                           scripts=framac.SCRIPTED.scripts)


def judge(mutant, settings):
    """What becomes of the mutant: (KILLED, goal that it leaves open),
    (ALIVE, ""), or (INVALID, why it is no mutant)."""
    with tempfile.TemporaryDirectory(prefix="xbz-mutant-") as root:
        copy_tree(root)
        wrong = apply(mutant, root)
        if wrong:
            return INVALID, wrong
        try:
            goal = open_goal(mutant, settings, root)
        except NotJudged as reason:
            return INVALID, str(reason)
        return (KILLED, goal) if goal else (ALIVE, "")

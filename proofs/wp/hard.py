# SPDX-License-Identifier: MIT OR Apache-2.0
"""Goals that the first prover does not close, and which prover does: it is
asked first, which saves what the others would lose. Where it gives up, all are
asked in their order; a row can cost time, never a proof.

  python3 -m proofs.wp.hard UNIT...     write their rows of HARD.tsv anew
"""

import os
import re
import sys

from . import framac, source, units

TABLE = os.path.join(framac.FOLDER, "HARD.tsv")
HEADING = "unit\tgoal\tprover"
CLOSED = re.compile(r"\[wp\] \[([^]]*)\] Goal (?:typed_)?(\w+) : Valid")
# A prover as WP calls it, unless it is the one that is asked first anyway.
PROVER = re.compile(r"(?!CVC4 \S+ \(quick\))(\w+) (\S+) \(([\w-]+)\)")


def read():
    """The rows, {unit: {goal: prover}}."""
    table = {}
    with open(TABLE, encoding="utf-8") as file:
        for line in file.read().splitlines()[1:]:
            unit, goal, prover = line.split("\t")
            table.setdefault(unit, {})[goal] = prover
    return table


def write(table):
    with open(TABLE + ".new", "w", encoding="utf-8") as file:
        file.write(HEADING + "\n")
        for unit, goals in sorted(table.items()):
            file.writelines(f"{unit}\t{goal}\t{prover}\n"
                            for goal, prover in sorted(goals.items()))
    os.replace(TABLE + ".new", TABLE)


def found(run):
    """The goals of a run that another prover than the first closed."""
    goals = {}
    for closed in filter(None, map(CLOSED.match, run.messages)):
        prover = PROVER.fullmatch(closed[1])
        if prover:
            goals[closed[2]] = ":".join(prover.groups())
    return goals


def idle(rows, run):
    """Rows of goals that the run does not have."""
    seen = {match[2]
            for match in filter(None, map(CLOSED.match, run.messages))}
    return [f"HARD.tsv: {goal}: no such goal" for goal in rows.keys() - seen]


def main(names):
    for unit in map(units.find, names):
        # Without what the table says so far.
        run = framac.prove(unit.source, unit.what, framac.SETTINGS[unit.what],
                           source.own_functions(unit.source, unit.what))
        table = read()
        table[unit.name] = found(run)
        write(table)
        print(f"{unit.name}: {len(table[unit.name])} of "
              f"{run.proved()[1]} goals are hard", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

# SPDX-License-Identifier: MIT OR Apache-2.0
"""Proves one unit from scratch: every goal, no contradiction, and the claims
exactly as in the ledger.

  python3 -m proofs.wp.unit NAME
"""

import sys

from . import assumptions, claims, framac, hard, source, units, verdict


def prove(unit):
    """Prove unit, check it against the ledger; returns the problems."""
    rows = hard.read().get(unit.name, {})
    run = framac.prove(unit.source, unit.what, framac.SETTINGS[unit.what],
                       source.own_functions(unit.source, unit.what), first=rows)
    proved, goals = run.proved()
    print(f"{unit.source}: {proved} / {goals} goals proved")
    problems = claims.difference(claims.rows_of(unit, claims.read()),
                                 claims.rows(unit.source, run.goals))
    problems += hard.idle(rows, run)
    if unit.what == framac.LEMMAS:
        return verdict.problems(run) + problems
    seen = source.read(unit.source)
    callees = [assumptions.callee(name) for name in seen.contracts
               if name not in seen.defined]
    return (verdict.problems(run, seen.defined) + problems +
            list(assumptions.idle(unit.source, verdict.remarks(run) +
                                  seen.trusting + callees)))


def smoke(unit):
    """Look for contradictions in what the proofs of unit assume."""
    run = framac.prove(unit.source, framac.SMOKE,
                       framac.SETTINGS[framac.SMOKE],
                       source.own_functions(unit.source, framac.SMOKE))
    passed, tests = run.proved()
    print(f"{unit.source}: {passed} / {tests} smoke tests passed")
    return verdict.smoke_problems(run)


def main(name):
    unit = units.find(name)
    problems = prove(unit)
    if unit.what == framac.FUNCTIONS:
        problems += smoke(unit)
    for problem in problems:
        print(problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))

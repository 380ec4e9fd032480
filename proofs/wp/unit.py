# SPDX-License-Identifier: MIT OR Apache-2.0
"""Proves one unit from scratch: every goal, no contradiction, and the claims
exactly as in the ledger.

  python3 -m proofs.wp.unit NAME
"""

import os
import sys

from . import claims, framac, source, units, verdict


def settings_of(unit):
    if unit.lemmas:
        return framac.Settings(provers=framac.LEMMA_PROVERS,
                               scripts=os.path.join(units.FOLDER, "scripts"))
    return framac.Settings(smoke=True)


def main(name):
    unit = units.find(name)
    run = framac.prove(unit.source, lemmas=unit.lemmas,
                       settings=settings_of(unit))
    expected = () if unit.lemmas else source.read(unit.source).defined
    problems = verdict.problems(run, expected)
    problems += claims.difference(claims.rows_of(unit, claims.read()),
                                  claims.rows(unit.source, run.goals))
    for problem in problems:
        print(problem)
    proved, goals = run.proved() or (0, 0)
    print(f"{unit.source}: {proved} / {goals} goals proved, "
          f"{len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))

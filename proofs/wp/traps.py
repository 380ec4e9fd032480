# SPDX-License-Identifier: MIT OR Apache-2.0
"""Shows that the runner refuses what it must: every file in proofs/traps but
the sound one would pass as proved where only Frama-C's exit status or goal
counts are looked at, or where one check is missing.

  python3 -m proofs.wp.traps [FILE...]
"""

import glob
import os
import re
import sys

from . import audit, claims, framac, source, verdict

SOUND = os.path.join(framac.FOLDER, "traps/sound.c")


def problems(path, proved):
    """What is wrong with path when nothing but `proved` is proved elsewhere."""
    seen = source.read(path)
    run = framac.prove(path, framac.FUNCTIONS, framac.QUICK)
    smoke = framac.prove(path, framac.SMOKE, framac.SETTINGS[framac.SMOKE])
    rows = claims.rows(path, run.goals)
    own = {name: seen.contracts[name] for name in seen.defined}
    return [*verdict.problems(run, seen.defined), *verdict.smoke_problems(smoke),
            *seen.trusting, *audit.other_programs(path),
            *audit.unproved_callees(path, seen, {**proved, **own}),
            *audit.unproved_leaves(path, proved),
            *audit.unproved_lemmas(path, seen, {}),
            *audit.forgotten_functions(path, seen, rows), *audit.unnamed(rows)]


def expected(path):
    """The reason to refuse it that a trap names; None for the sound file."""
    with open(path, encoding="utf-8") as file:
        match = re.search(r"^/\* Refused: (.*) \*/$", file.read(), re.MULTILINE)
    if not match and path != SOUND:
        raise SystemExit(f"{path}: does not say why it is refused")
    return match and match[1]


def check(path, proved):
    """True when path is refused for its reason, or accepted when sound."""
    reason, found = expected(path), problems(path, proved)
    if reason is None:
        held = not found
    else:
        held = any(re.search(reason, text) for text in found)
    print(f"{'ok  ' if held else 'FAIL'} {os.path.basename(path)}", flush=True)
    if not held:
        print(f"  expected: {reason}\n  found: " + "\n  ".join(found))
    return held


def main(paths):
    paths = paths or sorted(glob.glob(f"{framac.FOLDER}/traps/*.c"))
    proved = source.read(SOUND).contracts
    failed = sum(not check(path, proved) for path in paths)
    print(f"{len(paths) - failed} of {len(paths)} traps behave")
    return 1 if failed or not paths else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

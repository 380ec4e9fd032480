# SPDX-License-Identifier: MIT OR Apache-2.0
"""Breaks the core in many small ways; each must leave a proof goal open.

  python3 -m proofs.wp.mutants [TABLE | ID]...    such as mutants/codec.tsv
"""

import collections
import glob
import os
import sys
import time

from . import framac, mutant

# How many there must be.
LEAST = 60


def shard(groups):
    """The part of groups that this shard of a Bazel test takes."""
    status = os.environ.get("TEST_SHARD_STATUS_FILE")
    if status:
        with open(status, "w", encoding="utf-8"):
            pass
    index = int(os.environ.get("TEST_SHARD_INDEX", "0"))
    return groups[index::int(os.environ.get("TEST_TOTAL_SHARDS", "1"))]


def by_clause(mutants):
    """Groups of mutants that break the same clause of one function, the largest
    group first: they share a control run."""
    groups = {}
    for each in mutants:
        groups.setdefault((each.path, each.function, each.clause),
                          []).append(each)
    return sorted(groups.values(), key=len, reverse=True)


def run_group(group):
    """Run the mutants of one clause; returns {verdict: how many}."""
    settings = mutant.control(group[0])
    verdicts = collections.Counter()
    for each in group:
        start = time.monotonic()
        verdict, why = mutant.judge(each, settings)
        verdicts[verdict] += 1
        print(f"{each.name:<16} {each.function:<22} {verdict:<7} "
              f"{time.monotonic() - start:4.0f} s  {why}", flush=True)
        if verdict == mutant.ALIVE:
            print(f"- {each.original}\n+ {each.replacement}", flush=True)
    return verdicts


def all_mutants():
    """The mutants of every table, {table: [mutant, ...]}."""
    tables = {path: mutant.read_table(os.path.join(framac.FOLDER, path))
              for path in sorted(glob.glob("mutants/*.tsv",
                                           root_dir=framac.FOLDER))}
    names = [each.name for mutants in tables.values() for each in mutants]
    if len(set(names)) != len(names):
        raise SystemExit("two mutants have the same id")
    if len(names) < LEAST:
        raise SystemExit(f"{len(names)} mutants, at least {LEAST} are due")
    return tables


def main(chosen):
    mutants = [each for table, listed in all_mutants().items()
               for each in listed
               if not chosen or table in chosen or each.name in chosen]
    groups = shard(by_clause(mutants))
    verdicts = sum((run_group(group) for group in groups),
                   collections.Counter())
    count = sum(verdicts.values())
    killed = verdicts[mutant.KILLED]
    print(f"{killed} of {count} mutants killed")
    return 1 if killed < count or not mutants else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

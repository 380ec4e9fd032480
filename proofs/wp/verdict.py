# SPDX-License-Identifier: MIT OR Apache-2.0
"""Judges a run. Frama-C's exit status says nothing about what was proved, so
whatever it says that is not known to be harmless is a problem."""

import re

from . import assumptions

HARMLESS = [re.compile(pattern) for pattern in (
    r"\[kernel\] Parsing \S+ \(with preprocessing\)$",
    r"\[wp\] Running WP plugin\.\.\.$",
    r"\[rte:annot\] annotating function \w+$",
    r"\[wp\] Computing \[\d+ goals\.\.\.\]$",
    r"\[wp\] \d+ goals? scheduled$",
    r"\[wp\] \[[^]]+\] Goal \w+ : Valid\b",
    r"\[wp\] \[Passed\] Smoke-test \w+",
    r"\[wp\] Proved goals:",
    r"\[wp\] No updated script\.$",
    r"\[wp\] Updated session with \d+ new (valid scripts?|automated proofs?)\.$",
    r"\[wp\] Report '[^']*'$",
    # A termination goal is made where the contract does not ask for one.
    r"\[wp\] [^\n]*Warning:\s+Missing terminates clause for \w+, "
    r"populates 'terminates \\true'$",
)]

NO_GOALS = "[wp] Warning: No goal generated"
NONE_PROVED = "proved goals: 0 / 0"


def is_harmless(message):
    return any(pattern.match(message) for pattern in HARMLESS)


def remarks(run):
    """What Frama-C said beyond the harmless."""
    return [text for text in run.messages if not is_harmless(text)]


def problems(run, functions=()):
    """Everything that keeps the run from being a proof, as texts."""
    found = assumptions.not_granted(run.source, remarks(run))
    if run.status != 0:
        found.append(f"frama-c ended with status {run.status}")
    found += count_problems(run)
    found += [f"{function}: no goals" for function in functions
              if not any(scope == function for scope, _ in run.goals)]
    return found


def count_problems(run):
    proved = run.proved()
    if proved[0] != proved[1] or proved[1] == 0:
        return ["proved goals: %d / %d" % proved]
    total = sum(count for count, _ in run.goals.values())
    valid = sum(proved for _, proved in run.goals.values())
    if (valid, total) != proved:
        return [f"the report has {valid} / {total} goals, "
                f"the summary {proved[0]} / {proved[1]}"]
    return []


def smoke_problems(run):
    """The same for a run of smoke tests, of which there may be none."""
    found = problems(run)
    if NO_GOALS in run.messages and not run.goals:
        found = [text for text in found if text not in (NO_GOALS, NONE_PROVED)]
    return found

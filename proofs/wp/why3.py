# SPDX-License-Identifier: MIT OR Apache-2.0
"""A private Why3 configuration, so that no proof depends on a home folder."""

import functools
import os
import shutil
import subprocess
import tempfile

MEMORY_MB = 4000

CVC4 = "cvc4 --stats --lang=smt2 %f"
Z3 = "z3 -smt2 sat.random_seed=42 nlsat.randomize=false smt.random_seed=42 -st"
# Without its guard against pattern loops, and without bit-vectors, Z3 closes
# goals on which CVC4 and Z3 as it comes give up.
Z3_LOOP = f"{Z3} pi.block_loop_patterns=false %f"

# Limits are seconds of the processor. WP has a limit of its own, of a clock that
# a busy machine does not stop: it gets SLACK times as much. Most goals that a
# prover closes it closes soon; a quick round by two provers before the patient
# ones saves the time that one of them would lose.
SLACK = 5
LIMIT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "limit.c")
QUICK = "{limit} 2 1"
PATIENT = f"{{limit}} %t {1 / SLACK}"
# A smoke test passes when nothing is found, so it costs its full time. The
# contradictions planted in contracts CVC4 finds in 0.5 s, with the largest
# files, and Z3 in 2 s none beside them.
SMOKE = "{limit} 0.7 1"

# {shortcut: (name, alternative, driver, command); {limit} is what LIMIT becomes}
PROVERS = {
    "cvc4q": ("CVC4", "quick", "cvc4_17", f"{QUICK} {CVC4}"),
    "z3q": ("Z3", "quick", "z3_471_nobv", f"{QUICK} {Z3_LOOP}"),
    "cvc4p": ("CVC4", "patient", "cvc4_17", f"{PATIENT} {CVC4}"),
    "z3p": ("Z3", "patient", "z3_471_nobv", f"{PATIENT} {Z3_LOOP}"),
    "cvc4s": ("CVC4", "smoke", "cvc4_17", f"{SMOKE} {CVC4}"),
    "z3bv": ("Z3", "bit-vectors", "z3_471", f"{PATIENT} {Z3} %f"),
}

ENTRY = """
[prover]
name = "{name}"
version = "{version}"
alternative = "{alternative}"
shortcut = "{shortcut}"
command = "{command}"
driver = "{driver}"
editor = ""
in_place = false
interactive = false
"""


def versions(lines):
    """The versions that were detected, {prover: version}."""
    found, name = {}, None
    for line in lines:
        key, _, value = line.partition(" = ")
        if key == "name":
            name = value.strip('"')
        elif key == "version":
            found[name] = value.strip('"')
    return found


@functools.cache
def detected():
    """The lines of the configuration that Why3 makes for the provers it finds."""
    with tempfile.TemporaryDirectory(prefix="xbz-why3-") as folder:
        path = f"{folder}/why3.conf"
        subprocess.run(["why3", "config", "detect"], check=True,
                       env=dict(os.environ, WHY3CONFIG=path), capture_output=True)
        with open(path, encoding="utf-8") as file:
            return file.read().splitlines()


@functools.cache
def tools():
    """A folder with LIMIT, compiled, that lasts as long as this process."""
    folder = tempfile.TemporaryDirectory(prefix="xbz-limit-")
    subprocess.run(["cc", "-std=c99", "-D_DEFAULT_SOURCE", "-O1", "-o",
                    f"{folder.name}/limit", LIMIT], check=True)
    return folder


def configure(path):
    """Write a configuration with the detected provers and with PROVERS to path."""
    lines = detected()
    known = versions(lines)
    with open(path, "w", encoding="utf-8") as file:
        for line in lines:
            limit = line.startswith("memlimit")
            file.write(f"memlimit = {MEMORY_MB}\n" if limit else f"{line}\n")
        for shortcut, (name, alternative, driver, command) in PROVERS.items():
            if name not in known or not shutil.which(name.lower()):
                raise SystemExit(f"prover not found: {name}; run ./setup")
            file.write(ENTRY.format(
                name=name, version=known[name], alternative=alternative,
                shortcut=shortcut, driver=driver,
                command=command.format(limit=f"{tools().name}/limit")))

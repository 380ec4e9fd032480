# SPDX-License-Identifier: MIT OR Apache-2.0
"""A private Why3 configuration, so that no proof depends on a home folder."""

import os
import shutil
import subprocess

# Z3 without its guard against pattern loops, and without bit-vectors: closes
# many goals on which Z3 as detected, and CVC4, time out.
Z3_LOOP = """
[prover]
name = "Z3"
version = "{version}"
alternative = "loop"
shortcut = "z3l"
command = "{z3} -smt2 -T:%t {options} -st %f"
command_steps = "{z3} -smt2 {options} rlimit=%S -st %f"
driver = "z3_471_nobv"
editor = ""
in_place = false
interactive = false
"""
Z3_OPTIONS = ("sat.random_seed=42 nlsat.randomize=false smt.random_seed=42 "
              "pi.block_loop_patterns=false")
MEMORY_MB = 4000


def z3_version(z3):
    return subprocess.run([z3, "--version"], check=True, capture_output=True,
                          text=True).stdout.split()[2]


def configure(path):
    """Write a configuration with the detected provers and z3l to path."""
    env = dict(os.environ, WHY3CONFIG=path)
    subprocess.run(["why3", "config", "detect"], env=env, check=True,
                   capture_output=True)
    with open(path, encoding="utf-8") as file:
        lines = file.read().splitlines()
    lines = [f"memlimit = {MEMORY_MB}" if line.startswith("memlimit") else line
             for line in lines]
    z3 = shutil.which("z3")
    entry = Z3_LOOP.format(z3=z3, version=z3_version(z3), options=Z3_OPTIONS)
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n" + entry)

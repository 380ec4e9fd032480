# SPDX-License-Identifier: MIT OR Apache-2.0
"""One run of Frama-C: its command line, its messages, its goals."""

import json
import os
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass, field

from . import why3

FUNCTION_PROVERS = ("cvc4q", "z3q", "cvc4", "z3l", "z3")
LEMMA_PROVERS = ("tip", "cvc4q", "z3q", "cvc4", "z3l", "z3")

PARSE = ["-machdep", "x86_64"]
# What must hold beside the contracts: no undefined behaviour, no overflow of
# either kind, no lossy conversion, and termination of every function.
CHECKS = ["-wp-rte", "-warn-unsigned-overflow", "-warn-unsigned-downcast",
          "-warn-signed-downcast", "-wp-definitions-terminate",
          "-wp-declarations-terminate"]


@dataclass
class Settings:
    """How hard to try."""
    provers: tuple = FUNCTION_PROVERS
    timeout: int = 20
    par: int = 1
    smoke: bool = False
    smoke_timeout: int = 2
    cut_off: int = 1800  # seconds for the whole run
    scripts: str = ""    # folder of proof scripts for lemmas


@dataclass
class Run:
    """What Frama-C said."""
    command: list
    status: int
    messages: list                             # [text, ...], continuations in
    goals: dict = field(default_factory=dict)  # (function, property): (n, ok)

    def proved(self):
        """The pair of 'Proved goals: n / m', or None when it was not said."""
        for text in self.messages:
            match = re.match(r"\[wp\] Proved goals: +(\d+) / (\d+)", text)
            if match:
                return int(match[1]), int(match[2])
        return None


def split_messages(output):
    """Group output into messages: a line in column 0 and what it continues."""
    messages = []
    for line in output.splitlines():
        if line and (not line[0].isspace() or not messages):
            messages.append(line)
        elif line.strip():
            messages[-1] += "\n" + line
    return messages


def read_goals(path):
    """WP's report as {(function, property): (goals, proved)}."""
    with open(path, encoding="utf-8") as file:
        report = json.load(file)
    goals = {}
    for section in ("wp:functions", "wp:axiomatics"):
        for scope, properties in report.get(section, {}).items():
            for name, provers in properties.items():
                if name != "wp:section":
                    count = provers["wp:main"]
                    goals[scope, name] = (count["total"], count.get("valid", 0))
    return goals


def trivial_goals(messages):
    """Goals that WP sees to hold by the shape of the code; not in its report."""
    found = {}
    for text in messages:
        match = re.match(r"\[wp\] \[CFG\] Goal ((\w+)_terminates) : Valid", text)
        if match:
            found[match[2], match[1]] = (1, 1)
    return found


def run_frama_c(arguments, folder, cut_off, watch=None):
    """Run frama-c; returns (status, output). 124: it ran past cut_off."""
    env = dict(os.environ, HOME=folder, WHY3CONFIG=f"{folder}/why3.conf")
    command = ["timeout", "--kill-after=10", str(cut_off), "frama-c"]
    with subprocess.Popen(command + arguments, env=env, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          stdin=subprocess.DEVNULL) as process:
        lines = []
        for line in process.stdout:
            lines.append(line)
            if watch and not watch(line):
                process.terminate()
                break
        process.stdout.read()
    return process.returncode, "".join(lines)


def prove(source, functions=(), lemmas=False, settings=None, watch=None):
    """Prove functions (all when empty) of source, or the lemmas it sees.

    watch is called with every line of output and may stop the run by answering
    False.
    """
    settings = settings or Settings()
    with tempfile.TemporaryDirectory(prefix="xbz-wp-") as folder:
        why3.configure(f"{folder}/why3.conf")
        session = f"{folder}/session"
        os.mkdir(session)
        if settings.scripts:
            shutil.copytree(settings.scripts, f"{session}/script")
        report = f"{folder}/report.json"
        arguments = PARSE + CHECKS + [
            "-wp", "-wp-cache", "none", "-wp-session", session,
            "-wp-out", f"{folder}/out", "-wp-report-json", report,
            "-wp-prover", ",".join(settings.provers),
            "-wp-timeout", str(settings.timeout), "-wp-par", str(settings.par),
            "-wp-prop=@lemma" if lemmas else "-wp-prop=-@lemma"]
        if functions:
            arguments += ["-wp-fct", ",".join(functions)]
        if settings.smoke:
            arguments += ["-wp-smoke-tests", "-wp-smoke-timeout",
                          str(settings.smoke_timeout)]
        arguments.append(source)
        status, output = run_frama_c(arguments, folder, settings.cut_off, watch)
        run = Run(arguments, status, split_messages(output))
        if os.path.exists(report):
            run.goals = read_goals(report)
            run.goals.update(trivial_goals(run.messages))
        return run

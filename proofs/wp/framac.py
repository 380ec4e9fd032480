# SPDX-License-Identifier: MIT OR Apache-2.0
"""One run of Frama-C: its command line, its messages, its goals."""

import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
import threading
from dataclasses import dataclass, field

from . import why3

FOLDER = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
# What a run proves.
FUNCTIONS, LEMMAS, SMOKE = "functions", "lemmas", "smoke"

# Models of the compilers' intrinsics, in place of their headers.
MODELS = "proofs/intrinsics"
# What is compiled for another machine, whose types have the same sizes, and what
# its compiler defines.
ARM = ("src/fast/leaf_neon.h", "src/fast/neon.c")
ARM_MACROS = "-U__x86_64__ -D__aarch64__ -D__AARCH64EL__"
# What must hold beside the contracts: no undefined behaviour, no overflow of
# either kind, no lossy conversion, and termination of every function.
CHECKS = ["-wp-rte", "-warn-unsigned-overflow", "-warn-unsigned-downcast",
          "-warn-signed-downcast", "-wp-definitions-terminate",
          "-wp-declarations-terminate"]


@dataclass(frozen=True)
class Settings:
    """How hard to try."""
    provers: tuple
    timeout: int         # seconds for a goal and a prover that has no own one
    cut_off: int = 1800  # seconds for the whole run
    scripts: str = ""    # folder of proof scripts


QUICK = Settings(("cvc4q", "z3q"), 60)  # they have their own limit
LASTING = ("cvc4p", "z3p")
PATIENT = Settings(QUICK.provers + LASTING + ("z3bv",), 30)
COUNT = Settings(("none",), 1)
SCRIPTED = Settings(("tip",) + PATIENT.provers, PATIENT.timeout,
                    scripts=os.path.join(FOLDER, "scripts"))
SETTINGS = {
    FUNCTIONS: SCRIPTED,
    LEMMAS: SCRIPTED,
    SMOKE: Settings(("cvc4s",), 60),  # it has its own limit
}


@dataclass
class Run:
    """What Frama-C said of source."""
    source: str
    status: int
    messages: list                             # [text, ...], continuations in
    goals: dict = field(default_factory=dict)  # (function, property): (n, ok)

    def proved(self):
        """The pair of 'Proved goals: n / m', (0, 0) when it was not said."""
        for text in self.messages:
            match = re.match(r"\[wp\] Proved goals: +(\d+) / (\d+)", text)
            if match:
                return int(match[1]), int(match[2])
        return 0, 0


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
        report = json.load(file) or {}  # null: no goals
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


def run_frama_c(arguments, folder, cut_off, watch=None, root=None):
    """Run frama-c in root; returns (status, output). Its provers end with it,
    also when it runs past cut_off or when watch answers False."""
    # Frama-C takes its working directory from PWD.
    root = os.path.abspath(root or os.curdir)
    env = dict(os.environ, HOME=folder, PWD=root,
               WHY3CONFIG=f"{folder}/why3.conf")
    lines = []
    with subprocess.Popen(["frama-c"] + arguments, env=env, cwd=root, text=True,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT,
                          start_new_session=True) as process:
        def end():
            os.killpg(process.pid, signal.SIGKILL)
        timer = threading.Timer(cut_off, end)
        timer.start()
        for line in process.stdout:
            lines.append(line)
            if watch and not watch(line):
                end()
                break
        timer.cancel()
    return process.returncode, "".join(lines)


def proves(path):
    """The macro by which a file knows that it is what is proved: what only that
    proof needs is in the way of those of the files that include it."""
    return "XBZ_PROVES_" + re.sub(r"\W.*", "", os.path.basename(path)).upper()


def parse_options(path):
    """How Frama-C is to read a file."""
    macros = f" -D{proves(path)}" + (f" {ARM_MACROS}" if path in ARM else "")
    return ["-machdep", "x86_64", f"-cpp-extra-args=-I{MODELS}{macros}"]


def lemmas_in(path):
    """The names of the lemmas that a file states itself."""
    with open(path, encoding="utf-8") as file:
        return re.findall(r"^[\s/*@]*lemma (\w+)", file.read(), re.MULTILINE)


def compilable(path, folder, root=None):
    """path in root, or where it is to be included, a C file that does so."""
    if path.endswith(".c"):
        return path
    with open(f"{folder}/included.c", "w", encoding="utf-8") as file:
        for included in ("src/xbz.h", path):
            there = os.path.abspath(os.path.join(root or os.curdir, included))
            file.write(f'#include "{there}"\n')
    return file.name


def properties(what, source):
    """What selects what to prove. The smoke tests have no name of
    their own: they are what is left when everything else is taken away."""
    if what == LEMMAS:
        return ",".join(lemmas_in(source))
    if what == FUNCTIONS:
        return "-@lemma"
    return ",".join(
        f"-@{kind}" for kind in ("lemma", "requires", "ensures", "assigns",
                                 "invariant", "variant", "decreases", "assert",
                                 "check", "terminates", "exits", "breaks",
                                 "continues", "returns",
                                 "complete_behaviors", "disjoint_behaviors"))


def write_scripts(folder, settings, first):
    """The session that WP starts from: the scripts of settings, and for each
    goal of first one that asks its prover before all others."""
    os.makedirs(f"{folder}/session/script")
    if settings.scripts and os.path.isdir(settings.scripts):
        shutil.copytree(settings.scripts, f"{folder}/session/script",
                        dirs_exist_ok=True)
    for goal, prover in first.items():
        with open(f"{folder}/session/script/{goal}.json", "w",
                  encoding="utf-8") as file:
            json.dump([{"prover": prover, "verdict": "valid",
                        "time": why3.SLACK * settings.timeout}], file)


def prove(source, what, settings, functions=(), watch=None, root=None,
          clauses=(), first=None):
    """Prove functions (all of source when empty), or the lemmas it states; with
    clauses only what has one of these names or is of one of these @categories.

    watch is called with every line of output and may end the run by answering
    False. first says whom to ask first, {goal: prover}.
    """
    with tempfile.TemporaryDirectory(prefix="xbz-wp-") as folder:
        why3.configure(f"{folder}/why3.conf")
        write_scripts(folder, settings, first or {})
        provers = dict.fromkeys((("tip",) if first else ()) + settings.provers)
        # Side by side, provers would race for each goal, and the work of all but
        # the winner be lost.
        tasks = 2 if len(provers) == 1 else 1
        report = f"{folder}/report.json"
        arguments = parse_options(source) + CHECKS + [
            "-wp", "-wp-cache", "none", "-wp-session", f"{folder}/session",
            "-wp-out", f"{folder}/out", "-wp-report-json", report,
            "-wp-prover", ",".join(provers), "-wp-par", str(tasks),
            "-wp-timeout", str(why3.SLACK * settings.timeout),
            "-wp-prop=" + (",".join(clauses) or properties(what, source))]
        if functions:
            arguments += ["-wp-fct", ",".join(functions)]
        if what == SMOKE:
            arguments += ["-wp-smoke-tests", "-wp-smoke-timeout",
                          str(why3.SLACK * settings.timeout)]
        status, output = run_frama_c(
            arguments + [compilable(source, folder, root)], folder,
            settings.cut_off, watch, root)
        run = Run(source, status, split_messages(output))
        if status == 0 and os.path.exists(report):
            run.goals = read_goals(report)
            run.goals.update(trivial_goals(run.messages))
        return run

#!/usr/bin/env python3
# SPDX-License-Identifier: MIT OR Apache-2.0
"""Programs that fuzz, built for some engines and targets, and slices of fuzzing
with them: processor time, executions, findings."""

import ctypes
import dataclasses
import os
import pathlib
import resource
import signal
import subprocess

import engines

CHECKS = {
    "address": "-fsanitize=address,undefined",
    "memory": "-fsanitize=memory",
}
SUBREAPER = 36  # PR_SET_CHILD_SUBREAPER of linux/prctl.h


class Bench:
    def __init__(self, place, wanted, targets, sanitizer="address"):
        self.place = pathlib.Path(place)
        flags = f"{CHECKS[sanitizer]} -fno-sanitize-recover=all -O2 -g"
        more = {"XBZ_TARGETS": " ".join(targets), "SANITIZER": sanitizer}
        for engine in wanted:
            out, work = self.place / engine, self.place / f"work/{engine}"
            engines.build(engine, flags, out, work, **more)
        if "afl" in wanted:
            out, work = self.place / "cmplog", self.place / "work/cmplog"
            engines.build("afl", flags, out, work, AFL_LLVM_CMPLOG="1", **more)
            engines.build_mutator(self.place / "mutator.so")

    def command(self, target, engine, state, *options):
        """A command with these options of the engine, and its environment."""
        program, folders = self.place / engine / target, engines.seeds(target)
        if engine == "libfuzzer":
            command, environment = engines.libfuzzer(program, state, folders)
        else:
            command, environment = engines.afl(
                program, state, folders, self.place / "mutator.so", self.place / "cmplog" / target
            )
        words = [command[0], *options, *command[1:]]
        return [str(word) for word in words], {**os.environ, **environment}


@dataclasses.dataclass
class Slice:
    seconds: float  # of processor time
    executions: int
    found: list  # paths of inputs; of a log where the engine itself failed
    log: str


def adopt():
    """Those whose parents end become children of this process."""
    ctypes.CDLL(None).prctl(SUBREAPER, 1)


def bury():
    """End the children that are left: AFL++ leaves some, which would keep its folder
    locked."""
    children = pathlib.Path(f"/proc/self/task/{os.getpid()}/children")
    while left := children.read_text(encoding="ascii").split():
        os.kill(int(left[0]), signal.SIGKILL)
        os.waitpid(int(left[0]), 0)


def children_seconds():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def fuzz(bench, target, engine, state, seconds):
    """Fuzz for some seconds of the clock. No other children may run meanwhile."""
    adopt()
    limit = {"libfuzzer": [f"-max_total_time={seconds}"], "afl": ["-V", seconds]}[engine]
    command, environment = bench.command(target, engine, state, *limit)
    known = engines.findings(state, target)
    executed, used = engines.executions("", state, target) or 0, children_seconds()
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:
        try:
            log = process.communicate()[0].decode(errors="replace")
        finally:
            process.terminate()
    bury()
    found = [path for path in engines.findings(state, target) if path not in known]
    if process.returncode and not found:
        found = [state / f"{target}-log"]
        found[0].write_text(log, encoding="utf-8")
    executed = (engines.executions(log, state, target) or executed) - executed
    return Slice(children_seconds() - used, executed, found, log)

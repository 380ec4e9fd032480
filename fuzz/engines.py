#!/usr/bin/env python3
# SPDX-License-Identifier: MIT OR Apache-2.0
"""The engines, for the scripts beside this one: how they build the targets, how
they are started, and what they say of a run.

Where an engine keeps what it finds is a folder, its state:

    TARGET            libFuzzer's corpus, or all of AFL++'s
    TARGET-crash-...  what failed, of libFuzzer
"""

import os
import pathlib
import re
import shutil
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[1]
COMPILERS = {
    "libfuzzer": {
        "CC": "clang",
        "CXX": "clang++",
        "LIB_FUZZING_ENGINE": "-fsanitize=fuzzer",
    },
    "afl": {
        "CC": "afl-clang-fast",
        "CXX": "afl-clang-fast++",
        "LIB_FUZZING_ENGINE": "/usr/lib/afl/libAFLDriver.a",
        "AFL_QUIET": "1",
    },
}
# Seconds after which an input counts as one that does not end.
PATIENCE = 60
# Freed memory that AddressSanitizer holds back, as ClusterFuzz limits it: by far the
# most of it are copies that libFuzzer makes of the inputs.
LIBFUZZER_SETTINGS = {"ASAN_OPTIONS": "quarantine_size_mb=10"}
AFL_SETTINGS = {
    "AFL_NO_UI": "1",
    "AFL_SKIP_CPUFREQ": "1",
    "AFL_NO_AFFINITY": "1",
    "AFL_AUTORESUME": "1",
    "AFL_HANG_TMOUT": f"{PATIENCE}000",
    "AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES": "1",
}
# The targets that mutate.c is for.
STRUCTURED = {"decode", "diff", "encode", "round_trip"}


def targets():
    return sorted(path.stem for path in (ROOT / "fuzz").glob("*.options"))


def options(target):
    """Those of libFuzzer that the target wants."""
    text = (ROOT / f"fuzz/{target}.options").read_text(encoding="utf-8")
    return dict(re.findall(r"^(\w+) = (.*)$", text, re.M))


def run(command, **environment):
    return subprocess.run(
        [str(word) for word in command],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )


def build(engine, flags, out, work, root=ROOT, **more):
    """Have build.sh make OUT/TARGET, with objects in WORK."""
    watch = " -fsanitize=fuzzer-no-link" if engine == "libfuzzer" else ""
    environment = {
        **os.environ,
        **COMPILERS[engine],
        "FUZZING_ENGINE": engine,
        "CFLAGS": flags + watch,
        "CXXFLAGS": flags,
        "OUT": str(out),
        "WORK": str(work),
        **more,
    }
    command = [root / "fuzz/build.sh"]
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)


def build_mutator(library):
    """mutate.c as AFL++ loads it."""
    subprocess.run([ROOT / "fuzz/mutator.sh", library], check=True)


def seeds(target):
    """The folders to start from."""
    folders = [ROOT / "corpus" / kind / target for kind in ("fuzz", "regress")]
    return [folder for folder in folders if folder.is_dir()]


def libfuzzer(program, state, folders, patience=PATIENCE):
    """The command that fuzzes from these folders on, and its environment."""
    corpus = state / program.name
    corpus.mkdir(parents=True, exist_ok=True)
    command = [program, "-print_final_stats=1", f"-timeout={patience}"]
    command += [f"-artifact_prefix={corpus}-", f"-dict={program}.dict"]
    command += [f"-{key}={value}" for key, value in options(program.name).items()]
    return [*command, corpus, *folders], dict(LIBFUZZER_SETTINGS)


def afl(program, state, folders, mutator=None, cmplog=None):
    """The same. AFL++ wants what it starts from in one folder; a second program, for
    CmpLog, knows the operands of comparisons; the mutator is a library."""
    start = state / "seeds" / program.name
    shutil.rmtree(start, ignore_errors=True)
    start.mkdir(parents=True)
    for path in (path for folder in folders for path in folder.iterdir()):
        shutil.copy(path, start)
    command = ["afl-fuzz", "-i", start, "-o", state / program.name]
    command += ["-G", options(program.name)["max_len"], "-x", f"{program}.dict"]
    if cmplog:
        command += ["-c", cmplog]
    environment = dict(AFL_SETTINGS)
    if mutator and program.name in STRUCTURED:
        environment["AFL_CUSTOM_MUTATOR_LIBRARY"] = str(mutator)
    return [*command, "--", program], environment


def executions(log, state, target):
    """How many a run made: libFuzzer's log says it, or AFL++'s statistics do, for
    all runs that went on from one another. None where nothing does."""
    stats = state / target / "default/fuzzer_stats"
    if stats.exists():
        log = stats.read_text(encoding="utf-8")
    count = re.search(r"(?:number_of_executed_units|execs_done) *: +(\d+)", log)
    return int(count[1]) if count else None


def findings(state, target):
    """The inputs that failed so far, or did not end."""
    kinds = ("crash", "leak", "oom", "timeout")
    found = [path for kind in kinds for path in state.glob(f"{target}-{kind}-*")]
    for kind in ("crashes", "hangs"):
        found += state.glob(f"{target}/default/{kind}*/id*")
    return sorted(found)

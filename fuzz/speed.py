#!/usr/bin/env python3
# SPDX-License-Identifier: MIT OR Apache-2.0
"""How fast each target is: executions by the second, on one core, from its corpus,
with AddressSanitizer and UndefinedBehaviorSanitizer: of processor time for
libFuzzer, and by the clock for AFL++, whose processes cannot be waited for.

    speed.py [--engine libfuzzer|afl] [--seconds N] [--keep FOLDER] [TARGET]...

It fails when a target does, and leaves what was found in FOLDER/TARGET.
"""

import argparse
import os
import pathlib
import re
import resource
import subprocess
import sys
import tempfile

import planted

# As run.sh builds them.
CHECKS = "-O2 -g -fsanitize=address,undefined -fno-sanitize-recover=all"


def build(place, engine, targets):
    environment = {key: value.replace(planted.CHECKS, CHECKS) for key, value in engine.items()}
    environment.update(OUT=f"{place}/out", WORK=f"{place}/work", XBZ_TARGETS=" ".join(targets))
    command = [planted.ROOT / "fuzz/build.sh"]
    subprocess.run(command, env={**os.environ, **environment}, check=True)


def libfuzzer(program, seeds, found, options):
    """Its command, which starts from the seeds."""
    command = [program, f"-max_total_time={options.seconds}", "-print_final_stats=1"]
    command += [f"-dict={program}.dict", f"-artifact_prefix={found}/", "-timeout=60"]
    wanted = planted.engine_options(program.name)
    command += [f"-{key}={value}" for key, value in wanted.items()]
    (found / "corpus").mkdir(parents=True, exist_ok=True)
    return [*command, found / "corpus", seeds], {}


def afl(program, seeds, found, options):
    command = ["afl-fuzz", "-i", seeds, "-o", found, "-V", options.seconds]
    command += ["-G", planted.engine_options(program.name)["max_len"]]
    command += ["-x", f"{program}.dict", "--", program]
    library = {}
    if program.name in planted.STRUCTURED:
        library["AFL_CUSTOM_MUTATOR_LIBRARY"] = str(options.mutator)
    return command, {**planted.AFL_SETTINGS, **library}


def executions(found, log):
    stats = found / "default/fuzzer_stats"
    if stats.exists():
        log = stats.read_text(encoding="utf-8")
        crashes = re.search(r"^saved_(?:crashes) *: (\d+)$", log, re.M)
        if int(crashes[1]):
            return None
    count = re.search(r"(?:number_of_executed_units|execs_done) *: +(\d+)", log)
    return int(count[1]) if count else None


def measure(program, found, options):
    """Executions, and seconds that they took; or None."""
    engine = {"libfuzzer": libfuzzer, "afl": afl}[options.engine]
    seeds = planted.ROOT / "corpus/fuzz" / program.name
    command, environment = engine(program, seeds, found, options)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    result = planted.run(command, **environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    count = executions(found, result.stderr)
    if result.returncode or count is None:
        print(result.stdout[-2000:], result.stderr[-4000:], sep="\n")
        return None
    if options.engine == "afl":
        return count, options.seconds
    return count, after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--engine", choices=list(planted.ENGINES), default="libfuzzer")
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--keep")
    parser.add_argument("targets", nargs="*")
    options = parser.parse_args()
    known = sorted(path.stem for path in (planted.ROOT / "fuzz").glob("*.options"))
    targets = options.targets or known
    failed = []
    with tempfile.TemporaryDirectory() as place:
        options.mutator = f"{place}/mutator.so"
        planted.run([planted.ROOT / "fuzz/mutator.sh", options.mutator]).check_returncode()
        build(place, {**planted.ENGINES[options.engine], "FUZZING_ENGINE": options.engine}, targets)
        for target in targets:
            found = pathlib.Path(options.keep or place, "found", target)
            found.mkdir(parents=True, exist_ok=True)
            measured = measure(pathlib.Path(place, "out", target), found, options)
            if measured is None:
                failed.append(target)
                continue
            count, seconds = measured
            print(f"{target:<11}{count / seconds:9.0f}/s  {count} in {seconds:.0f} s", flush=True)
    print(f"{len(targets) - len(failed)} of {len(targets)} targets held", *failed)
    return 1 if failed or not targets else 0


if __name__ == "__main__":
    sys.exit(main())

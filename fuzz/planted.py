#!/usr/bin/env python3
# SPDX-License-Identifier: MIT OR Apache-2.0
"""Plant each bug of planted.tsv in a copy of the code, and have it found.

    planted.py [--engine libfuzzer|afl] [--start corpus|nothing] [--runs N]
               [--seeds N] [--no-mutator] [--only TEXT] [TARGET]...

For each bug it says whether the committed corpus alone finds it, and after how
many executions the engine does: from that corpus, or from one input of zeros. It
fails when a bug is not found within N runs; with several seeds, not by one. At
the end there is the median of all trials, where one that found nothing took
longer than any other. A bug is an exact text of one file, once in it, and what stands there instead
('\\n' is a line end).
"""

import argparse
import collections
import csv
import math
import pathlib
import shutil
import statistics
import sys
import tempfile

import engines

# In a test, what is beside this; to `bazel run` this is a link far from the rest.
BESIDE = pathlib.Path(__file__).absolute().parents[1]
ROOT = BESIDE if (BESIDE / "fuzz/planted.tsv").exists() else engines.ROOT
PARTS = ["corpus/fuzz", "fuzz", "spec/model", "src"]
PARTS += [f"tests/{name}" for name in ("cache", "codec", "guest", "migrate")]
CHECKS = "-O1 -g1 -fsanitize=address,undefined -fno-sanitize-recover=all"
AFL_SECONDS = 120
# They make room for blocks of 4 MiB, or threads: a tenth of the runs is enough.
SLOW = {"apply", "diff", "move"}


def runs(program, options):
    return options.runs // 10 if program.name in SLOW else options.runs


class Bench:
    """A copy of the code, its objects, and the programs made of them."""

    def __init__(self, place, options):
        self.place = pathlib.Path(place)
        self.options = options
        self.tree = self.place / "tree"
        for part in PARTS:
            shutil.copytree(ROOT / part, self.tree / part, copy_function=shutil.copy2)
        self.work = self.place / "work"

    def build(self, targets, out):
        more = {
            "XBZ_MUTATOR": "0" if self.options.no_mutator else "1",
            "XBZ_TARGETS": targets,
        }
        engines.build(
            self.options.engine, CHECKS, self.place / out, self.work, self.tree, **more
        )

    def users(self, name):
        """The sources to compile anew when this file changes."""
        path = self.tree / name
        return [path] if path.suffix == ".c" else sorted(path.parent.glob("*.c"))

    def build_planted(self, bug):
        """The program of one target with the bug; the tree is as before then."""
        source, users = self.tree / bug["file"], self.users(bug["file"])
        made = [self.work / user.relative_to(self.tree) for user in users]
        made = [path.with_suffix(".o") for path in made]
        text, good = source.read_text(), [path.read_bytes() for path in made]
        original, replacement = (
            bug[key].replace("\\n", "\n") for key in ("original", "replacement")
        )
        if text.count(original) != 1:
            sys.exit(f"{bug['id']}: its original text is not once in {bug['file']}")
        try:
            source.write_text(text.replace(original, replacement))
            for path in made:
                path.unlink()
            self.build(bug["target"], bug["id"])
        finally:
            # What the next build finds is newer than its source, and sound.
            source.write_text(text)
            for path, content in zip(made, good):
                path.write_bytes(content)
        return self.place / bug["id"] / bug["target"]


def libfuzzer(program, corpus, seed, options):
    """Executions until a finding, or None."""
    # It writes elsewhere: not to the corpus that other bugs start from.
    with tempfile.TemporaryDirectory() as state:
        command, _ = engines.libfuzzer(program, pathlib.Path(state), corpus, patience=10)
        result = engines.run([*command, f"-runs={runs(program, options)}", f"-seed={seed}"])
    if result.returncode == 0:
        return None
    count = engines.executions(result.stderr, pathlib.Path(state), program.name)
    if count is None:
        sys.exit(f"{program.parent.name}: no finding, but\n{result.stderr[-3000:]}")
    return count


def afl(program, corpus, seed, options):
    """The same; for a bug that its seeds show, there are no executions."""
    with tempfile.TemporaryDirectory() as place:
        state, zeros = pathlib.Path(place), pathlib.Path(place, "zeros")
        zeros.mkdir()
        (zeros / "zeros").write_bytes(bytes(8))
        mutator = None if options.no_mutator else options.mutator
        command, environment = engines.afl(program, state, corpus or [zeros], mutator)
        limits = ["-s", seed, "-V", AFL_SECONDS, "-E", runs(program, options)]
        environment.update(AFL_BENCH_UNTIL_CRASH="1", AFL_HANG_TMOUT="1000")
        result = engines.run([command[0], *limits, *command[1:]], **environment)
        count = engines.executions("", state, program.name)
        if count is None and "results in a crash" in result.stdout + result.stderr:
            return 0
        if count is None:
            sys.exit(f"{program}: {result.stdout[-2000:]}{result.stderr[-2000:]}")
        crashes = state.glob(f"{program.name}/default/crashes/id*")
        return count if any(crashes) else None


def replays(program, corpus, options):
    """Whether the corpus alone finds it."""
    if options.engine == "afl":
        return engines.run([program, *corpus.iterdir()]).returncode != 0
    command = [program, "-runs=0", "-timeout=10", f"-artifact_prefix={program.parent}/", corpus]
    return engines.run(command).returncode != 0


def try_bug(bench, bug, options):
    program = bench.build_planted(bug)
    corpus = bench.tree / "corpus/fuzz" / bug["target"]
    replayed = replays(program, corpus, options)
    counts = []
    if options.start == "nothing" or not replayed:
        engine = {"libfuzzer": libfuzzer, "afl": afl}[options.engine]
        start = [corpus] if options.start == "corpus" else []
        counts = [engine(program, start, n, options) for n in range(1, options.seeds + 1)]
    shutil.rmtree(program.parent)
    return replayed, counts


def report(bug, replayed, counts):
    """One line; whether the bug was found."""
    hits = [count for count in counts if count is not None]
    found = hits or (replayed and not counts)
    words = ["corpus" if replayed else "-"]
    if counts:
        words.append(f"{len(hits)}/{len(counts)}")
        words.append(str(int(statistics.median(hits))) if hits else "NOT FOUND")
    print(f"{bug['target']:<11}{bug['id']:<36}" + "  ".join(words), flush=True)
    return bool(found)


def summary(trials):
    """One line for each target whose bugs were fuzzed for."""
    for target, counts in trials.items():
        missed = counts.count(None)
        median = statistics.median(math.inf if n is None else n for n in counts)
        print(f"{target}: {len(counts) - missed} of {len(counts)} trials, median {median:.0f}")


def check_sound(bench, targets):
    """The code without a bug passes its corpus: what is found is the bug."""
    bench.build(" ".join(targets), "sound")
    for target in targets:
        program = bench.place / "sound" / target
        if replays(program, bench.tree / "corpus/fuzz" / target, bench.options):
            sys.exit(f"{target} fails without a planted bug")


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--engine", choices=list(engines.COMPILERS), default="libfuzzer")
    parser.add_argument("--start", choices=["corpus", "nothing"], default="corpus")
    parser.add_argument("--runs", type=int, default=200000)
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--no-mutator", action="store_true")
    parser.add_argument("--only", default="")
    parser.add_argument("targets", nargs="*")
    return parser.parse_args()


def main():
    options = arguments()
    with open(ROOT / "fuzz/planted.tsv", encoding="utf-8", newline="") as table:
        bugs = list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))
    bugs = [bug for bug in bugs if options.only in bug["id"]]
    bugs = [bug for bug in bugs if not options.targets or bug["target"] in options.targets]
    trials, found = collections.defaultdict(list), 0
    with tempfile.TemporaryDirectory() as place:
        bench = Bench(place, options)
        options.mutator = bench.place / "mutator.so"
        engines.build_mutator(options.mutator)
        check_sound(bench, sorted({bug["target"] for bug in bugs}))
        for bug in bugs:
            replayed, counts = try_bug(bench, bug, options)
            trials[bug["target"]] += counts
            found += report(bug, replayed, counts)
    summary({target: counts for target, counts in trials.items() if counts})
    print(f"{found} of {len(bugs)} planted bugs found")
    return 0 if bugs and found == len(bugs) else 1


if __name__ == "__main__":
    sys.exit(main())

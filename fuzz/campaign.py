#!/usr/bin/env python3
# SPDX-License-Identifier: MIT OR Apache-2.0
"""Work towards an hour of each target on each engine.

    campaign.py [--hours N] [--minutes N] [--slice SECONDS] [--jobs N] [TARGET]...
    campaign.py --report [--hours N] [TARGET]...

The pair of a target and an engine that has had the least processor time is fuzzed
for a slice, then the next, until all have had the hours, or this run its minutes.
Each slice is a row of CAMPAIGN.tsv. Corpora and findings are in .cache/fuzz/, as
those of run.py: a later run goes on with them. A pair that found something is
left alone for the rest of the run.

The report has the sums. It fails where the last slice of a pair found something,
or where the slices since its last finding are not the hours yet.
"""

import argparse
import datetime
import fcntl
import multiprocessing
import signal
import subprocess
import sys
import tempfile
import time

import bench
import engines

ROOT = engines.ROOT
LEDGER = ROOT / "fuzz/CAMPAIGN.tsv"
COLUMNS = ["date", "commit", "target", "engine", "seconds", "executions", "findings"]


def ledger():
    lines = LEDGER.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return [dict(zip(COLUMNS, row)) for row in rows if row != COLUMNS]


def totals(rows, targets):
    """Processor seconds, executions and findings of each pair, since it last
    found something: what was fuzzed before was other code."""
    sums = {(target, engine): [0, 0, 0] for target in targets for engine in engines.COMPILERS}
    for row in rows:
        pair = row["target"], row["engine"]
        if pair not in sums:
            continue
        seconds = float(row["seconds"])
        executions, found = int(row["executions"]), int(row["findings"])
        before = sums[pair] if not found and not sums[pair][2] else [0, 0, 0]
        sums[pair] = [before[0] + seconds, before[1] + executions, found]
    return sums


def commit():
    def git(*words):
        command = ["git", "-c", "safe.directory=*", "-C", ROOT, *words]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    changed = git("status", "--porcelain", "--", ".", f":!{LEDGER.relative_to(ROOT)}")
    return git("rev-parse", "--short=12", "HEAD").strip() + ("+" if changed else "")


def fuzz(programs, pair, seconds, results):
    """One slice, as a process of its own."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    part = None
    try:
        part = bench.fuzz(programs, *pair, engines.ROOT / ".cache/fuzz" / pair[1], seconds)
    finally:
        results.put((pair, part))


class Campaign:
    def __init__(self, programs, options):
        self.programs, self.options = programs, options
        self.sums = totals(ledger(), options.targets)
        self.commit = commit()
        self.results = multiprocessing.Queue()
        self.running, self.failed = {}, set()

    def next_pair(self):
        """That with the least time, if any is to go on with."""
        busy = self.failed | set(self.running)
        wanted = 3600 * self.options.hours
        left = [pair for pair, sums in self.sums.items() if sums[0] < wanted and pair not in busy]
        return min(left, key=lambda pair: self.sums[pair][0], default=None)

    def start(self, until):
        seconds = min(self.options.slice, round(until - time.monotonic()))
        pair = self.next_pair()
        if pair is None or seconds < 1:
            return False
        arguments = self.programs, pair, seconds, self.results
        work = multiprocessing.Process(target=fuzz, args=arguments)
        self.running[pair] = work
        work.start()
        return True

    def finish(self):
        """Wait for a slice, and write it down."""
        pair, part = self.results.get()
        self.running.pop(pair).join()
        if part is None or not part.executions:
            # Nothing was fuzzed: that is neither a slice nor a finding.
            sys.exit(f"{pair[1]} cannot fuzz {pair[0]}\n{part.log[-2000:] if part else ''}")
        now = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%MZ")
        row = [now, self.commit, *pair, f"{part.seconds:.1f}", part.executions, len(part.found)]
        with open(LEDGER, "a", encoding="utf-8") as table:
            print(*row, sep="\t", file=table)
        if part.found:
            self.failed.add(pair)
        self.sums = totals(ledger(), self.options.targets)
        minutes = self.sums[pair][0] / 60
        line = f"{pair[0]:<11}{pair[1]:<10}{minutes:6.1f} min  {part.executions:>9}"
        print(line, *part.found, flush=True)

    def run(self):
        until = time.monotonic() + 60 * self.options.minutes
        try:
            while True:
                while len(self.running) < self.options.jobs and self.start(until):
                    pass
                if not self.running:
                    return
                self.finish()
        finally:
            for work in self.running.values():
                work.terminate()
                work.join()


def report(options):
    missing = 0
    for (target, engine), (seconds, executions, found) in totals(
        ledger(), options.targets
    ).items():
        done = not found and seconds >= 3600 * options.hours
        missing += not done
        state = f"{found} found" if found else "" if done else "not yet"
        print(f"{target:<11}{engine:<10}{seconds / 60:6.1f} min  {executions:>12}  {state}")
    print(f"{missing} pairs without {options.hours:g} h")
    return 1 if missing else 0


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--hours", type=float, default=1)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--slice", type=int, default=300)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--report", action="store_true")
    parser.add_argument("targets", nargs="*")
    options = parser.parse_args()
    known = engines.targets()
    if set(options.targets) - set(known):
        parser.error(f"the targets are {' '.join(known)}")
    options.targets = options.targets or known
    return options


def main():
    options = arguments()
    if options.report:
        return report(options)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with open(LEDGER, encoding="utf-8") as alone, tempfile.TemporaryDirectory() as place:
        try:
            fcntl.flock(alone, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            sys.exit(f"{LEDGER}: another campaign writes here")
        programs = bench.Bench(place, engines.COMPILERS, options.targets)
        campaign = Campaign(programs, options)
        try:
            campaign.run()
        except KeyboardInterrupt:
            print("interrupted: the slices that ran do not count")
    return 1 if campaign.failed else 0


if __name__ == "__main__":
    sys.exit(main())

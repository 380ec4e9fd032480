#!/usr/bin/env python3
# SPDX-License-Identifier: MIT OR Apache-2.0
"""How fast each target is: executions by the second of processor time, on one core,
from its corpus, with AddressSanitizer and UndefinedBehaviorSanitizer.

    speed.py [--engine libfuzzer|afl] [--seconds N] [TARGET]...

It fails when a target does, and shows what the engine said.
"""

import argparse
import pathlib
import sys
import tempfile

import bench
import engines


def measure(programs, target, options):
    """One line; whether the target held."""
    with tempfile.TemporaryDirectory() as state:
        part = bench.fuzz(programs, target, options.engine, pathlib.Path(state), options.seconds)
    if part.found or not part.executions:
        print(target, *part.found, part.log[-6000:], sep="\n")
        return False
    rate = part.executions / part.seconds
    print(f"{target:<11}{rate:9.0f}/s  {part.executions} in {part.seconds:.0f} s", flush=True)
    return True


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--engine", choices=list(engines.COMPILERS), default="libfuzzer")
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("targets", nargs="*")
    options = parser.parse_args()
    targets = options.targets or engines.targets()
    with tempfile.TemporaryDirectory() as place:
        programs = bench.Bench(place, [options.engine], targets)
        held = [measure(programs, target, options) for target in targets]
    print(f"{sum(held)} of {len(held)} targets held")
    return 0 if held and all(held) else 1


if __name__ == "__main__":
    sys.exit(main())

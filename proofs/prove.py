#!/usr/bin/env python3
# SPDX-License-Identifier: MIT OR Apache-2.0
"""Prove one file by hand and print the goals that stay open.

  python3 proofs/prove.py src/core/uleb128.c
  python3 proofs/prove.py src/core/uleb128.c -f xbz_uleb128_get
  python3 proofs/prove.py proofs/logic.c --lemmas
"""

import argparse
import os
import sys
import time

from wp import framac, verdict

SCRIPTS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "scripts")


def parse_arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("source")
    parser.add_argument("-f", "--function", action="append", default=[],
                        help="only this function (may be repeated)")
    parser.add_argument("--lemmas", action="store_true",
                        help="the lemmas that the file sees, not its functions")
    parser.add_argument("--smoke", action="store_true",
                        help="look for contradictions too")
    parser.add_argument("--provers", help="comma-separated, in order")
    parser.add_argument("--timeout", type=int, default=20)
    parser.add_argument("--par", type=int, default=1)
    parser.add_argument("-v", "--verbose", action="store_true",
                        help="everything that Frama-C says, as it says it")
    return parser.parse_args()


def settings_of(args):
    provers = (framac.LEMMA_PROVERS if args.lemmas else
               framac.FUNCTION_PROVERS)
    if args.provers:
        provers = tuple(args.provers.split(","))
    scripts = SCRIPTS if args.lemmas and os.path.isdir(SCRIPTS) else ""
    return framac.Settings(provers=provers, timeout=args.timeout, par=args.par,
                           smoke=args.smoke, scripts=scripts)


def show(line):
    print(line, end="", flush=True)
    return True


def main():
    args = parse_arguments()
    start = time.monotonic()
    run = framac.prove(args.source, args.function, args.lemmas,
                       settings_of(args), show if args.verbose else None)
    problems = verdict.problems(run, args.function)
    for problem in problems:
        print(problem)
    proved, goals = run.proved() or (0, 0)
    print(f"{args.source}: {proved} / {goals} goals proved, "
          f"{len(problems)} problems, {time.monotonic() - start:.0f} s")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())

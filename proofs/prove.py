#!/usr/bin/env python3
# SPDX-License-Identifier: MIT OR Apache-2.0
"""Prove one file by hand and print the goals that stay open.

  python3 proofs/prove.py src/core/uleb128.c
  python3 proofs/prove.py src/core/uleb128.c -f xbz_uleb128_get
  python3 proofs/prove.py spec/logic/uleb128.acsl --lemmas
"""

import argparse
import dataclasses
import sys
import time

from wp import framac, source, verdict


def parse_arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("source")
    parser.add_argument("-f", "--function", action="append", default=[],
                        help="only this function (may be repeated)")
    parser.add_argument("--lemmas", dest="what", action="store_const",
                        const=framac.LEMMAS, default=framac.FUNCTIONS,
                        help="the lemmas that the file states, not its functions")
    parser.add_argument("--smoke", dest="what", action="store_const",
                        const=framac.SMOKE, help="look for contradictions")
    parser.add_argument("--quick", action="store_true",
                        help="the quick provers only")
    parser.add_argument("--provers", help="comma-separated, in order")
    parser.add_argument("--timeout", type=int)
    parser.add_argument("-v", "--verbose", action="store_true",
                        help="everything that Frama-C says, as it says it")
    return parser.parse_args()


def settings_of(args):
    settings = framac.QUICK if args.quick else framac.SETTINGS[args.what]
    if args.provers:
        settings = dataclasses.replace(settings,
                                       provers=args.provers.split(","))
    if args.timeout:
        settings = dataclasses.replace(settings, timeout=args.timeout)
    return settings


def show(line):
    print(line, end="", flush=True)
    return True


def main():
    args = parse_arguments()
    start = time.monotonic()
    functions = args.function or source.own_functions(args.source, args.what)
    run = framac.prove(args.source, args.what, settings_of(args), functions,
                       show if args.verbose else None)
    problems = verdict.problems(run, args.function)
    for problem in problems:
        print(problem)
    proved, goals = run.proved()
    print(f"{args.source}: {proved} / {goals} proved, "
          f"{len(problems)} problems, {time.monotonic() - start:.0f} s")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
# SPDX-License-Identifier: MIT OR Apache-2.0
"""Fuzz one target until something is found, or Ctrl-C.

    run.py TARGET libfuzzer|afl [OPTION OF THE ENGINE]...

With AddressSanitizer and UndefinedBehaviorSanitizer; SANITIZER=memory in the
environment: with MemorySanitizer. Corpora and findings are in .cache/fuzz/ENGINE
of the source tree, so the next run goes on where this ends.
"""

import os
import subprocess
import sys
import tempfile

import bench
import engines


def main(target, engine, *options):
    sanitizer = os.environ.get("SANITIZER", "address")
    if sanitizer not in bench.CHECKS:
        sys.exit(f"run.py: no SANITIZER={sanitizer}: {' or '.join(bench.CHECKS)}")
    bench.adopt()
    with tempfile.TemporaryDirectory() as place:
        programs = bench.Bench(place, [engine], [target], sanitizer)
        state = engines.ROOT / ".cache/fuzz" / engine
        command, environment = programs.command(target, engine, state, *options)
        try:
            return subprocess.run(command, env=environment, check=False).returncode
        except KeyboardInterrupt:
            return 1
        finally:
            bench.bury()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

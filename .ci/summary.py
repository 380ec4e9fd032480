#!/usr/bin/env python3
# SPDX-License-Identifier: MIT OR Apache-2.0
"""Say how many of the tests that exist passed, from Bazel's own event file.

    summary.py TESTS EVENTS

TESTS lists every test label, one a line. A test counts as passed only when the
events say so: one that was never built or never run counts as failed.
"""

import json
import sys


def passed_labels(events):
    summaries = (json.loads(line) for line in events)
    return {
        event["id"]["testSummary"]["label"]
        for event in summaries
        if event.get("testSummary", {}).get("overallStatus") == "PASSED"
    }


def main(tests_path, events_path):
    with open(tests_path, encoding="utf-8") as tests:
        expected = set(tests.read().split())
    with open(events_path, encoding="utf-8") as events:
        passed = expected & passed_labels(events)
    failed = expected - passed
    for label in sorted(failed):
        print(f"failed: {label}")
    print(f"{len(passed)} passed, {len(failed)} failed")
    return 0 if passed and not failed else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

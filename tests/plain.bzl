# SPDX-License-Identifier: MIT OR Apache-2.0
"""Tests of what is built without any library but C's."""

load("//tests:rebuilt.bzl", "rebuilt_attributes", "rebuilt_impl")

_LIBRARIES = [
    "//src/host/migrate:openssl",
    "//src/host/migrate:zstd",
]

def _without_impl(_, __):
    return {name: False for name in _LIBRARIES}

_without = transition(
    implementation = _without_impl,
    inputs = [],
    outputs = _LIBRARIES,
)

_plain_test = rule(
    attrs = rebuilt_attributes(_without),
    implementation = rebuilt_impl,
    test = True,
)

def plain_tests(programs, args = {}):
    """Each of these tests of the package once more, without libraries.

    Args:
      programs: names of cc_tests.
      args: for those programs that are to do less than by themselves.
    """
    for program in programs:
        _plain_test(
            name = program[:-len("_test")] + "_plain_test",
            size = "medium",
            args = args.get(program, []),
            program = program,
        )

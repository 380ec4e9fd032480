# SPDX-License-Identifier: MIT OR Apache-2.0
"""Proofs as tests: each runs Frama-C and the provers from scratch."""

load("@rules_shell//shell:sh_binary.bzl", "sh_binary")
load("@rules_shell//shell:sh_test.bzl", "sh_test")

# The proof runner and all that it reads.
_DATA = [":files"]

def wp_binary(name, module):
    """A module of the proof runner, as a program.

    Args:
      name: of the target.
      module: its name in proofs/wp.
    """
    sh_binary(
        name = name,
        srcs = ["run.sh"],
        args = ["proofs.wp." + module],
        data = _DATA,
    )

def wp_test(name, module, args = [], timeout = "long", shard_count = None):
    """A module of the proof runner, as a test.

    Args:
      name: of the test.
      module: its name in proofs/wp.
      args: for the module.
      timeout: Bazel's; a test that runs past it fails.
      shard_count: how many of it run side by side.
    """
    sh_test(
        name = name,
        srcs = ["run.sh"],
        args = ["proofs.wp." + module] + args,
        data = _DATA,
        shard_count = shard_count,
        timeout = timeout,
    )

def wp_units(*units):
    """One test for each unit.

    Args:
      *units: {name: source} as in units.bzl.
    """
    for group in units:
        for name in group:
            wp_test(
                name = name,
                module = "unit",
                args = [name],
                timeout = "long",
            )

def wp_mutants(name, tables):
    """One test for each table of mutants.

    Args:
      name: of the test suite that holds them all.
      tables: files of mutants.
    """
    for table in tables:
        wp_test(
            name = _mutants_test(table),
            module = "mutants",
            args = [table],
            shard_count = 4,
            timeout = "eternal",
        )
    native.test_suite(
        name = name,
        tests = [":" + _mutants_test(table) for table in tables],
    )

def _mutants_test(table):
    return table.replace("/", "_").replace(".tsv", "")

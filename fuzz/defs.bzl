# SPDX-License-Identifier: MIT OR Apache-2.0
"""A fuzz target and its two faces: a test that replays, a program that fuzzes."""

load("@rules_cc//cc:defs.bzl", "cc_test")
load("@rules_shell//shell:sh_binary.bzl", "sh_binary")
load("//src:copts.bzl", "XBZ_WARNINGS")

FUZZ_COPTS = [
    "-std=c99",
    "-D_GNU_SOURCE",
    "-D_FILE_OFFSET_BITS=64",
] + XBZ_WARNINGS

def fuzz_target(name, deps):
    """`bazel test :NAME` and `bazel run :NAME_run -- [OPTION OF THE ENGINE]...`

    The test runs the property NAME.c on each file of corpus/fuzz/NAME and
    corpus/regress/NAME, and fails if there is none. The program fuzzes, from
    these files on, until it is interrupted or finds something: with libFuzzer,
    or with AFL++ under --config=afl.

    Args:
      name: of the property; fuzz/build.sh must know it too.
      deps: what it needs beyond fuzz.h.
    """
    cc_test(
        name = name,
        size = "small",
        srcs = [
            "backends.h",
            "fuzz.h",
            "replay.c",
            name + ".c",
        ],
        args = ["$(rootpaths //corpus:fuzz_%s)" % name],
        copts = FUZZ_COPTS,
        data = ["//corpus:fuzz_" + name],
        deps = deps + ["//tests/codec:helpers"],
    )
    sh_binary(
        name = name + "_run",
        srcs = ["run.py"],
        data = [
            "bench.py",
            "engines.py",
        ],
        args = [name] + select({
            ":afl": ["afl"],
            "//conditions:default": ["libfuzzer"],
        }),
    )

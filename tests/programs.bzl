# SPDX-License-Identifier: MIT OR Apache-2.0
"""Folders of test programs: each *_test.c returns 0 when all its checks hold."""

load("@rules_cc//cc:defs.bzl", "cc_library", "cc_test")
load("//src:copts.bzl", "XBZ_WARNINGS")

PROGRAM_COPTS = [
    "-std=c99",
    "-D_DEFAULT_SOURCE",
] + XBZ_WARNINGS

def test_programs(deps, data = []):
    """A test for each program of the package, and what it is made of.

    The programs run in the repository's root. The matrix (//tests/arch) links
    each with the library, the model and the other C files of these folders, and
    so does //tests/coverage: for them are `programs`, `support` and `data`.

    Args:
      deps: of all C files here; `helpers` are those that are no programs.
      data: files that the programs open.
    """
    programs = native.glob(["*_test.c"])
    sources = native.glob(["*.c"], allow_empty = True, exclude = programs)
    headers = native.glob(["*.h"], allow_empty = True)
    for name, files in {
        "programs": programs,
        "support": sources + headers,
        "data": data,
    }.items():
        native.filegroup(
            name = name,
            srcs = files,
            visibility = [
                "//fuzz:__pkg__",
                "//tests:__subpackages__",
            ],
        )
    cc_library(
        name = "helpers",
        testonly = True,
        srcs = sources,
        hdrs = headers,
        copts = PROGRAM_COPTS,
        visibility = [
            "//fuzz:__pkg__",
            "//tests:__subpackages__",
        ],
        deps = deps,
    )
    for program in programs:
        cc_test(
            name = program[:-len(".c")],
            size = "small",
            srcs = [program],
            copts = PROGRAM_COPTS,
            data = data,
            deps = [":helpers"] + deps,
        )

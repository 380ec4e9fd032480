# SPDX-License-Identifier: MIT OR Apache-2.0
"""Compiler options, in one place: the builds and the test matrix share them."""

# Understood by GCC and Clang alike, so that the matrix can use them all.
XBZ_WARNINGS = [
    "-Wall",
    "-Wextra",
    "-Wpedantic",
    "-Wcast-align",
    "-Wcast-qual",
    "-Wconversion",
    "-Wdouble-promotion",
    "-Wformat=2",
    "-Wimplicit-fallthrough",
    "-Wmissing-prototypes",
    "-Wpointer-arith",
    "-Wshadow",
    "-Wsign-conversion",
    "-Wstrict-prototypes",
    "-Wundef",
    "-Wvla",
    "-Wwrite-strings",
    "-Werror",
]

# src/core: C99 that needs no hosted environment.
XBZ_CORE_COPTS = ["-std=c99", "-ffreestanding"] + XBZ_WARNINGS

# Hosted code: C99 with POSIX.
XBZ_HOST_COPTS = ["-std=c99", "-D_POSIX_C_SOURCE=200809L"] + XBZ_WARNINGS

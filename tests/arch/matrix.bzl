# SPDX-License-Identifier: MIT OR Apache-2.0
"""The unit tests under one compiler, one set of flags, and one machine."""

load("@rules_shell//shell:sh_test.bzl", "sh_test")
load("//src:copts.bzl", "XBZ_CORE_COPTS")

# All that run.sh compiles, and what the programs open.
MATRIX_DATA = [
    "//spec/model:sources",
    "//src:library",
] + [
    "//tests/%s:%s" % (folder, group)
    for folder in [
        "cache",
        "codec",
        "fast",
        "protocol",
    ]
    for group in [
        "data",
        "programs",
        "support",
    ]
]

_SANITIZE = [
    "-O1",
    "-g",
    "-fno-omit-frame-pointer",
    "-fno-sanitize-recover=all",
]

def _config(compiler, flags, emulator = "native", core = []):
    """A compiler, flags for all code, what runs a program, flags for the library."""
    return struct(compiler = compiler, flags = flags, emulator = emulator, core = core)

CONFIGURATIONS = {
    "gcc_O0": _config("gcc", ["-O0"]),
    "gcc_O1": _config("gcc", ["-O1"]),
    "gcc_O2": _config("gcc", ["-O2"]),
    "gcc_O3": _config("gcc", ["-O3"]),
    "gcc_asan_ubsan": _config("gcc", _SANITIZE + ["-fsanitize=address,undefined"]),
    "clang_O0": _config("clang", ["-O0"]),
    "clang_O1": _config("clang", ["-O1"]),
    "clang_O2": _config("clang", ["-O2"]),
    "clang_O3": _config("clang", ["-O3"]),
    "clang_asan_ubsan": _config(
        "clang",
        _SANITIZE + ["-fsanitize=address,undefined"],
        # Unsigned wrap-around is legal C, but the library claims to have none.
        core = ["-fsanitize=integer,implicit-conversion"],
    ),
    "clang_msan": _config("clang", _SANITIZE + ["-fsanitize=memory"]),
    "x86_32": _config("i686-linux-gnu-gcc", ["-O2", "-static"]),
    "aarch64": _config(
        "aarch64-linux-gnu-gcc",
        ["-O2", "-static"],
        emulator = "qemu-aarch64-static",
    ),
    "riscv64": _config(
        "riscv64-linux-gnu-gcc",
        ["-O2", "-static"],
        emulator = "qemu-riscv64-static",
    ),
    "s390x_big_endian": _config(
        "s390x-linux-gnu-gcc",
        ["-O2", "-static"],
        emulator = "qemu-s390x-static",
    ),
}

def matrix_tests(name):
    """One test for each configuration.

    Args:
      name: of the test suite that holds them all.
    """
    for test, config in CONFIGURATIONS.items():
        sh_test(
            name = test,
            srcs = ["run.sh"],
            args = [config.compiler, config.emulator] + XBZ_CORE_COPTS +
                   config.core + ["--"] + config.flags,
            data = MATRIX_DATA,
            timeout = "long",
        )
    native.test_suite(
        name = name,
        tests = [":" + test for test in CONFIGURATIONS],
    )

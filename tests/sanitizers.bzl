# SPDX-License-Identifier: MIT OR Apache-2.0
"""Programs, and all that they are made of, built anew under sanitizers."""

load("//tests:rebuilt.bzl", "rebuilt_attributes", "rebuilt_impl")

# What -fsanitize takes.
SANITIZERS = {
    "asan_ubsan": "address,undefined",
    "tsan": "thread",
}

def _flags_impl(settings, attr):
    sanitize = ["-fsanitize=" + SANITIZERS[attr.sanitizer]]
    return {
        "//command_line_option:copt": settings["//command_line_option:copt"] + [
            "-O1",
            "-g",
            "-fno-omit-frame-pointer",
            "-fno-sanitize-recover=all",
        ] + sanitize,
        "//command_line_option:linkopt": settings["//command_line_option:linkopt"] + sanitize,
    }

_OPTIONS = [
    "//command_line_option:copt",
    "//command_line_option:linkopt",
]

_flags = transition(
    implementation = _flags_impl,
    inputs = _OPTIONS,
    outputs = _OPTIONS,
)

_ATTRIBUTES = rebuilt_attributes(
    _flags,
    sanitizer = attr.string(mandatory = True, values = SANITIZERS.keys()),
)

sanitized_binary = rule(
    attrs = _ATTRIBUTES,
    executable = True,
    implementation = rebuilt_impl,
)

_sanitized_test = rule(
    attrs = _ATTRIBUTES,
    implementation = rebuilt_impl,
    test = True,
)

def sanitized_tests(programs, args = {}):
    """Each of these tests of the package once more under each sanitizer.

    Args:
      programs: names of cc_tests.
      args: for those programs, or tests, that are to do less than by themselves.
    """
    for program in programs:
        for sanitizer in SANITIZERS:
            name = "%s_%s_test" % (program[:-len("_test")], sanitizer)
            _sanitized_test(
                name = name,
                size = "medium",
                args = args.get(name, args.get(program, [])),
                program = program,
                sanitizer = sanitizer,
            )

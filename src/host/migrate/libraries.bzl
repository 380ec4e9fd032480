# SPDX-License-Identifier: MIT OR Apache-2.0
"""Libraries that a build may go without."""

def _library_impl(_):
    return []

library = rule(
    doc = "--//src/host/migrate:NAME=false builds without the library.",
    implementation = _library_impl,
    build_setting = config.bool(flag = True),
)

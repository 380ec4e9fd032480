# SPDX-License-Identifier: MIT OR Apache-2.0
"""The rules_shell interface over the rule built into Bazel 4.2.3."""

sh_library = native.sh_library

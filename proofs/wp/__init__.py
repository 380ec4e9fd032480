# SPDX-License-Identifier: MIT OR Apache-2.0
"""Runs Frama-C WP on the core and judges what it says."""

#!/bin/bash -eu
# SPDX-License-Identifier: MIT OR Apache-2.0
# Called in the builder's container, with everything in the environment.
exec "$SRC/xbz/fuzz/build.sh"

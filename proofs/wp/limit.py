# SPDX-License-Identifier: MIT OR Apache-2.0
"""Run a command with a limit of its processor time, in parts of a second.

  limit.py SECONDS COMMAND [ARGUMENT]...
"""

import os
import signal
import sys

# The timer outlives the exec, and its signal ends the command.
signal.setitimer(signal.ITIMER_PROF, float(sys.argv[1]))
os.execvp(sys.argv[2], sys.argv[2:])

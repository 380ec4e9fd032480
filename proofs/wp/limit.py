# SPDX-License-Identifier: MIT OR Apache-2.0
"""Run a command with a limit of its processor time.

  limit.py SECONDS PART COMMAND [ARGUMENT]...    PART of SECONDS, such as 0.25
"""

import os
import signal
import sys

# The timer outlives the exec, and its signal ends the command.
signal.setitimer(signal.ITIMER_PROF, float(sys.argv[1]) * float(sys.argv[2]))
os.execvp(sys.argv[3], sys.argv[3:])

"""Who runs a program, and in what environment, when it is to meet a fault."""

import os
import sys

_PR_CAPBSET_DROP = 24
_FILE_RIGHTS = (1, 2)
"""CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH."""
_WEAKER = f"""
import ctypes, os, sys
for right in {_FILE_RIGHTS}:
    ctypes.CDLL(None).prctl({_PR_CAPBSET_DROP}, right, 0, 0, 0)
os.execv(sys.executable, [sys.executable, *sys.argv[1:]])
"""


def python_without_rights() -> list[str]:
    """Return how to start Python so that a folder nobody may write to cannot be written to.

    Whatever root may do, it is no test of a permission.
    """
    is_root = sys.platform == "linux" and os.geteuid() == 0
    return [sys.executable, "-c", _WEAKER] if is_root else [sys.executable]


def unmeasured() -> dict[str, str]:
    """Return the environment without the measuring of coverage: it writes files of its own."""
    return {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}

"""What this machine has to run a model with: the one module that imports psutil."""

import os


def physical_cores() -> int:
    """Return how many cores there are, two threads of one core counting once."""
    import psutil  # noqa: PLC0415 - loaded when first used

    return psutil.cpu_count(logical=False) or os.cpu_count() or 1


def available_memory() -> int:
    """Return how many bytes a new process can have without anything being swapped out."""
    import psutil  # noqa: PLC0415 - as above

    return psutil.virtual_memory().available

"""What the machine has: figures that a model can be chosen by."""

import os

from interviewer.models.machine import available_memory, physical_cores


def test_physical_cores_are_no_more_than_the_threads_of_the_machine() -> None:
    assert 1 <= physical_cores() <= (os.cpu_count() or 1)


def test_some_memory_is_available() -> None:
    assert available_memory() > 1_000_000

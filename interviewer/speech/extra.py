"""What to say when the packages of the extra `voice` are not there."""

from collections.abc import Iterator
from contextlib import contextmanager

from interviewer.errors import SpeechError


@contextmanager
def needs_extra() -> Iterator[None]:
    """Turn a missing package into what to install.

    Raises:
        SpeechError: what was imported inside is not installed.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        package = (error.name or str(error)).partition(".")[0]
        raise SpeechError(
            f"Speech needs the package {package!r}, which is not installed.",
            hint="Install the extra `voice`: `python -m pip install 'interviewer[voice]'`, or "
            "`python3 run.py voice test` in a copy of the sources. Without it interviews are held "
            "in text.",
        ) from error

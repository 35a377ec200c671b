"""How much of what was said was understood."""

import re

import jiwer

_OTHER = re.compile(r"[^a-z0-9' ]")


def word_errors(said: str, heard: str) -> float:
    """Return the word error rate: words put in, left out and changed, for each word said."""
    rate: float = jiwer.wer(_plain(said), _plain(heard))
    return rate


def _plain(text: str) -> str:
    return " ".join(_OTHER.sub("", text.lower().replace("-", " ")).split())

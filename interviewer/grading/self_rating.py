"""How a candidate rates an answer of theirs, and how far that is from its grade."""

from collections.abc import Mapping

from interviewer.values.grade import Band, Grade

RATINGS: Mapping[int, Band] = {1: "no", 2: "leaning no", 3: "hire", 4: "strong hire"}


def gap(rating: int, grade: Grade) -> int:
    """Return by how many bands, -3 to 3, a rating is above its grade."""
    worth = {band: number for number, band in RATINGS.items()}
    return rating - worth[grade.band]

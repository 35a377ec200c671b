"""How hard the next question is: as set, and harder or easier as the answers call for."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from interviewer.conversation.state import Exchange
from interviewer.grading.code_points import worth
from interviewer.grading.coverage import Coverage
from interviewer.grading.score import BANDS, band, weigh
from interviewer.values.grade import Band
from interviewer.values.knowledge import LEVELS, Level, PreparedQuestion, Topic

Aim = tuple[Level, str]
IN_A_ROW = 2
STEPS: Mapping[Band, int] = {"strong hire": 1, "hire": 0, "leaning no": 0, "no": -1}
"""What an answer of each band speaks for: harder, as it is, or easier."""


def levels_of(topics: Iterable[Topic], level: Level) -> list[Level]:
    """Return the levels that the questions of some topics have, and the one that was set."""
    found = {question.level for topic in topics for question in topic.questions}
    return [name for name in LEVELS if name in found or name == level]


def strength(exchange: Exchange, coverage: Coverage) -> float | None:
    """Return the score, 0 to 1, by the quick measure; None if that cannot be measured.

    The grade itself may not be there when the next question is chosen.
    """
    if not exchange.is_answered:
        return 0.0
    if exchange.question.task is not None:
        return worth(exchange.last_run)
    points = exchange.question.key_points
    if not points:
        return None
    measured = zip(points, coverage.measure(exchange.text), strict=True)
    return weigh(points, {point.id: likely for point, likely in measured})


def adapt_level(level: Level, strengths: Sequence[float], levels: Sequence[Level]) -> Aim:
    """Return the level for the next question, one of `levels`, and why if it is not the one set."""
    now, run, why = levels.index(level), 0, ""
    for value in strengths:
        step = STEPS[band(value)]
        run = run + step if run * step > 0 else step
        if why:
            why = f"It stays {levels[now]}, as before."
        if abs(run) >= IN_A_ROW and 0 <= now + step < len(levels):
            now += step
            run = 0
            quality, change = ("strong", "harder") if step > 0 else ("weak", "easier")
            why = f"After two {quality} answers in a row it is {change}: {levels[now]}."
    return levels[now], why if levels[now] != level else ""


class Adapting:
    """The level of a session: what was set, and how the answers were."""

    def __init__(self, level: Level, topics: Iterable[Topic]) -> None:
        self._level: Level = level
        self._levels = levels_of(topics, level)
        self._strengths: list[float] = []

    def note(self, exchange: Exchange, coverage: Coverage) -> None:
        """Take note of how a question went that is closed."""
        value = strength(exchange, coverage)
        self._strengths += [] if value is None else [value]

    @property
    def aim(self) -> Aim:
        """The level of the next question, and why if it is not the one set."""
        return adapt_level(self._level, self._strengths, self._levels)

    @property
    def possible(self) -> list[Level]:
        """The levels that the next question may have, however the one on the table will go."""
        # One strength of each band, and none at all: that of a question that cannot be measured.
        ways: list[list[float]] = [[], *([lowest] for lowest, _ in BANDS)]
        outcomes = (adapt_level(self._level, self._strengths + way, self._levels) for way in ways)
        return list(dict.fromkeys(level for level, _ in outcomes))


def best_fitting(
    questions: Sequence[PreparedQuestion], level: Level, due: Collection[str]
) -> list[PreparedQuestion]:
    """Return the questions of the nearest level, of these the ones on most of some key points."""
    here = LEVELS.index(level)
    distance = min(abs(LEVELS.index(q.level) - here) for q in questions)
    near = [q for q in questions if abs(LEVELS.index(q.level) - here) == distance]
    most = max(len(set(due).intersection(q.key_points)) for q in near)
    return [q for q in near if len(set(due).intersection(q.key_points)) == most]

"""What a chat model's exam showed, and what it can and cannot be trusted with."""

from pydantic import computed_field

from interviewer.values.value import Value

FORMS_NEEDED = 4
"""Of 5. A model that fails more loses the key points that it drafts for topics without notes."""
APART_NEEDED = 9
"""Of 10. A coin gets so many in order once in 93 exams (binomial); 8, once in 18."""
CALLS_NEEDED = 16
"""Of 20 answers, called right or not right. A coin gets so many once in 169 exams."""
PATIENCE_S = 30.0
"""What a made question may take: it is made while the candidate talks, about this long."""
QUESTION_READ, QUESTION_WRITTEN = 600, 70
"""Tokens of a question that the model makes: notes and instruction, and the reply's own limit."""


class Marked(Value):
    """A pair as the model judged it: the chance, 0 to 1, it gives each answer of making the point.

    None where it knew none of the labels.
    """

    point: str
    right: float | None
    wrong: float | None
    says_right: bool
    """Whether the model spoke for the right answer, its leaning taken off as grading does."""
    says_wrong: bool
    """Whether it spoke for the wrong answer."""

    @property
    def apart(self) -> bool:
        """Whether the right answer got the better chance."""
        return self.right is not None and self.wrong is not None and self.right > self.wrong


class Finding(Value):
    """One thing that the model can or cannot be trusted with, in words for the screen."""

    what: str
    good: bool
    found: str


class ExamResult(Value):
    """What came out."""

    model: str
    digest: str
    context_tokens: int
    forms: tuple[bool, ...]
    pairs: tuple[Marked, ...]
    read_tokens_s: float | None
    """Tokens of a prompt read in a second; None if the engine does not count."""
    write_tokens_s: float | None
    """Tokens of a reply written in a second."""

    @computed_field  # type: ignore[prop-decorator]
    @property
    def gives_probabilities(self) -> bool:
        """Whether any chance lies between never and surely."""
        chances = [c for pair in self.pairs for c in (pair.right, pair.wrong) if c is not None]
        return any(0.0 < chance < 1.0 for chance in chances)

    @computed_field  # type: ignore[prop-decorator]
    @property
    def findings(self) -> tuple[Finding, ...]:
        """What follows from it."""
        return (_form(self), _probabilities(self), _grades(self), _speed(self))


def _form(result: ExamResult) -> Finding:
    kept = sum(result.forms)
    good = kept >= FORMS_NEEDED
    meaning = (
        "it may draft key points for topics that have none"
        if good
        else "key points that it drafts are often lost: give it topics that have some"
    )
    return Finding(
        what="Follows a schema", good=good,
        found=f"{kept} of {len(result.forms)} replies ({FORMS_NEEDED} needed); {meaning}.",
    )  # fmt: skip


def _probabilities(result: ExamResult) -> Finding:
    good = result.gives_probabilities
    meaning = "doubt shows in a grade" if good else "each verdict is its bare word, without doubt"
    return Finding(
        what="Gives probabilities", good=good, found=f"{'yes' if good else 'no'}; {meaning}."
    )


def _grades(result: ExamResult) -> Finding:
    count = len(result.pairs)
    apart = sum(pair.apart for pair in result.pairs)
    right = sum(pair.says_right for pair in result.pairs)
    wrong = sum(pair.says_wrong for pair in result.pairs)
    in_order, called = apart >= APART_NEEDED, right + count - wrong >= CALLS_NEEDED
    if in_order and called:
        meaning = "its word on a plain answer counts; read the quotes all the same"
    elif in_order:
        meaning = "it sees which answer is better, but its yes or no alone is not to be trusted"
    else:
        meaning = "do not trust its grades: take a larger model, or `none`"
    return Finding(
        what="Tells right from wrong", good=in_order and called,
        found=f"{apart} of {count} pairs ({APART_NEEDED} needed); it finds the point in {right} of "
        f"{count} right answers and in {wrong} of {count} wrong ones "
        f"({CALLS_NEEDED} of {2 * count} called well needed); {meaning}.",
    )  # fmt: skip


def _speed(result: ExamResult) -> Finding:
    reads, writes = result.read_tokens_s, result.write_tokens_s
    if not reads or not writes:
        return Finding(what="Speed", good=True, found="not known: its engine does not tell.")
    takes = QUESTION_READ / reads + QUESTION_WRITTEN / writes
    good = takes <= PATIENCE_S
    meaning = "ready while you talk" if good else "you will wait for it where no prepared one is"
    return Finding(
        what="Speed", good=good,
        found=f"reads {reads:g} tokens a second, writes {writes:g}; a question that it makes takes "
        f"about {takes:.0f} s ({PATIENCE_S:.0f} allowed): {meaning}.",
    )  # fmt: skip

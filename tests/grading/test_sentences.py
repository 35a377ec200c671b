"""Sentences keep their place in the answer."""

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from interviewer.grading.sentences import MAX_CHARS, split_sentences


def test_sentences_and_lines_are_told_apart() -> None:
    spans = split_sentences("It closes the file. Always!\nEven then?  Yes")

    assert [span.text for span in spans] == ["It closes the file.", "Always!", "Even then?", "Yes"]


def test_a_long_sentence_is_cut_at_its_clauses() -> None:
    long = "the file is closed " * 6 + ", and the lock is released " + "as you would expect " * 4

    spans = split_sentences(long)

    assert len(long) > MAX_CHARS
    assert len(spans) == 2
    assert spans[1].text.startswith("and the lock")


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=400))
def test_every_span_is_what_stands_there_and_they_do_not_overlap(text: str) -> None:
    spans = split_sentences(text)

    assert all(text[span.start : span.end] == span.text for span in spans)
    assert all(span.text == span.text.strip() and span.text for span in spans)
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))

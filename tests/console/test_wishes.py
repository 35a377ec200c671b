import pytest

from interviewer.console.wishes import CLARIFY, THINK, VERDICT, wish
from interviewer.knowledge.guide import read_guides
from interviewer.paths import bundled


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("Could you repeat the question?", "/repeat"),
        ("Sorry, can you say that again, please?", "/repeat"),
        ("Sorry?", "/repeat"),
        ("I didn’t catch that.", "/repeat"),
        ("What was the question again?", "/repeat"),
        ("Would you mind repeating that?", "/repeat"),
        ("Hello!", "/repeat"),
        ("Can you put that in other words?", "/simpler"),
        ("I don't understand the question.", "/simpler"),
        ("Can I get a hint?", "/hint"),
        ("Hmm, I'm stuck", "/hint"),
        ("Let's skip this one.", "/skip"),
        ("I don't know, can we move on?", "/skip"),
        ("I'd like to skip this question", "/skip"),
        ("No idea. Next question, please!", "/skip"),
        ("Just tell me the answer", "/answer"),
        ("How much time do I have left?", "/time"),
        ("Can we take a short break?", "/pause"),
        ("Let's stop here.", "/end"),
        ("I have to end the interview now", "/end"),
        ("help", "/help"),
        ("What do you mean by “lazy”?", CLARIFY),
        ("Do you mean at import time or when it runs?", CLARIFY),
        ("Should I talk about asyncio too?", CLARIFY),
        ("What's the app fixture?", CLARIFY),
        ("Can I use itertools?", CLARIFY),
        ("How large can the list be?", CLARIFY),
        ("Was that right?", VERDICT),
        ("Okay, how am I doing?", VERDICT),
        ("Let me think about that for a moment.", THINK),
        ("Just a second, please", THINK),
    ],
)
def test_what_people_say_instead_of_a_command_is_understood(said: str, wanted: str) -> None:
    assert wish(said) == wanted


@pytest.mark.parametrize(
    "answer",
    [
        *("next", "pass", "exit", "break", "repeat", "one second", "Is it O(n)?", "A list?"),
        *("I would skip the cache.", "You can skip that.", "It would stop here.", "It repeats it."),
        *("What about a set?", "Why not use a lock?", "What happens? It is paused."),
        *("I'll stop here.", "I don't understand generators very well.", "I don't know."),
        "How much time it takes depends on n.",
        "In which context the function runs.",
        "What does it mean to be lazy? It computes a value only when asked.",
        "Could you repeat the question? I think it is lazy.",
        "Let's skip this one\nand talk about generators.",
        "Let me think about the lock first, because two writers may lose rows.",
        "Is that right? I would say that a generator holds one value at a time.",
        "Let's " + "really " * 30 + "skip this one.",
        *("", "  ", "?", "…"),
    ],
)
def test_an_answer_is_no_wish(answer: str) -> None:
    assert wish(answer) is None


def test_nothing_that_the_guide_says_or_lets_a_candidate_say_is_a_wish() -> None:
    points = [
        point
        for chapter in read_guides((bundled("corpus") / "guide",))
        for topic in chapter.topics
        for point in topic.key_points
    ]

    assert points
    for point in points:
        assert [wish(text) for text in (point.text, point.covered, point.wrong)] == [None] * 3

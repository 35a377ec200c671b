import pytest

from interviewer.console.wishes import (
    ALLOWED,
    HERE,
    LATER,
    LISTEN,
    OPEN,
    OWN_VIEW,
    REPLIES,
    SURE,
    THINK,
    VERDICT,
    WHICH,
    WHO,
    wish,
)
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
        ("I don't understand the second part", "/simpler"),
        ("I'm not sure what you're asking for.", "/simpler"),
        ("Hi, how are you?", "/repeat"),
        ("Can I see the code again?", "/repeat"),
        ("Could you speak a bit slower?", "/repeat"),
        ("I'm back", "/repeat"),
        ("Can you repeat or rephrase that?", "/simpler"),
        ("Next, please.", "/skip"),
        ("I'd rather not answer.", "/skip"),
        ("I give up.", "/skip"),
        ("I'll pass on this one", "/skip"),
        ("Let's go on", "/skip"),
        ("Let's talk about something else.", "/skip"),
        ("How many questions are left?", "/time"),
        ("Are we almost done?", "/time"),
        ("Someone's at the door, sorry", "/pause"),
        ("I have to go now.", "/end"),
        ("Why do you ask that?", "/why"),
        ("What do you mean by “lazy”?", OPEN),
        ("Do you mean at import time or when it runs?", WHICH),
        ("Should I use recursion or a loop?", WHICH),
        ("Should I talk about asyncio too?", ALLOWED),
        ("Do you want code?", ALLOWED),
        ("Can I use itertools?", ALLOWED),
        ("Can I use a set or something?", ALLOWED),
        ("Is it okay if I use the standard library?", ALLOWED),
        ("So you want me to explain how it works?", ALLOWED),
        ("What's the app fixture?", OPEN),
        ("How large can the list be?", OPEN),
        ("Could you be more specific please", OPEN),
        ("Could you give me an example?", OWN_VIEW),
        ("What would you do?", OWN_VIEW),
        ("Are you still there?", HERE),
        ("Can you hear me?", HERE),
        ("Hi, who are you?", WHO),
        ("Sorry, what's your name?", WHO),
        ("Are you an AI?", WHO),
        ("Are you a real person or a bot?", WHO),
        ("Am I talking to a human?", WHO),
        ("Could you introduce yourself, please?", WHO),
        ("Are you sure?", OWN_VIEW),
        ("May I ask a clarifying question?", SURE),
        ("Can I correct that?", SURE),
        ("Hmm, can I come back to this one?", LATER),
        ("Could I come back to that later?", LATER),
        ("I'd like to do this one at the end.", LATER),
        ("Let's skip this for now", LATER),
        ("Was that right?", VERDICT),
        ("Okay, how am I doing?", VERDICT),
        ("Did that make sense?", VERDICT),
        ("Did I miss anything?", VERDICT),
        ("Right?", VERDICT),
        ("Let me think about that for a moment.", THINK),
        ("Let me think out loud", THINK),
        ("Just a second, please", THINK),
        ("Wait a second", THINK),
        ("Sorry, I lost my train of thought.", THINK),
        ("My mind went blank.", THINK),
        ("Let me read the code first.", THINK),
        ("Hmm, okay…", LISTEN),
        ("Thanks.", LISTEN),
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
        "Your name is bound to an object.",
        "Who owns the lock is written down.",
        "What does it mean to be lazy? It computes a value only when asked.",
        "Could you repeat the question? I think it is lazy.",
        "Let's skip this one\nand talk about generators.",
        "Let me think about the lock first, because two writers may lose rows.",
        "Is that right? I would say that a generator holds one value at a time.",
        "Can I close it is what a caller asks.",
        "What do you mean is a copy, not a view.",
        "What do you mean? I would say that a copy is made.",
        "Come back to it later, when the event loop is free.",
        "Wait a second before the next try.",
        "Give me a second argument and I return it.",
        "Let me think of it as a queue.",
        "Do something else while it waits.",
        "End the session.",
        "I already said that.",
        *(
            "Do it later.",
            "Wait.",
            "Continue.",
            "Start over.",
            "I'd rather not.",
            "Right, it copies.",
        ),
        "Let's " + "really " * 30 + "skip this one.",
        *("", "  ", "?", "…"),
    ],
)
def test_an_answer_is_no_wish(answer: str) -> None:
    assert wish(answer) is None


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("Is that on Linux, or on Windows or Mac where it spawns?", WHICH),
        ("Hmm, good question. Is that on Linux or Windows?", WHICH),
        ("Is this in one process? Or in several?", WHICH),
        ("Is the list sorted or not?", WHICH),
        ("Are they equal or identical?", WHICH),
        ("Do they share memory or not?", WHICH),
        ("Does it return None or raise?", WHICH),
        ("Are we talking about threads or processes?", WHICH),
        # Who is unsure which of two it is has not answered either, and is asked which.
        ("Is it linear or constant?", WHICH),
        ("Is this about performance?", OPEN),
        ("Is that in Python 3?", OPEN),
        ("Are we talking about CPython 3.11?", OPEN),
        ("Are we allowed to change the class?", OPEN),
        ("Can we assume that the list is sorted?", OPEN),
        ("Do we care about the order?", OPEN),
        ("Are there any constraints on memory?", OPEN),
        ("Any restrictions?", OPEN),
        ("Does that include the tests?", OPEN),
        ("Does order matter here?", OPEN),
        ("Is this a trick question?", OPEN),
        ("Just to clarify, is it called once?", OPEN),
        ("One question: is the file small?", OPEN),
        ("Before I start, is it a list?", OPEN),
        ("To be sure, is it a web app or a script?", WHICH),
    ],
)
def test_who_asks_back_gets_a_word_in_reply(said: str, wanted: str) -> None:
    assert wish(said) == wanted


@pytest.mark.parametrize(
    "answer",
    [
        *("Is it linear?", "Is it lazy?", "is it because of the GIL?", "Isn't it a copy?"),
        *("Is it O(n) or something?", "Is it O(n log n) or better?", "Is it lazy or am I wrong?"),
        *("Is it an object with __get__ or __set__?", "Is it a class that has one or two of them?"),
        *("Is it because of the GIL or the pickling?", "Is it called when x is None or empty?"),
        *("Is it everything mutable or unhashable?", "Is it Python 3.8 or later?"),
        *("Is there a race condition?", "Is there a limit on recursion?", "Is that a closure?"),
        *("Is that in the finally block?", "Does it have to be hashable?", "Does order matter?"),
        *("Would you use a lock?", "Could you use a set?", "Can you define a class in a function?"),
        *("Do you close it in finally?", "Do you need a lock?", "Are you supposed to close it?"),
        *("Could it be the GIL?", "Was it the walrus operator?", "Would it be a descriptor?"),
        *("How it is stored?", "Where the lock is taken?", "I think it's linear?", "A lock?"),
        *("Question marks are placeholders?", "To make sure the file is closed?"),
        "It depends. Is it read or written more often?",
        "It is read or written, isn't it?",
        "On Linux it forks, or is that macOS?",
    ],
)
def test_an_unsure_answer_is_no_question_back(answer: str) -> None:
    assert wish(answer) is None


def test_no_reply_asks_for_a_command_or_is_what_a_person_would_not_say_twice() -> None:
    assert len(set(REPLIES.values())) == len(REPLIES)
    assert not any("/" in reply for reply in REPLIES.values())


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

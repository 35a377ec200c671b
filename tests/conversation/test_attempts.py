from interviewer.conversation.attempts import MAX_ATTEMPTS, attempts_at
from interviewer.conversation.state import Exchange, State
from tests.fakes.exchange import exchange
from tests.fakes.interview import sample_question, session_head

ASKED = exchange(None, "It is lazy.")
AKIN = sample_question(2).model_copy(update={"topic": ASKED.question.topic})


def session(*exchanges: Exchange) -> State:
    return State(started=session_head(), exchanges=exchanges)


def said(*sessions: State) -> list[str]:
    return [attempt.exchange.text for attempt in attempts_at(ASKED, sessions)]


def test_attempts_at_the_same_question_go_before_others_on_its_topic() -> None:
    akin = session(exchange(None, "Akin.", question=AKIN))
    same = session(exchange(None, "Other.", number=2), exchange(None, "Same."))

    assert said(akin, same) == ["Same."]
    assert said(akin) == ["Akin."]
    assert said(session(exchange(None, "Other.", number=2))) == []


def test_what_was_not_answered_and_what_has_no_head_is_no_attempt() -> None:
    assert said(session(exchange(None, skipped=True))) == []
    assert said(State(exchanges=(ASKED,))) == []


def test_attempts_keep_the_order_of_their_sessions_and_are_not_too_many() -> None:
    many = [session(exchange(None, f"{number}")) for number in range(MAX_ATTEMPTS + 5)]
    akin = [session(exchange(None, f"{number}", question=AKIN)) for number in range(25)]

    assert said(*many) == said(*akin) == [f"{number}" for number in range(MAX_ATTEMPTS)]

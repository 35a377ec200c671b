"""`interviewer sessions` as a person and as a script meet it."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from interviewer.commands import sessions
from interviewer.errors import InterviewerError
from interviewer.transcripts.lines import seal
from interviewer.transcripts.sessions import read_session
from interviewer.values.events import Answered, Graded, QuestionAsked, SessionEnded
from interviewer.values.grade import Grade
from tests.fakes.interview import sample_question, say, session_head

FIRST, SECOND = "20260301-120000-aaaa", "20260302-120000-bbbb"
Run = Callable[..., Result]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "data" / "sessions"
    folder.mkdir(parents=True)
    for day, (name, score, said) in enumerate(
        ((FIRST, 0.25, "It is lazy."), (SECOND, 0.75, "It is \x1b[31m exhausted \x1b[0m."))
    ):
        at = datetime(2026, 3, 1 + day, 12, tzinfo=UTC)
        grade = Grade(score=score, band="hire", confidence="low", verdicts=(), model="none")
        events = (
            session_head().model_copy(update={"session": name, "at": at}),
            QuestionAsked(at=at, number=1, question=sample_question(day + 1)),
            Answered(at=at, answer=say(said)),
            Graded(at=at, question=f"q-{day + 1}", grade=grade),
            SessionEnded(at=at, reason="complete"),
        )
        (folder / f"{name}.jsonl").write_bytes(b"".join(seal(event) + b"\n" for event in events))
    return tmp_path


@pytest.fixture
def run(home: Path) -> Run:
    app = typer.Typer()
    app.add_typer(sessions.app, name="sessions")
    app.command()(lambda: None)

    def invoke(*arguments: str, typed: str = "") -> Result:
        settled = {"INTERVIEWER_HOME": str(home), "COLUMNS": "100", "TZ": "UTC"}
        return CliRunner().invoke(app, ("sessions", *arguments), input=typed, env=settled)

    return invoke


def told(result: Result) -> object:
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def ids(result: Result) -> list[str]:
    assert result.exit_code == 0, result.output
    return [row["session"] for row in json.loads(result.stdout)]


def listed(result: Result) -> list[str]:
    assert result.exit_code == 0, result.output
    return [row["id"] for row in json.loads(result.stdout)["sessions"]]


def test_sessions_alone_lists_them_the_latest_first(run: Run) -> None:
    shown = run()

    assert shown.stdout == run("list").stdout
    assert shown.stdout.index(SECOND) < shown.stdout.index(FIRST)
    assert "7.5 of 10 over 1" in shown.stdout
    assert "Generators · practice · scripted/test" in shown.stdout
    assert listed(run("--json")) == listed(run("list", "--json")) == [SECOND, FIRST]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (("--topic", "topic-1"), [FIRST]),
        (("--since", "2026-03-02"), [SECOND]),
        (("--until", "2026-03-01"), [FIRST]),
        (("--min-score", "7.5"), [SECOND]),
        (("--max-score", "7.4"), [FIRST]),
        (("--limit", "1"), [SECOND]),
        (("--topic", "decorators"), []),
    ],
)
def test_the_list_is_filtered(run: Run, filters: tuple[str, ...], found: list[str]) -> None:
    assert listed(run(*filters, "--json")) == found
    assert listed(run("list", *filters, "--json")) == found


def test_a_score_beyond_the_scale_is_refused(run: Run) -> None:
    refused = run("--min-score", "12")

    assert refused.exit_code == 2
    assert "--min-score" in refused.output


def test_what_a_limit_leaves_out_is_said(run: Run) -> None:
    assert "1 more: --limit 0 shows all." in run("--limit", "1").stdout
    assert "more" not in run("--limit", "0").stdout


def test_an_empty_list_says_why(run: Run, home: Path) -> None:
    assert "No session is like that." in run("--topic", "decorators").stdout
    for name in (FIRST, SECOND):
        (home / "data" / "sessions" / f"{name}.jsonl").unlink()
    assert "Hold one: interviewer start" in run().stdout


def test_a_search_shows_the_place_and_nothing_raw(run: Run) -> None:
    shown = run("search", "exhausted")

    assert SECOND in shown.stdout
    assert "question 1" in shown.stdout
    assert "\\u001b[31m exhausted" in shown.stdout
    assert "\x1b" not in shown.stdout
    assert run("search", "nowhere").stdout.strip() == "Nothing was found."


def test_a_search_tells_a_script_where_the_words_stand(run: Run) -> None:
    (place,) = json.loads(run("search", "lazy", "--json").stdout)

    assert (place["session"]["id"], place["number"]) == (FIRST, 1)
    assert [place["text"][begin:end] for begin, end in place["marks"]] == ["lazy"]


def test_a_session_is_shown_with_how_it_was_held(run: Run) -> None:
    shown = run("show", SECOND)

    assert "model scripted/test · sha256:0" in shown.stdout
    assert "ended: complete · seed 7" in shown.stdout
    assert "1 Generators  7.5 of 10 hire" in shown.stdout
    row = told(run("show", SECOND, "--json"))
    assert isinstance(row, dict)
    assert row["overview"]["score"] == 0.75
    assert [event["type"] for event in row["events"]][:2] == ["session_started", "question_asked"]


def test_a_session_is_found_by_its_new_name_and_tag(run: Run) -> None:
    renamed = told(run("rename", FIRST, "Monday, early", "--json"))
    tagged = told(run("tag", "monday, early", "#calm", "slow", "--json"))
    untagged = told(run("tag", "monday, early", "slow", "--remove", "--json"))

    assert renamed == {"session": FIRST, "name": "Monday, early"}
    assert tagged == {"session": FIRST, "tags": ["calm", "slow"]}
    assert untagged == {"session": FIRST, "tags": ["calm"]}
    assert listed(run("--tag", "#calm", "--json")) == [FIRST]
    assert "“Monday, early” #calm · Generators" in run().stdout
    assert told(run("rename", FIRST, "", "--json")) == {"session": FIRST, "name": ""}


def test_a_tag_is_one_word(run: Run) -> None:
    refused = run("tag", FIRST, "two words")

    assert isinstance(refused.exception, InterviewerError)
    assert "'two words'" in str(refused.exception)


def test_a_session_is_deleted_after_asking_and_comes_back(run: Run, home: Path) -> None:
    kept = run("delete", FIRST, typed="n\n")
    gone = run("delete", FIRST, typed="y\n")
    trashed = home / "data" / "trash" / f"{FIRST}.jsonl"
    without = listed(run("--json"))
    back = run("import", str(trashed))

    assert kept.exit_code == 1
    assert gone.exit_code == 0
    assert str(trashed) in gone.stdout.replace("\n", "")
    assert without == [SECOND]
    assert back.exit_code == 0
    assert listed(run("--json")) == [SECOND, FIRST]


def test_a_script_deletes_without_being_asked(run: Run, home: Path) -> None:
    row = told(run("delete", FIRST, "--yes", "--json"))

    assert row == {"session": FIRST, "trash": str(home / "data" / "trash" / f"{FIRST}.jsonl")}


@pytest.mark.parametrize("kind", ["md", "json", "csv"])
@pytest.mark.parametrize("answers", [True, False])
def test_an_export_has_the_answers_or_not(
    run: Run, tmp_path: Path, kind: str, *, answers: bool
) -> None:
    file = tmp_path / "export"
    asked = ("export", FIRST, "--format", kind, "--answers" if answers else "--no-answers")

    printed = run(*asked).stdout
    written = run(*asked, "-o", str(file))

    assert written.exit_code == 0
    assert file.read_text(encoding="utf-8") == printed
    assert "Why would you write a generator" in printed
    assert ("It is lazy." in printed) == answers


def test_an_export_replaces_no_file(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "there"
    file.write_text("kept")

    refused = run("export", FIRST, "-o", str(file))

    assert isinstance(refused.exception, InterviewerError)
    assert "File exists" in str(refused.exception)
    assert file.read_text() == "kept"


def test_verify_finds_each_changed_line_and_fails(run: Run, home: Path) -> None:
    whole = run("verify")
    path = home / "data" / "sessions" / f"{FIRST}.jsonl"
    path.write_bytes(path.read_bytes().replace(b"It is lazy", b"It is busy") + b"{torn")

    shown, row = run("verify"), run("verify", "--json")

    assert (whole.exit_code, whole.stdout.strip()) == (
        0, "Checked 2; every line is as it was written.",
    )  # fmt: skip
    assert (shown.exit_code, row.exit_code) == (1, 1)
    assert f"{FIRST} line 3: changed" in shown.stdout
    faults = {one["session"]: one["faults"] for one in json.loads(row.stdout)["transcripts"]}
    assert [fault["line"] for fault in faults[FIRST]] == [3, 6]
    assert faults[SECOND] == []


def test_what_was_cut_off_is_said_once_and_kept(run: Run, home: Path) -> None:
    path = home / "data" / "sessions" / f"{FIRST}.jsonl"
    whole = read_session(path).events
    path.write_bytes(path.read_bytes() + b"{torn")

    first, second = run("tag", FIRST, "one"), run("tag", FIRST, "two")

    assert "was cut off" in first.stderr
    assert "was cut off" not in second.stderr
    assert path.with_suffix(".torn").read_bytes() == b"{torn\n"
    assert read_session(path).events[:-2] == whole

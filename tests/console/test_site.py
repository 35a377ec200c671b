"""The site of reports: for who holds the token, on this machine, and live while a session is."""

import os
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from interviewer.console.site import make_site
from interviewer.values.events import EVENT, AnyEvent
from tests.fakes.held import held_session

ID = "20260102-030405-abcd"
TOKEN = "a-secret"  # noqa: S105 - a test's own


def write(folder: Path, events: list[AnyEvent], name: str = ID) -> Path:
    path = folder / f"{name}.jsonl"
    path.write_bytes(b"".join(EVENT.dump_json(event) + b"\n" for event in events))
    return path


def visitor(folder: Path, host: str = "127.0.0.1:8000") -> TestClient:
    return TestClient(make_site(folder, TOKEN), base_url=f"http://{host}")


def test_the_list_leads_to_the_reports(tmp_path: Path) -> None:
    write(tmp_path, held_session())

    listed = visitor(tmp_path).get(f"/{TOKEN}/")
    shown = visitor(tmp_path).get(f"/{TOKEN}/{ID}")

    assert f'<a href="{ID}">2026-01-02' in listed.text
    assert "<td>5.1</td>" in listed.text
    assert "What to study next" in shown.text
    assert shown.headers["referrer-policy"] == "no-referrer"
    assert shown.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", ["/", "/wrong/", f"/wrong/{ID}", f"/{TOKEN}é/", f"/{TOKEN}"])
def test_without_the_token_there_is_nothing(tmp_path: Path, path: str) -> None:
    write(tmp_path, held_session())

    answer = visitor(tmp_path).get(path, follow_redirects=False)

    assert answer.status_code in {404, 307}
    assert "Generators" not in answer.text


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "10.0.0.1"])
def test_a_name_that_was_made_to_lead_here_is_turned_away(tmp_path: Path, host: str) -> None:
    write(tmp_path, held_session())

    answer = visitor(tmp_path, host).get(f"/{TOKEN}/{ID}")

    assert answer.status_code == 400
    assert "Generators" not in answer.text


@pytest.mark.parametrize("wanted", ["nothing", "%2e%2e%2fsecret", "..%2Fsecret", "2026-x"])
def test_only_sessions_of_the_folder_are_shown(tmp_path: Path, wanted: str) -> None:
    folder = tmp_path / "sessions"
    folder.mkdir()
    write(folder, held_session())
    write(tmp_path, held_session(), "secret")

    assert visitor(folder).get(f"/{TOKEN}/{wanted}").status_code == 404


def test_a_session_that_goes_on_is_read_again_and_one_that_ended_is_not(tmp_path: Path) -> None:
    events = held_session()
    client = visitor(tmp_path)

    path = write(tmp_path, events[:-1])
    live = client.get(f"/{TOKEN}/{ID}")
    os.utime(path, (0, 0))
    left = client.get(f"/{TOKEN}/{ID}")
    write(tmp_path, events)
    ended = client.get(f"/{TOKEN}/{ID}")

    assert live.headers["refresh"] == "5"
    assert "refresh" not in left.headers
    assert "refresh" not in ended.headers


def test_what_cannot_be_read_is_left_out_of_the_list(tmp_path: Path) -> None:
    write(tmp_path, held_session())
    (tmp_path / "20270101-000000-aaaa.jsonl").write_text(
        '{"type": "session_started", "schema_version": 99}\n'
    )
    (tmp_path / "<b>.jsonl").write_text("torn")

    listed = visitor(tmp_path).get(f"/{TOKEN}/")

    assert "aaaa" not in listed.text
    assert "<b>" not in listed.text
    assert 'href="%3Cb%3E"' in listed.text


def test_without_a_session_the_list_says_how_to_get_one(tmp_path: Path) -> None:
    assert "interviewer start" in visitor(tmp_path).get(f"/{TOKEN}/").text

"""OLLAMA_HOST, as people write it."""

import pytest

from interviewer.errors import SettingsError
from interviewer.models.ollama.address import is_loopback, is_reachable, place, server_address
from tests.fakes.ollama_server import FakeOllama, deaf_port, free_port


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ("", "http://127.0.0.1:11434"),
        ("   ", "http://127.0.0.1:11434"),
        ("school.example", "http://school.example:11434"),
        ("school.example:8080", "http://school.example:8080"),
        (":8080", "http://127.0.0.1:8080"),
        ("192.168.1.7", "http://192.168.1.7:11434"),
        ("0.0.0.0", "http://127.0.0.1:11434"),  # noqa: S104 - what the user wrote
        ("0.0.0.0:8080", "http://127.0.0.1:8080"),
        ("http://0.0.0.0:8080", "http://127.0.0.1:8080"),
        ("http://school.example", "http://school.example:80"),
        ("https://school.example", "https://school.example:443"),
        ("HTTPS://School.Example/", "https://school.example:443"),
        ("https://school.example/ollama/", "https://school.example:443/ollama"),
        ("school.example/ollama", "http://school.example:11434/ollama"),
        ("::1", "http://[::1]:11434"),
        ("[::1]", "http://[::1]:11434"),
        ("[::1]:8080", "http://[::1]:8080"),
        ("[::]:8080", "http://[::1]:8080"),
        ("fe80::7", "http://[fe80::7]:11434"),
        ("https://[fe80::7]/x", "https://[fe80::7]:443/x"),
        ('"127.0.0.1:8080"', "http://127.0.0.1:8080"),
    ],
)
def test_a_host_is_read_as_ollama_reads_it(given: str, address: str) -> None:
    assert server_address({"OLLAMA_HOST": given}) == address


def test_without_a_variable_the_server_is_on_this_machine() -> None:
    assert server_address({}) == "http://127.0.0.1:11434"


@pytest.mark.parametrize("given", ["ftp://x", "host:port", "host:99999", "http://[::1", "a b"])
def test_what_is_no_address_is_an_error_with_its_remedy(given: str) -> None:
    with pytest.raises(SettingsError, match="OLLAMA_HOST") as caught:
        server_address({"OLLAMA_HOST": given})

    assert "host:port" in caught.value.hint


@pytest.mark.parametrize(
    ("address", "local"),
    [
        ("http://127.0.0.1:11434", True),
        ("http://127.1.2.3:1", True),
        ("http://[::1]:11434", True),
        ("http://localhost:11434/x", True),
        ("http://192.168.1.7:11434", False),
        ("https://localhost.example:443", False),
    ],
)
def test_this_machine_is_told_from_others(address: str, local: bool) -> None:  # noqa: FBT001
    assert is_loopback(address) is local


def test_an_address_is_shown_without_its_scheme() -> None:
    assert place("http://127.0.0.1:11434") == "127.0.0.1:11434"


def test_a_server_that_answers_tells_its_version() -> None:
    with FakeOllama() as fake:
        assert is_reachable(fake.host) == "0.32.15"


def test_nobody_has_no_version() -> None:
    assert is_reachable(f"http://127.0.0.1:{free_port()}") is None


def test_a_port_that_does_not_answer_has_no_version() -> None:
    with deaf_port() as host:
        assert is_reachable(host, connect_s=0.1) is None


def test_a_server_that_accepts_and_says_nothing_has_no_version() -> None:
    with FakeOllama(stranger="stall") as fake:
        assert is_reachable(fake.host, connect_s=0.1) is None


def test_another_program_has_no_version() -> None:
    for fault in ("page", "missing page", "list", "redirect for ever"):
        with FakeOllama(stranger=fault) as fake:
            assert is_reachable(fake.host) is None

"""`interviewer serve` as a process: its address, who may read there, and its end."""

import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from tests.test_cli import run


@pytest.mark.skipif(os.name == "nt", reason="sends SIGINT")
def test_it_shows_the_sessions_at_the_address_it_names_until_ctrl_c(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "interviewer", "serve"],
        env={**os.environ, "INTERVIEWER_HOME": str(tmp_path), "COLUMNS": "20", "NO_COLOR": "1"},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as child:  # fmt: skip
        assert child.stdout
        child.stdout.readline()
        url = child.stdout.readline().strip()
        page = httpx.get(url, timeout=30)
        other = httpx.get(url, headers={"Host": "evil.example"}, timeout=30)
        child.send_signal(signal.SIGINT)
        _, wrong = child.communicate(timeout=30)

    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/[\w-]{22}/", url)
    assert "There is no session yet" in page.text
    assert other.status_code == 400
    assert child.returncode == 130
    assert "Traceback" not in wrong


def test_a_port_that_is_taken_is_an_error_with_a_next_step(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = run(tmp_path, "serve", "--port", str(taken.getsockname()[1]))

    assert done.returncode == 1
    assert "Cannot listen on port" in done.stderr
    assert "Name another port" in done.stderr

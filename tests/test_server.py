"""Serving on this computer: a free port, a real child process, a clean end."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard import server


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as holder:
        holder.bind((server.HOST, 0))
        holder.listen()
        yield holder.getsockname()[1]


def test_a_taken_port_gives_the_next(taken: int) -> None:
    assert server.free_port(taken) > taken


def test_no_free_port_is_said(taken: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "TRIED", 1)
    with pytest.raises(server.ServerError, match="--port 9000"):
        server.free_port(taken)


def test_only_this_computer_is_served() -> None:
    assert "--server.address=127.0.0.1" in server.command(8501)
    assert server.APP.exists()


def stub(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another program in the server's place."""
    monkeypatch.setattr(server, "command", lambda port: [sys.executable, "-c", code, str(port)])


ANSWERS = """
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
class Page(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
HTTPServer(("127.0.0.1", int(sys.argv[1])), Page).serve_forever()
"""


def test_a_server_that_ends_at_once_is_said_with_its_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stub("print('сломалось')", monkeypatch)
    with (
        pytest.raises(server.ServerError, match=r"server\.log"),
        server.served(tmp_path, server.free_port(8930)),
    ):
        pytest.fail("there is nothing to serve")
    assert "сломалось" in (tmp_path / "logs" / "server.log").read_text(encoding="utf-8")


def test_a_server_that_is_silent_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stub("import time; time.sleep(30)", monkeypatch)
    monkeypatch.setattr(server, "PATIENCE", 0.3)
    with (
        pytest.raises(server.ServerError, match="не ответил"),
        server.served(tmp_path, server.free_port(8931)),
    ):
        pytest.fail("nobody answered")


def test_ctrl_c_ends_the_child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stub(ANSWERS, monkeypatch)
    children: list[subprocess.Popen[bytes]] = []
    start = subprocess.Popen

    def remember(*args: object, **kwargs: object) -> subprocess.Popen[bytes]:
        children.append(start(*args, **kwargs))  # type: ignore[call-overload]
        return children[0]

    def interrupt(address: str) -> None:
        assert address.startswith("http://127.0.0.1:")
        raise KeyboardInterrupt

    monkeypatch.setattr(subprocess, "Popen", remember)
    server.serve(tmp_path, server.free_port(8932), interrupt)
    assert children[0].poll() is not None


def test_a_server_that_dies_later_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stub(ANSWERS.replace("serve_forever()", "handle_request(); sys.exit(3)"), monkeypatch)
    with pytest.raises(server.ServerError, match="остановился"):
        server.serve(tmp_path, server.free_port(8933), lambda _: None)

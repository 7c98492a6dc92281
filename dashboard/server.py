"""Serving the pages: Streamlit as a child process on this computer only, until Ctrl+C."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

HOST = "127.0.0.1"
PROJECT = Path(__file__).resolve().parent.parent
APP = PROJECT / "dashboard" / "app.py"
TRIED = 50
"""How many ports after the wanted one are tried."""
PATIENCE = 60.0
"""Seconds within which the server must answer."""


class ServerError(Exception):
    """The pages could not be served; the message says why, in Russian."""


def data_root() -> Path:
    """Where the data lie, as whoever started the server said."""
    return Path(os.environ.get("KABINET_DATA", "data"))


def free_port(wanted: int) -> int:
    """The wanted port, or the next one that nobody listens on."""
    for port in range(wanted, min(wanted + TRIED, 65_536)):
        if _is_free(port):
            return port
    raise ServerError(
        f"Порты с {wanted} по {wanted + TRIED - 1} заняты. Выберите другой: kabinet up --port 9000"
    )


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        if probe.connect_ex((HOST, port)) == 0:
            return False
    with socket.socket() as probe:
        if sys.platform != "win32":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def command(port: int) -> list[str]:
    """How Streamlit is started."""
    return [
        sys.executable, "-m", "streamlit", "run", str(APP),
        f"--server.port={port}", f"--server.address={HOST}", "--server.headless=true",
        "--browser.gatherUsageStats=false",
    ]  # fmt: skip


@contextmanager
def served(root: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """The pages are up inside the block; what the server says goes to a log under the data root."""
    log = root / "logs" / "server.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    environment = {**os.environ, "KABINET_DATA": str(root.resolve())}
    with log.open("wb") as said:
        # The project's folder is where Streamlit looks for its .streamlit/config.toml.
        child = subprocess.Popen(command(port), cwd=PROJECT, env=environment, stdin=subprocess.DEVNULL,
                                 stdout=said, stderr=subprocess.STDOUT)  # fmt: skip
        try:
            _wait_until_up(child, port, log)
            yield child
        finally:
            _stop(child)


def _wait_until_up(child: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if child.poll() is not None:
            raise ServerError(f"Сервер страниц остановился. Подробности в файле {log}")
        if is_up(port):
            return
        time.sleep(0.1)
    raise ServerError(f"Сервер страниц не ответил за {PATIENCE:.0f} с. Подробности в файле {log}")


def is_up(port: int) -> bool:
    """Does the server answer?"""
    try:
        # No proxy: the address is this computer.
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(f"http://{HOST}:{port}/_stcore/health", timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def _stop(child: subprocess.Popen[bytes]) -> None:
    if child.poll() is None:
        child.terminate()
    try:
        child.wait(timeout=5)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def serve(root: Path, port: int, ready: Callable[[str], None]) -> None:
    """Serve until Ctrl+C or until the server ends by itself."""
    with _terminated_like_ctrl_c(), served(root, port) as child:
        try:
            ready(f"http://{HOST}:{port}")
            code = child.wait()
        except KeyboardInterrupt:
            return
    if code:
        raise ServerError(f"Сервер страниц остановился. Подробности в файле {root / 'logs' / 'server.log'}")


@contextmanager
def _terminated_like_ctrl_c() -> Iterator[None]:
    """A polite request to end is Ctrl+C: the child must not outlive us."""
    import signal

    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def interrupt(_number: int, _frame: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)

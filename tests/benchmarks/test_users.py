"""Twenty people at once: how long they wait, what the server grows by, what a new snapshot under them does.

Each speaks Streamlit's own protocol over a real connection, so that the machine is busy with the server and not
with twenty browsers.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from statistics import quantiles

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from dashboard import server
from tests.benchmarks.conftest import Report
from tests.benchmarks.test_pages import CHART, bare
from tests.screen import text_of

USERS = 20
SECONDS, WARM_UP = 300, 60
PAUSE = (1.0, 4.0)
"""Seconds between clicks: the quickest reader of a screen, so that all have clicked within 5 s of a new snapshot."""
STAMP = "Снимок данных от "
WALK = (
    ("", ""), ("results", "year=2026"), ("results", "year=2026&subject=Математика&grade=4"),
    ("results", "year=2026&subject=Математика&grade=7&view=schools"), ("school", "school=980101"),
    ("school", "school=980105&view=similar"), ("staff", ""), ("ict", ""), ("needs", ""), ("attention", ""),
    ("explorer", "indicator=quality_share&by=subject"), ("quality", ""), ("collection", ""), ("indicators", ""),
)  # fmt: skip
"""Screens and their addresses, among which everybody walks."""


@dataclass
class Seen:
    """What one person met."""

    waits: list[tuple[float, float]] = field(default_factory=list)
    """When a click was made and how many seconds it took."""
    faults: list[str] = field(default_factory=list)
    stamps: list[tuple[float, str]] = field(default_factory=list)
    """When which snapshot was named at the foot of a page."""


async def person(port: int, number: int, until: float, seen: Seen) -> None:
    """Click from screen to screen until the time is over."""
    chance = Random(number)
    await asyncio.sleep(chance.uniform(0, PAUSE[1]))
    address = f"ws://{server.HOST}:{port}/_stcore/stream"
    async with connect(address, subprotocols=["streamlit"], max_size=None) as line:  # type: ignore[list-item]
        while time.monotonic() < until:
            page, query = chance.choice(WALK)
            start = time.monotonic()
            await line.send(rerun(page, query))
            async with asyncio.timeout(30):
                async for message in answers(line):
                    _note(message, seen)
            seen.waits.append((start, time.monotonic() - start))
            await asyncio.sleep(chance.uniform(*PAUSE))


def rerun(page: str, query: str) -> bytes:
    """What a browser sends when it opens an address."""
    message = BackMsg()
    message.rerun_script.page_name = page
    message.rerun_script.query_string = query
    return message.SerializeToString()


async def answers(line: ClientConnection) -> AsyncIterator[ForwardMsg]:
    """Everything of one run of the script."""
    while True:
        message = ForwardMsg.FromString(await line.recv(decode=False))
        yield message
        if message.WhichOneof("type") == "script_finished":
            return


def _note(message: ForwardMsg, seen: Seen) -> None:
    element = message.delta.new_element
    kind = element.WhichOneof("type")
    if kind == "exception":
        seen.faults.append(element.exception.message)
    if kind != "bidi_component" or not element.bidi_component.bytes:
        return
    html = text_of(element.bidi_component.bytes)
    if "Страница не построилась" in html:
        seen.faults.append(html[:200])
    if STAMP in html:
        seen.stamps.append((time.monotonic(), html.split(STAMP)[1].split("<")[0]))


async def crowd(port: int, seconds: float) -> list[Seen]:
    """Everybody's day, together."""
    seen = [Seen() for _ in range(USERS)]
    until = time.monotonic() + seconds
    await asyncio.gather(*(person(port, number, until, one) for number, one in enumerate(seen)))
    return seen


def p95(seconds: list[float]) -> float:
    return quantiles(seconds, n=20, method="inclusive")[-1]


def resident(process: int) -> float:
    """Megabytes in memory."""
    for line in Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    raise AssertionError("no VmRSS")


@contextmanager
def growing(process: int) -> Iterator[list[tuple[float, float]]]:
    """Memory of a process, looked at every second in the background: moments and megabytes."""
    over, found = threading.Event(), []

    def look() -> None:
        while not over.wait(1):
            found.append((time.monotonic(), resident(process)))

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    yield found
    over.set()
    thread.join()


@contextmanager
def published_at(root: Path, after: float) -> Iterator[list[float]]:
    """A new snapshot is built by another process while the others click; when it was there is in the list."""
    moment: list[float] = []

    def publish() -> None:
        code = "import sys; from pathlib import Path; from pipelines.build import build; build(Path(sys.argv[1]))"
        subprocess.run([sys.executable, "-c", code, str(root)], check=True, cwd=server.PROJECT)
        moment.append(time.monotonic())

    timer = threading.Timer(after, publish)
    timer.start()
    yield moment
    timer.join()


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from /proc")
def test_twenty_people_at_once(demo_copy: Path, tmp_path: Path, report: Report) -> None:
    """Nobody waits long, nothing fails, memory does not grow, a new snapshot is everybody's within 5 s."""
    port = server.free_port(8900 + os.getpid() % 40)
    with (
        server.served(demo_copy, port) as child,
        growing(child.pid) as memory,
        published_at(demo_copy, SECONDS / 2) as moment,
    ):
        seen = asyncio.run(crowd(port, SECONDS))
    with bare(CHART, tmp_path) as plain:
        baseline = asyncio.run(crowd(int(plain.rsplit(":", 1)[1]), WARM_UP))

    waits = [seconds for one in seen for _, seconds in one.waits]
    plain_waits = [seconds for one in baseline for _, seconds in one.waits[1:]]  # the first one loads plotly
    begun = memory[0][0] + WARM_UP
    before, after = (max(mb for at, mb in memory if begun + a <= at < begun + b) for a, b in _ENDS)
    late = max(_first_new(one, moment[0]) for one in seen) - moment[0]
    report(
        f"{USERS} users, {len(waits)} clicks: p95 {p95(waits):.2f} s (limit 1.5), bare page {p95(plain_waits):.2f} s; "
        f"memory {before:.0f} → {after:.0f} MB; all on the new snapshot in {late:.1f} s"
    )
    assert not [fault for one in seen for fault in one.faults]
    assert p95(waits) <= 1.5
    assert after <= 1.1 * before
    assert late <= 5


_ENDS = ((0, 60), (SECONDS - WARM_UP - 60, SECONDS - WARM_UP))
"""The first and the last minute after the warm-up, whose peaks are compared."""


def _first_new(one: Seen, published: float) -> float:
    """When a person first saw the new snapshot; nobody sees the old one after it."""
    old = {stamp for at, stamp in one.stamps if at < published - 5}
    found = [(at, stamp) for at, stamp in one.stamps if stamp not in old]
    assert found, "the new snapshot was never seen"
    assert not [stamp for at, stamp in one.stamps if at > found[0][0] and stamp in old]
    return found[0][0]

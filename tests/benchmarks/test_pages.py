"""How soon a page is there, against bare Streamlit pages on the same machine in the same run."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles

import pytest
from playwright.sync_api import Browser, Page
from streamlit.testing.v1 import AppTest

from dashboard import server, shell
from dashboard.blocks import Chart
from dashboard.marts import open_latest
from dashboard.queries import Queries
from dashboard.saving import figures
from dashboard.selection import Selection
from dashboard.theme import LIGHT
from dashboard.view import views
from tests.benchmarks.conftest import Report
from tests.browser.conftest import address, browser

__all__ = ["address", "browser"]

ROUNDS = 5
METRICS = """
import streamlit as st
st.title("Метрики")
for column in st.columns(4) + st.columns(4):
    column.metric("Показатель", "43,2 %", "1,2")
"""
CHART = """
import plotly.graph_objects as go
import streamlit as st
st.title("График")
figure = go.Figure(go.Scatter(x=list(range(12)), y=[3, 5, 2, 8, 6, 7, 4, 5, 9, 6, 5, 7], mode="markers",
    marker={"size": 12}))
chosen = st.plotly_chart(figure, on_select="rerun", key="chart", selection_mode="points")
st.html(f"<p id='chosen'>{len(chosen.selection.points)}</p>")
"""
SECOND = Selection(year=2026, subject="Русский язык", grade=4)
"""Where the mark leads that `drill_down` clicks on."""
TWO_CHARTS = """
from pathlib import Path
import plotly.io
import streamlit as st
if st.session_state.get("first", {{}}).get("selection", {{}}).get("points"):
    st.session_state["shown"] = "second"
name = st.session_state.get("shown", "first")
st.html(f"<div class='kb-title'><h1>{{name}}</h1></div>")
st.plotly_chart(plotly.io.from_json(Path("{folder}", f"{{name}}.json").read_text()), on_select="rerun", key=name,
    theme=None, selection_mode="points", config={{"displayModeBar": False}})
"""
MARKS = ".js-plotly-plot .scatterlayer .trace .points path"
PAGE_SCRIPT = """
import dashboard.shell as shell
from dashboard.theme import LIGHT
from dashboard.view import views
shell._draw(next(view for view in views() if view.path == {path!r}), LIGHT)
"""


@contextmanager
def bare(script: str, folder: Path) -> Iterator[str]:
    """A page of one script, served with the same settings."""
    path = folder / "page.py"
    path.write_text(script, encoding="utf-8")
    port = server.free_port(8950 + os.getpid() % 40)
    command = [str(path) if part == str(server.APP) else part for part in server.command(port)]
    child = subprocess.Popen(
        command, cwd=server.PROJECT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        while not server.is_up(port):
            time.sleep(0.1)
        yield f"http://{server.HOST}:{port}"
    finally:
        child.terminate()
        child.wait()


def first_paint(browser: Browser, url: str, selector: str) -> float:
    """Seconds from typing the address to seeing the content, in a browser that remembers nothing."""
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    page = context.new_page()
    start = time.perf_counter()
    page.goto(url, wait_until="commit")
    page.wait_for_selector(selector, timeout=60_000)
    seconds = time.perf_counter() - start
    context.close()
    return seconds


def in_turns(ours: Callable[[], float], baseline: Callable[[], float]) -> tuple[float, float]:
    """Medians of both, measured by turns so that a busy machine slows them alike; the first round warms up."""
    pairs = [(ours(), baseline()) for _ in range(ROUNDS + 1)][1:]
    return median(a for a, _ in pairs), median(b for _, b in pairs)


def say(report: Report, what: str, ours: float, baseline: float, limit: float) -> None:
    report(f"{what}: {ours:.2f} s, baseline {baseline:.2f} s, ratio {ours / baseline:.2f} (limit {limit})")


def test_the_overview_paints_like_a_page_of_metrics(
    browser: Browser, address: str, tmp_path: Path, report: Report
) -> None:
    with bare(METRICS, tmp_path) as plain:
        ours, baseline = in_turns(
            lambda: first_paint(browser, address, ".kb-card"),
            lambda: first_paint(browser, plain, "[data-testid=stMetric]"),
        )
    say(report, "first paint of the overview", ours, baseline, 1.2)
    assert ours <= 1.2 * baseline


@pytest.mark.parametrize(
    "path", ["results", "staff", "ict", "needs", "results?year=2026&subject=Математика&grade=4"]
)
def test_a_page_paints_like_a_page_with_a_chart(
    browser: Browser, address: str, tmp_path: Path, report: Report, path: str
) -> None:
    with bare(CHART, tmp_path) as plain:
        ours, baseline = in_turns(
            lambda: first_paint(browser, f"{address}/{path}", ".js-plotly-plot .main-svg"),
            lambda: first_paint(browser, plain, ".js-plotly-plot .main-svg"),
        )
    say(report, f"first paint of {path}", ours, baseline, 1.2)
    assert ours <= 1.2 * baseline


@pytest.mark.parametrize("path", ["quality", "school?school=980101", "indicators"])
def test_a_page_without_a_chart_paints_no_later(
    browser: Browser, address: str, tmp_path: Path, report: Report, path: str
) -> None:
    with bare(CHART, tmp_path) as plain:
        ours, baseline = in_turns(
            lambda: first_paint(browser, f"{address}/{path}", ".kb-title h1"),
            lambda: first_paint(browser, plain, ".js-plotly-plot .main-svg"),
        )
    say(report, f"first paint of {path}", ours, baseline, 1.2)
    assert ours <= 1.2 * baseline


def opened(browser: Browser, url: str) -> Page:
    page = browser.new_context(viewport={"width": 1366, "height": 768}).new_page()
    page.goto(url)
    page.wait_for_selector(MARKS, timeout=60_000)
    page.wait_for_timeout(700)
    return page


SAID = """
window.said = () => document.querySelector('.kb-title h1').innerText;
window.ticks = () => [...document.querySelectorAll('.xtick text, .ytick text')].map((tick) => tick.textContent).join();
window.before = [said(), ticks()];
"""


def drill_down(browser: Browser, url: str) -> float:
    """Seconds from a click on a mark to the next screen's title and its own chart: the old one does not count."""
    page = opened(browser, url)
    page.evaluate(SAID)
    start = time.perf_counter()
    page.locator(MARKS).nth(1).click(force=True)
    page.wait_for_function(
        "marks => said() !== before[0] && ![before[1], ''].includes(ticks()) && document.querySelector(marks)",
        arg=MARKS,
    )
    seconds = time.perf_counter() - start
    page.context.close()
    return seconds


def selection(browser: Browser, url: str) -> float:
    page = opened(browser, url)
    start = time.perf_counter()
    page.locator(MARKS).nth(1).click(force=True)
    page.wait_for_function("document.querySelector('#chosen').innerText === '1'")
    seconds = time.perf_counter() - start
    page.context.close()
    return seconds


def test_a_drill_down_is_like_a_selection(
    browser: Browser, address: str, tmp_path: Path, report: Report
) -> None:
    with bare(CHART, tmp_path) as plain:
        ours, baseline = in_turns(
            lambda: drill_down(browser, f"{address}/results?year=2026"), lambda: selection(browser, plain)
        )
    say(report, "one drill-down", ours, baseline, 1.5)
    assert ours <= 1.5 * baseline


def test_a_drill_down_is_like_drawing_the_same_charts(
    browser: Browser, address: str, demo_root: Path, tmp_path: Path, report: Report
) -> None:
    """The baseline does nothing but answer a click on the first chart with the second."""
    q = Queries(open_latest(demo_root))
    results = next(view.build for view in views() if view.path == "results")
    for name, chosen in ("first", Selection(year=2026)), ("second", SECOND):
        chart = next(one for one in figures(results(q, chosen)) if isinstance(one, Chart))
        (tmp_path / f"{name}.json").write_text(chart.figure(LIGHT).to_json(), encoding="utf-8")
    with bare(TWO_CHARTS.format(folder=tmp_path), tmp_path) as plain:
        ours, baseline = in_turns(
            lambda: drill_down(browser, f"{address}/results?year=2026"), lambda: drill_down(browser, plain)
        )
    say(report, "one drill-down beside the same two charts", ours, baseline, 1.2)
    assert ours <= 1.2 * baseline


def p95(seconds: list[float]) -> float:
    return quantiles(seconds, n=20, method="inclusive")[-1]


def served_in(path: str, root: Path, monkeypatch: pytest.MonkeyPatch, times: int = 20) -> list[float]:
    """Seconds of the whole script of a page, widgets included, once with an empty memory and then with it.

    As in the server, what the first run has loaded is frozen; without it the garbage of the whole test process counts.
    """
    monkeypatch.setenv("KABINET_DATA", str(root))
    test = AppTest.from_string(PAGE_SCRIPT.format(path=path), default_timeout=60)
    found = []
    for _ in range(times):
        start = time.perf_counter()
        test.run()
        found.append(time.perf_counter() - start)
        assert not test.exception
        shell._settle(path)
    return found


@pytest.mark.parametrize("path", [view.path for view in views()])
def test_the_server_needs_little_time(
    demo_root: Path, monkeypatch: pytest.MonkeyPatch, report: Report, path: str
) -> None:
    seconds = served_in(path, demo_root, monkeypatch)
    report(
        f"server time of «{path or 'summary'}»: first {seconds[0]:.3f} s, p95 {p95(seconds):.3f} s (limit 0.15)"
    )
    assert p95(seconds) <= 0.15


@pytest.mark.real
@pytest.mark.parametrize("path", [view.path for view in views()])
def test_the_server_needs_little_time_for_a_region(
    region_root: Path, monkeypatch: pytest.MonkeyPatch, report: Report, path: str
) -> None:
    seconds = served_in(path, region_root, monkeypatch)
    report(f"region, «{path or 'summary'}»: first {seconds[0]:.3f} s, p95 {p95(seconds):.3f} s (limit 0.3)")
    assert p95(seconds) <= 0.3


@pytest.fixture(scope="module")
def region_root(real: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The marts of a whole region, made in a process of their own."""
    root = tmp_path_factory.mktemp("region")
    code = """
import sys
from pathlib import Path
from pipelines.build import build
from pipelines.intake import Context, intake
real, root = Path(sys.argv[1]), Path(sys.argv[2])
intake([real / "schools" / "registry.xlsx"], root)
intake([real / "vpr" / "vpr2021_g4_math.xlsx"], root, Context(year=2021, subject="Математика", grade=4))
intake([real / "schools" / "context_2021.xlsx"], root)
build(root)
"""
    subprocess.run([sys.executable, "-c", code, str(real), str(root)], check=True, cwd=server.PROJECT)
    return root

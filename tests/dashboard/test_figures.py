"""Charts are pure: what goes in decides what is drawn, and small numbers stay small."""

from __future__ import annotations

import json

import plotly.io as pio
import pytest

from dashboard.cloud import FunnelPoint
from dashboard.display import Measure, shown
from dashboard.figures.base import Point, Reference, folded
from dashboard.figures.dots import dots
from dashboard.figures.funnel import funnel_plot
from dashboard.figures.heat import HeatRow, heat
from dashboard.figures.journal import JournalRow, diverging
from dashboard.figures.people import Demand, Group, Levels, demand, groups, levels
from dashboard.figures.scores import scores
from dashboard.figures.tasks import TaskPoint, profile
from dashboard.figures.trend import Line, trend
from dashboard.results.journal import WORDS
from dashboard.theme import DARK, LIGHT, Look
from dashboard.zones import ADVANCED, BASE, Verdict
from tests.dashboard.test_display import share

LOOKS = pytest.mark.parametrize("look", [LIGHT, DARK], ids=lambda look: look.name)
SCHOOLS = [
    Point("Нижнеозёрская СШ", shown(share(11, 44)), "./results?school=1", is_different=True),
    Point("Заречная СШ", shown(share(6, 12)), "./results?school=2"),
    Point("Лесная ОШ", shown(share(3, 7)), "./results?school=3"),
    Point("Ключевская ОШ", shown(share(2, 3)), "./results?school=4"),
]


def marks(figure: object) -> object:
    """The trace that can be clicked."""
    (found,) = [trace for trace in figure.data if trace.customdata is not None]  # type: ignore[attr-defined]
    return found


def texts(figure: object) -> str:
    """Everything written on a figure."""
    return " ".join(str(note.text) for note in figure.layout.annotations)  # type: ignore[attr-defined]


@LOOKS
def test_dots_keep_their_order_and_lead_to_schools(look: Look) -> None:
    figure = dots(SCHOOLS, Reference("район", 47.8), look)
    assert list(figure.layout.yaxis.ticktext) == [point.label for point in SCHOOLS]
    assert [row[0] for row in marks(figure).customdata] == [p.href for p in SCHOOLS[:3]]
    assert "район: 47,8" in texts(figure)
    assert figure.layout.font.family.startswith("PT Sans")
    assert figure.layout.separators[0] == ","


def test_few_people_are_not_drawn_and_grey_ones_have_no_whisker() -> None:
    figure = dots(SCHOOLS, None, LIGHT)
    assert len(marks(figure).x) == 3  # three of three pupils is said, not drawn
    assert len([trace for trace in figure.data if trace.mode == "lines"]) == 2
    assert list(marks(figure).marker.symbol) == ["diamond", "circle-open", "circle-open"]
    assert list(marks(figure).marker.color) == [LIGHT.red, LIGHT.blue, LIGHT.grey]
    assert "2 из\u00a03" in texts(figure)


def test_a_chart_holds_nothing_that_takes_long_or_hides_what_is_new() -> None:
    """A template is no use to it. With a revision, plotly would take the numbers of the next chart for the same.

    Labels that may not overflow are measured one by one, which takes as long as all the marks.
    """
    task = TaskPoint("1", "Б", shown(share(40, 44)), BASE, Verdict.ENOUGH)
    pio.templates.default = "plotly"  # as a library may at any time
    for figure in (dots(SCHOOLS, None, LIGHT), profile([task], LIGHT)):
        drawn = json.loads(figure.to_json())
        assert "template" not in drawn["layout"]
        assert "datarevision" not in drawn["layout"]
        assert drawn["layout"]["xaxis"]["ticklabeloverflow"] == "allow"
        assert not [trace for trace in drawn["data"] if isinstance(trace.get("meta"), dict)]
        assert [trace for trace in drawn["data"] if trace.get("meta")]


def test_values_that_are_no_percent_have_their_own_axis() -> None:
    computers = Measure(15, 100, 100, 15, kind="ratio", unit="на 100")
    figure = dots([Point("Школа", shown(computers))], Reference("район", 12.0), LIGHT, top=20)
    assert tuple(figure.layout.xaxis.range) == (0, 20)
    assert "район: 12,0" in texts(figure)


@LOOKS
def test_the_profile_tells_verdicts_by_shape(look: Look) -> None:
    found = [
        TaskPoint("1", "Б", shown(share(40, 44)), BASE, Verdict.ENOUGH, "Считать", "./results?task=1"),
        TaskPoint("2", "Б", shown(share(25, 44)), BASE, Verdict.SAME, "", "./results?task=2", district=60.0),
        TaskPoint("3", "П", shown(share(3, 44)), ADVANCED, Verdict.BELOW, "", "./results?task=3", 20.0, True),
        TaskPoint("4", "", shown(share(3, 12)), None, Verdict.NONE, "", "./results?task=4"),
    ]
    figure = profile(found, look)
    assert list(marks(figure).marker.symbol) == ["circle", "circle-open", "diamond", "circle-open"]
    assert list(figure.layout.xaxis.ticktext) == ["1<br>Б", "2<br>Б", "<b>3</b><br>П", "4"]
    assert "Б: 60" in texts(figure)
    assert "район" in texts(figure)


def test_the_journal_diverges_from_the_middle() -> None:
    rows = [
        JournalRow("Район", "", 20.0, 70.0, 10.0),
        JournalRow("Лесная ОШ", "понизили 1, подтвердили 4, повысили 2 из 7", None, None, None, "./results"),
    ]
    figure = diverging(rows, LIGHT, WORDS)
    lowered, raised = figure.data
    assert (list(lowered.x), list(raised.x)) == ([-20.0], [10.0])
    assert "понизили 1, подтвердили 4, повысили 2 из 7" in texts(figure).replace("<br>", " ")
    assert lowered.marker.pattern.shape == "/"  # told apart without colour


def test_groups_show_the_year_before_as_a_dash() -> None:
    figure = groups([Group("до 25", 2, 3), Group("25–34", 5, 5)], LIGHT, "2024/25")
    bars, before = figure.data
    assert (list(bars.x), list(before.x)) == ([2, 5], [3, 5])
    assert figure.layout.xaxis.rangemode == "tozero"
    assert "(было 3)" in texts(figure)


@LOOKS
def test_levels_get_darker_with_the_level(look: Look) -> None:
    rows = [Levels("Школа", (1, 2, 0), "./school?school=1")]
    rising, falling = levels(rows, ("а", "б", "в"), look), levels(rows, ("а", "б", "в"), look, rises=False)
    assert rising.data[-1].marker.color == falling.data[0].marker.color == look.ramp[-1][0]
    assert [trace.text[0] for trace in rising.data] == ["1", "2", ""]


def test_demand_joins_those_who_ask_and_those_who_learned() -> None:
    figure = demand([Demand("ФГОС", 30, 12, "./needs?topic=1")], LIGHT)
    asked, taken = [trace for trace in figure.data if trace.customdata is not None]
    assert (asked.x[0], taken.x[0]) == (30, 12)
    assert asked.marker.symbol != taken.marker.symbol


def test_the_heat_map_colours_only_where_a_verdict_is_allowed() -> None:
    cells = tuple(shown(Measure(n * 0.6, n, n, 60, 50, 70, kind="mean")) for n in (4, 12, 30))
    figure = heat([HeatRow("Школа", cells, (4, 12, 30))], ["а", "б", "в"], LIGHT)
    assert list(figure.data[0].z[0]) == [None, None, 60]
    assert figure.data[1].text[0] == "n\u00a0=\u00a04"


def test_a_single_line_has_its_band_and_many_lines_their_names() -> None:
    years = ["2023/24", "2024/25", "2025/26"]
    values = tuple(shown(share(part, 40)) for part in (20, 22, 25))
    one = trend([Line("Качество", values)], years, LIGHT)
    two = trend([Line("А", values), Line("Б", values)], years, LIGHT)
    assert len([trace for trace in one.data if trace.fill == "toself"]) == 1
    assert len([trace for trace in two.data if trace.fill == "toself"]) == 0
    assert two.data[0].line.dash != two.data[1].line.dash
    assert "А: 62,5" in texts(two)


def test_a_valley_has_its_number_below_the_line() -> None:
    values = tuple(shown(share(part, 40)) for part in (25, 20, 30, 28))
    figure = trend([Line("Качество", values)], ["2022/23", "2023/24", "2024/25", "2025/26"], LIGHT)
    sides = figure.data[-1].textposition
    assert sides == ("top center", "bottom center", "top center", "top center")


def test_a_year_of_few_is_a_gap() -> None:
    values = (shown(share(2, 3)), shown(share(20, 40)))
    figure = trend([Line("Качество", values)], ["2024/25", "2025/26"], LIGHT)
    assert figure.data[-1].y[0] is None


@LOOKS
def test_the_cloud_has_no_names_on_its_axis(look: Look) -> None:
    points = [
        FunnelPoint(f"Школа {i}", 10 + i, shown(share(5 + i // 2, 10 + i)), f"./{i}") for i in range(60)
    ]
    figure = funnel_plot(points, 50, look, "регион")
    assert figure.layout.xaxis.type == "log"
    assert len(marks(figure).x) == 60
    assert len([trace for trace in figure.data if trace.mode == "lines"]) == 4


def test_a_cloud_of_ratios_has_no_limits_of_chance() -> None:
    ratio = shown(Measure(15, 100, 100, 15, kind="ratio", unit="на 100"))
    figure = funnel_plot([FunnelPoint("Школа", 100, ratio)], 15, LIGHT, "регион", is_share=False)
    assert [trace.mode for trace in figure.data] == ["markers"]


def test_scores_stand_on_zero_with_the_boundaries_of_marks() -> None:
    figure = scores({0: 1, 5: 4, 20: 2}, 20, [("3", 6), ("4", 10)], LIGHT)
    assert len(figure.data[0].y) == 21
    assert figure.layout.yaxis.rangemode == "tozero"
    assert "«3» от\u00a06" in texts(figure)


@pytest.mark.parametrize(
    ("label", "lines"),
    [("Лесная ОШ", 1), ("Центр дополнительного образования детей", 2), ("А" * 80, 2)],
)
def test_long_names_take_two_lines_at_most(label: str, lines: int) -> None:
    parts = folded(label).split("<br>")
    assert len(parts) == lines
    assert all(len(part) <= 24 for part in parts)


def test_six_levels_are_six_shades() -> None:
    names = ["A1", "A2", "B1", "B2", "C1", "C2"]
    fig = levels([Levels("Озёрная СШ", (1, 2, 3, 4, 5, 6))], names, LIGHT)
    colors = [trace.marker.color for trace in fig.data]
    assert len(set(colors)) == 6
    assert (colors[0], colors[-1]) == (LIGHT.ramp[0][0], LIGHT.ramp[-1][0])

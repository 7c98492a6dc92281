"""The annual report: what it says, that it needs nothing but itself, that nobody can be recognised in it."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from dashboard import blocks as b
from dashboard import report
from dashboard.audience import viewer_of
from dashboard.marts import open_latest
from dashboard.queries import Queries
from dashboard.report.document import Numbering
from dashboard.report.flow import on_paper, unlinked
from dashboard.report.paper import Paper
from dashboard.words import NBSP

PUBLISHER = report.Publisher(
    district="Озёрный район", department="Отдел образования", office="Методкабинет", signer="Петрова А. А.",
    signer_title="Начальник Отдела",
)  # fmt: skip
YEARLY = report.Request(2026, formats=("html",), audience="public", name="Отчёт 2026")
ALLOWED = {"xlsx", "XLSX", "csv", "n", "k", "Wi", "Fi"}


class Texts(HTMLParser):
    """What a reader of the page sees."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._hidden += tag in ("script", "style", "title")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in ("script", "style", "title")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.seen.append(data)


def printed(blocks: list[b.Block]) -> str:
    paper = Paper()
    return "".join(paper.item(item) for item in Numbering().items(blocks))


def text_of(html: str) -> str:
    reader = Texts()
    reader.feed(html)
    return " ".join(reader.seen)


@pytest.fixture(scope="module")
def html(demo_root: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    seen: list[str] = []
    folder = tmp_path_factory.mktemp("отчёт")
    (path,) = report.write(
        demo_root, YEARLY, folder, PUBLISHER, lambda what, _done, _total: seen.append(what)
    )
    assert path.name == "Отчёт 2026.html"
    assert "Педагогические кадры" in seen
    return path.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def text(html: str) -> str:
    return text_of(html)


def test_the_cover_and_the_signature(text: str) -> None:
    for words in (
        "Озёрный район",
        "Отдел образования",
        "2025/26 учебный год",
        "Петрова А. А.",
        "Начальник Отдела",
    ):
        assert words in text


@pytest.mark.parametrize(
    "section",
    ["Сеть организаций", "Педагогические кадры", "ИКТ-компетентность", "Повышение квалификации",
     "Всероссийские проверочные работы", "компьютеры и оснащение", "Выводы, задачи", "Паспорт данных",
     "Показатели и методика"],
)  # fmt: skip
def test_every_section_is_there_and_in_the_contents(html: str, section: str) -> None:
    contents = html[html.index('<nav class="contents">') : html.index("</nav>")]
    assert section in contents
    anchor = re.search(rf'href="#([^"]+)">[^<]*{section}', contents)
    assert anchor
    assert f'<section id="{anchor[1]}">' in html


def numbers(html: str, word: str, css: str) -> list[int]:
    return [int(n) for n in re.findall(rf"{css}[^>]*>{word}{NBSP}(\d+)", html)]


def test_figures_and_tables_are_numbered_in_order(html: str) -> None:
    figures, tables = numbers(html, "Рисунок", "<figcaption"), numbers(html, "Таблица", '<p class="name"')
    assert figures == list(range(1, len(figures) + 1))
    assert tables == list(range(1, len(tables) + 1))
    assert len(figures) >= 15
    assert len(tables) >= 15


def test_every_figure_has_its_source_period_and_size(html: str) -> None:
    for figure in re.findall(r"<figure.*?</figure>", html, flags=re.DOTALL):
        caption = text_of(figure)
        assert "Источник: " in caption
        assert "Период: " in caption
        assert re.search(r"n = |[Уу]частий|организаци|ответ", caption.replace(NBSP, " ")), caption


def test_every_work_has_its_profile_and_its_comparison_with_the_journal(html: str) -> None:
    assert html.count(": выполнение заданий</h3>") == 10
    assert "Отметки за работу и журнал" in html


def test_the_file_needs_nothing_but_itself(html: str) -> None:
    without_library = re.sub(r"<script>/\*\*.*?</script>", "", html, count=1, flags=re.DOTALL)
    assert len(without_library) < len(html) - 3_000_000
    assert not re.search(r'(src|href)="(?!#|data:)', without_library)
    assert not re.search(r"url\((?!data:)", without_library)
    assert '"showSendToCloud": false' in html
    assert '"plotlyServerURL": ""' in html
    assert html.count("Plotly.newPlot(place") == 1


def test_only_russian_is_said(text: str) -> None:
    words = set(re.findall(r"\b[A-Za-z][A-Za-z]+\b", re.sub(r"\S+\.\w+|\S*[/_]\S*", " ", text)))
    assert words <= ALLOWED


def test_no_school_is_named_with_its_results(html: str) -> None:
    results = html[
        html.index("Всероссийские проверочные работы</h2>") : html.index(
            "Государственная итоговая аттестация</h2>"
        )
    ]
    assert "Нижнеозёрская" not in results


def test_no_small_group_is_named(demo_root: Path) -> None:
    marts = open_latest(demo_root)
    everyone = Queries(marts).cuts("any_category_share", ("school",), year=2026)
    shown = Queries(marts, viewer=viewer_of(demo_root, marts)).cuts(
        "any_category_share", ("school",), year=2026
    )
    assert any(0 < cut.measure.n < 10 for cut in everyone)
    assert any(cut.measure.is_hidden for cut in shown)
    assert all(cut.measure.n >= 10 for cut in shown if not cut.measure.is_hidden)


def test_another_year_is_named(demo_root: Path, tmp_path: Path) -> None:
    with pytest.raises(report.NoYearError, match="2026"):
        report.write(demo_root, replace(YEARLY, year=2031), tmp_path, PUBLISHER, lambda *_: None)
    assert list(tmp_path.iterdir()) == []


LINK = b.Link("Дальше", "results")
TABLE = b.Table((b.Column("Имя"),), (b.Row((b.Cell("а"),), LINK),), caption="Список")


def test_paper_has_no_links() -> None:
    cards = b.Cards((b.Card("Доля", "43 %", link=LINK),))
    said = printed([cards, TABLE, b.Signals((b.Signal("Мало", "n = 3", link=LINK),))])
    assert "href" not in said
    assert unlinked(TABLE).rows[0].link is None


def test_columns_stand_one_under_another_and_folds_are_open() -> None:
    said = list(on_paper([
        b.Split((b.Note("слева"),), (b.Note("справа"),)), b.Details("Подробно", (b.Note("внутри"),)),
        b.Filters(()), b.Links((), "", ""),
    ]))  # fmt: skip
    assert said == [b.Note("слева"), b.Note("справа"), b.Heading("Подробно"), b.Note("внутри")]


def test_an_empty_section_is_said_without_commands() -> None:
    said = printed([b.Empty("Анкет нет", "Школы их не прислали.", ("шаг",), ("kabinet up",))])
    assert "Анкет нет. Школы их не прислали." in said
    assert "kabinet up" not in said


def test_data_is_escaped() -> None:
    said = printed([b.Heading("<b>А</b>", "<i>"), b.Table((b.Column("<u>"),), (b.Row((b.Cell("<s>"),)),))])
    assert not re.search(r"<(b|i|u|s)>", said)


@pytest.fixture
def one_school(demo_root: Path, tmp_path: Path) -> Path:
    """A data root with the registry and the courses alone."""
    from pipelines.build import build
    from pipelines.intake import intake

    raw = demo_root / "raw"
    names = [*raw.glob("school_registry/*"), *raw.glob("training_course_register/*2025-26*"),
             *raw.glob("staff_list/*2025*")]  # fmt: skip
    intake(names, tmp_path)
    build(tmp_path)
    return tmp_path


def test_sections_without_data_say_why(one_school: Path, tmp_path: Path) -> None:
    (path,) = report.write(one_school, YEARLY, tmp_path / "out", PUBLISHER, lambda *_: None)
    said = path.read_text(encoding="utf-8")
    assert "Педагогические кадры" in said
    assert "Анкеты школ об оснащении за этот год не поступали." in said
    assert "Протоколы ВПР за этот год не поступали." in said
    assert re.findall(r"<h2>(\d+)\.", said) == [
        str(n) for n in range(1, 1 + len(re.findall(r"<h2>\d+\.", said)))
    ]

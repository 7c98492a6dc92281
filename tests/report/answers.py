"""Numbers of a document beside the command's answers: which indicator, in which cut, stands in which cell."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from dashboard import blocks as b
from dashboard.benchmarks import benchmarks
from dashboard.marts import Marts
from dashboard.parts import KINDS
from dashboard.queries import Queries
from dashboard.queries.programmes import targets
from dashboard.report.document import Document, Figure, Grid
from dashboard.values import records
from dashboard.words import HIDDEN
from tests.report.counts import Counts, taught

YEAR = 2026
NUMBER = re.compile(r"[−-]?\d{1,3}(?:\u00a0\d{3})+(?:,\d+)?|[−-]?\d+(?:,\d+)?")
PARTS = ("numerator", "denominator", "value", "low", "high", "n")
Numbers = list[float]
Pair = tuple[str, Numbers]
"""A text of the document and the numbers that it may say."""


def unknown(text: str, known: Numbers) -> list[str]:
    """The numbers of a text that are none of the known ones, rounded as the text rounds."""
    return [said for said in NUMBER.findall(text) if not _is_one_of(said, known)]


def _is_one_of(said: str, known: Numbers) -> bool:
    plain = said.replace("\u00a0", "").replace("−", "-").replace(",", ".")
    width = 0.5 * 10.0 ** -len(plain.partition(".")[2]) + 1e-6
    return any(abs(float(plain) - one) <= width for one in known)


@dataclass
class Answers:
    """What ``kabinet value`` says, asked once for each question."""

    marts: Marts
    document: Document
    school: str | None = None
    known: dict[str, Numbers] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.q = Queries(self.marts)
        self.schools = {name: s.id for s in self.q.schools().values() for name in (s.label, s.name)}
        self.counts = Counts(self.marts, YEAR)
        self.titles = {i.title: name for name, i in self.marts.indicators.items()}

    def of(self, indicator: str, **where: Any) -> Numbers:
        """Every number of one answer."""
        asked = f"{indicator} {sorted(where.items())}"
        if asked not in self.known:
            by = [name for name in ("topic", "level", "competence") if name in where]
            given = {"year": YEAR, **({"school": self.school} if self.school else {}), **where}
            rows = [
                row
                for row in records(self.marts, indicator, given, by)
                if not by or row[by[0]] == given[by[0]]
            ]
            assert len(rows) == 1, (asked, rows)
            self.known[asked] = [float(rows[0][part]) for part in PARTS if rows[0][part] is not None]
        return self.known[asked]

    def part(self, indicator: str, part: str, **where: Any) -> Numbers:
        """One number of an answer."""
        given = {"year": YEAR, **where}
        (row,) = records(self.marts, indicator, given)
        return [float(row[part] or 0)]


def pairs(a: Answers, grid: Grid) -> Iterator[Pair]:
    """Every cell of a table whose numbers are an indicator's, with the answer it has to agree with."""
    rule = TABLES[grid.key]
    heads = [column.title for column in grid.whole.columns]
    for row in grid.whole.rows:
        for head, cell in zip(heads[1:], row.cells[1:], strict=True):
            known = rule(a, grid, row.cells[0].text, head, row)
            if known is not None and HIDDEN not in cell.text:
                yield cell.text, known


Rule = Callable[[Answers, Grid, str, str, b.Row], Numbers | None]
"""Of a table's row name and column: the numbers that stand there; None for what is no number of an indicator."""


def work(label: str) -> dict[str, Any]:
    """«Математика, 4 класс» as conditions."""
    subject, _, grade = label.rpartition(", ")
    return {"subject": subject, "grade": int(grade.split()[0])}


def _kinds(a: Answers, _g: Grid, name: str, head: str, _r: b.Row) -> Numbers:
    kind = {title: kind for kind, title in KINDS.items()}.get(name)
    if head == "Организаций":
        return [sum(kind in (None, s.kind) for s in a.q.schools().values())]
    indicator = "pupils" if head.startswith("Обучающихся") else "teachers"
    return a.of(indicator, **({"kind": kind} if kind else {}))


def _organisations(a: Answers, _g: Grid, name: str, head: str, _r: b.Row) -> Numbers | None:
    indicator = {"Обучающихся": "pupils", "Педагогов": "teachers"}.get(head)
    return a.of(indicator, school=a.schools[name]) if indicator else None


def _years(a: Answers, grid: Grid, name: str, head: str, row: b.Row) -> Numbers | None:
    indicator, school = a.titles[grid.subject], a.schools[name]
    if re.fullmatch(r"20\d\d/\d\d", head):
        return a.of(indicator, school=school, year=int(head[:4]) + 1)
    if head == "Место от и до":
        return None  # places among others: held in tests of the screens
    if (
        head == "Сглажено"
    ):  # between the organisation's own share and the one of all: nothing else is known of it
        own, whole = (a.part(indicator, "value", **w)[0] for w in ({"school": school}, {}))
        at = [column.title for column in grid.table.columns].index(head)
        said = [float(n.replace(",", ".")) for n in NUMBER.findall(row.cells[at].text)]
        return said if all(min(own, whole) - 1 <= n <= max(own, whole) + 1 for n in said) else []
    years = [a.of(indicator, school=school, year=year) for year in range(YEAR - 2, YEAR + 1)]
    k, n = (sum(numbers[at] for numbers in years if numbers) for at in (0, 1))
    return [k, n, 100 * k / n] if n else []


def _terms(a: Answers, _g: Grid, name: str, head: str, _r: b.Row) -> Numbers | None:
    return a.of(a.titles[head], term=name)


WORKS = {
    "Участников": "participants", "Участие": "participation_share", "Качество": "quality_share",
    "Успеваемость": "pass_share", "Задания, в среднем": "task_success", "Подтвердили журнал": "journal_confirmed_share",
}  # fmt: skip
OGE = {
    "Участники": "exam_participants", "Качество": "oge_quality_share", "Успеваемость": "oge_pass_share",
    "Средняя отметка": "oge_mean_mark", "«2» до пересдачи": "oge_first_low_share",
    "«2» после пересдачи": "oge_final_low_share",
}  # fmt: skip
EXAMS = {
    "Участники": "exam_participants", "Средний балл": "exam_mean_score", "Разрыв с регионом": "exam_region_gap",
    "Преодолели порог": "exam_pass_share", "81–100 баллов": "exam_high_share", "Средняя отметка": "exam_mean_mark",
}  # fmt: skip


def _works(a: Answers, _g: Grid, name: str, head: str, _r: b.Row) -> Numbers:
    return a.of(WORKS[head], **work(name))


def _exams(a: Answers, grid: Grid, name: str, head: str, _r: b.Row) -> Numbers:
    procedure = next(
        p for p, title in (("oge", "ОГЭ"), ("ege", "ЕГЭ"), ("gve", "ГВЭ")) if title in grid.subject
    )
    where = {"procedure": procedure, "subject": name}
    if head == "Регион":
        mean, gap = (a.part(i, "value", **where)[0] for i in ("exam_mean_score", "exam_region_gap"))
        return [mean - gap]
    return a.of((OGE if procedure == "oge" else EXAMS)[head], **where)


def _equipment(a: Answers, _g: Grid, name: str, head: str, _r: b.Row) -> Numbers:
    return a.of(a.titles[head], school=a.schools[name])


def _topics(a: Answers, _g: Grid, name: str, head: str, _r: b.Row) -> Numbers:
    indicator = {"Просят": "training_need_share", "Назвали первым": "training_need_first_share"}.get(head)
    return a.of(indicator, topic=name) if indicator else [a.counts.took(name)]


def _changes(a: Answers, _g: Grid, name: str, head: str, _r: b.Row) -> Numbers | None:
    return a.of(a.titles[name], year=int(head[:4]) + 1) if head[:2] == "20" else None


def _due(a: Answers, _g: Grid, name: str, head: str, _r: b.Row) -> Numbers:
    part = "denominator" if head == "Педагогов" else "numerator"
    indicator = "course_due_soon_share" if head.startswith("Срок") else "course_overdue_share"
    return a.part(indicator, part, school=a.schools[name])


def _requests(a: Answers, _g: Grid, name: str, head: str, _r: b.Row) -> Numbers:
    asked, met = a.of("course_requests", topic=name)[0], a.of("request_met_share", topic=name)[0]
    told = {"Заявок": asked, "Исполнено": met, "Ждут": asked - met, **a.counts.requested(name)}
    return [told[head]]


CATEGORIES = {
    "высшая": "top_category_share", "первая": "first_category_share", "соответствие должности": "certified_only_share",
    "нет категории": "no_category_share",
}  # fmt: skip


def _categories(a: Answers, _g: Grid, name: str, head: str, _r: b.Row) -> Numbers:
    return a.part(CATEGORIES[head], "numerator", school=a.schools[name])


def _tasks(a: Answers, grid: Grid, name: str, head: str, _r: b.Row) -> Numbers | None:
    if head not in ("Выполнено", "Баллов", "Интервал"):
        return None
    return a.of("task_success", task=name, **work(grid.subject.partition(":")[0]))


def _single(a: Answers, _g: Grid, name: str, head: str, _r: b.Row) -> Numbers | None:
    part = {"Предметов": "denominator", "С одним учителем": "numerator"}.get(head)
    return a.part("single_teacher_share", part, school=a.schools[name]) if part else None


def _vacancies(a: Answers, _g: Grid, name: str, head: str, row: b.Row) -> Numbers | None:
    school, subject = a.schools[name], row.cells[1].text
    if head == "Вакантно, ч/нед.":
        return a.part("vacant_hours", "value", school=school, subject=subject)
    told = a.counts.subject(school, subject)
    return [told[head]] if head in told else None


def _month(a: Answers, _g: Grid, name: str, head: str, _r: b.Row) -> Numbers:
    return [a.counts.month(name)[head]]


def _ends(a: Answers, _g: Grid, name: str, head: str, _r: b.Row) -> Numbers:
    return [a.counts.ends(name, head.lower())]


def _teachers(a: Answers, grid: Grid, name: str, head: str, _r: b.Row) -> Numbers:
    """Of the work whose tasks stand last before."""
    before = [one for one in a.document.grids if one.number < grid.number and one.key == "tasks-table"]
    subject = taught(before[-1].subject.partition(":")[0])
    return [float(n) for n in a.counts.teachers(subject, a.schools.get(name))[head]]


def _courses(a: Answers, _g: Grid, name: str, head: str, row: b.Row) -> Numbers | None:
    topic, hours = row.cells[1].text, row.cells[2].text
    told = a.counts.course(str(a.school), name, topic, hours)
    return [told[head]] if head in told else None


def _listed(a: Answers, grid: Grid, name: str, head: str, _r: b.Row) -> Numbers | None:
    if head != "Значение":
        return None
    sql = "select indicator, cut, times from official_item where list_id = ? and item = ?"
    ((indicator, cut, times),) = a.q.rows(sql, [grid.key.removeprefix("list-"), name.split()[0]])
    if not indicator:
        return None
    found = a.of(indicator, **json.loads(cut))
    k, n, value = [*found, 0, 0, 0][:3] if len(found) > 2 else [*found, 0, 0][:3]
    return [*found, *(one * times for one in found), n - k, 100 - value]


TABLES: dict[str, Rule] = {
    "kinds": _kinds, "organisations": _organisations, "organisations-table": _years, "works-table": _works,
    "school-works": _works, "exams-table": _exams, "exams-oge": _exams, "exams-ege": _exams, "exams-gve": _exams,
    "equipment": _equipment, "demand-table": _topics, "needs": _topics, "changes": _changes, "due-table": _due,
    "methodical": _changes,
    "requests-table": _requests, "categories-table": _categories, "tasks-table": _tasks, "terms": _terms,
    "single-table": _single,
    "vacancies-table": _vacancies, "attestation-table": _month, "expiries-table": _ends, "teachers-table": _teachers,
    "courses": _courses, "list-955": _listed, "list-1324": _listed,
}  # fmt: skip
NO_INDICATOR = {
    "groups-table": "held to tasks in test_office",
    "problems": "signals, held in tests of the attention list",
    "forecast-table": "a forecast",
    "hours-at-risk-table": "a forecast",
    "reconciled-table": "numbers of the forms of schools",
    "board": "what was sent",
    "survey-1-table": "questions that no dictionary declares, held to rows of the snapshot in test_office",
    "sources": "what was sent",
    "sent": "what was sent",
    "methods": "no numbers of the data",
}
"""Tables whose numbers are neither an indicator's nor counted anew (`tests.report.counts`), and why."""


def cards(a: Answers, document: Document) -> Iterator[Pair]:
    """Every card with the answer under its title."""
    items = [i for part in document.parts for i in part.items if isinstance(i, b.Cards)]
    for card in (card for one in items for card in one.items):
        level = card.title.partition("Уровень: ")[2]
        indicator = a.titles.get(card.title, CARDS.get(card.title, ""))
        known = a.of("ict_level_share", level=level) if level else a.of(indicator)
        promised = [one.planned for one in targets(a.q, YEAR) if one.indicator == indicator]
        said = f"{card.value} {card.count}".replace("на 100", "")  # a unit
        yield said, [*known, *promised]


CARDS = {
    "ВПР: качество знаний, все работы": "quality_share",
    "ВПР: подтвердили отметку журнала": "journal_confirmed_share",
}


def sentences(a: Answers, document: Document) -> Iterator[Pair]:
    """Every sentence about an indicator, with this year's answer and last year's."""
    items = [i for part in document.parts for i in part.items if isinstance(i, b.Sentence)]
    for text in (item.text for item in items):
        found = re.match(r"Показатель «(.+?)» составил|(Доля .+?) составила", text)
        if found:
            name = a.titles[found[1] or found[2]]
            said = text[found.end() :].partition(";")[0].replace("95\u00a0%", "")
            yield said, [*a.of(name), *a.of(name, year=YEAR - 1)]


def drawn(a: Answers, figure: Figure) -> Iterator[Pair]:
    """Every number that the chart of an office file holds, with those of the figure's own table and the areas'."""
    known = [number for row in figure.chart.table.rows for number in _said(row)]
    if figure.chart.key == "profile":
        asked = {"year": YEAR, **work(figure.subject.partition(":")[0])}
        known += [float(v) for v in benchmarks(a.marts, "task_success", asked, ("task",))["value"].dropna()]
    form = figure.form
    for series in getattr(form, "series", ()):
        if series.is_helper or (series.line and not series.symbol):
            continue
        for numbers in (series.values, series.places):
            yield (
                " ".join(f"{abs(n):.2f}".replace(".", ",") for n in numbers if n is not None),
                [*map(abs, known)],
            )


def _said(row: b.Row) -> Numbers:
    """Numbers of a row of a figure's table; a small group's mark stands where its part of the whole is."""
    found = [abs(float(cell.value)) for cell in row.cells if cell.value is not None]
    for text in (cell.text for cell in row.cells):
        found += [
            float(one.replace("\u00a0", "").replace(",", ".").strip("−-")) for one in NUMBER.findall(text)
        ]
    counts = [float(cell.value or 0) for cell in row.cells[1:3]]
    if len(counts) < 2 or not counts[1]:
        return found
    return [*found, 100 * counts[0] / counts[1], counts[0] / counts[1]]

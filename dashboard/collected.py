"""The collection board: which organisation owes which form, what came and how it was taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dashboard.blocks import Board, BoardRow, Link, Mark
from dashboard.parts import MANY
from dashboard.queries import Queries, School
from dashboard.queries.board import Owed, State, owed
from dashboard.selection import Selection
from dashboard.words import day, plural

SHORT = {
    "vpr_pupils_2021": "ВПР", "vpr_individual_results": "ВПР, Ф1", "vpr_collection_form": "ВПР, форма",
    "vpr_export_2022": "ВПР, 2022", "vpr_export_2020": "ВПР, 2020",
    "school_questionnaire": "Анкета", "staff_list": "Кадры", "training_course_register": "Курсы",
    "ict_diagnostics": "ИКТ", "training_needs": "Запросы",
}  # fmt: skip
"""Sources where a form's name would say too little."""
PAGE = "collection"
IN = ("accepted", "warned")
_SAID: dict[State, str] = {
    "accepted": "принято", "warned": "принято с замечаниями", "refused": "возвращено", "overdue": "срок прошёл",
    "absent": "ждём", "not_needed": "не требуется",
}  # fmt: skip
_WORST: tuple[State, ...] = ("refused", "overdue", "absent", "warned", "accepted", "not_needed")


def board(
    q: Queries,
    year: int,
    kind: str | None = None,
    is_compact: bool = False,
    municipality: str | None = None,
    today: date | None = None,
) -> Board:
    """One row an organisation; in a region one row a municipality until one is chosen."""
    found = owed(q, year)
    forms = dict.fromkeys((one.form, one.title) for one in found)
    by_place = {(one.school, one.form): one for one in found}
    schools = [
        s for s in q.schools().values()
        if (kind is None or s.kind == kind) and (municipality is None or s.municipality == municipality)
    ]  # fmt: skip
    rows = _Rows(by_place, [form for form, _ in forms], year, today or date.today())
    grouped = len(schools) > MANY and municipality is None
    shown = rows.of_places(schools) if grouped else [rows.of_school(school) for school in schools]
    due = {one.form: f"до {one.due_on:%d.%m}" for one in found if one.is_expected}
    notes = tuple(due.get(form, "") for form, _ in forms)
    return Board(tuple(title for _, title in forms), tuple(shown), is_compact, notes=notes)


@dataclass(frozen=True)
class _Rows:
    """What the rows of one board are made of."""

    found: dict[tuple[str, str], Owed]
    forms: list[str]
    year: int
    today: date

    def of_school(self, school: School) -> BoardRow:
        marks = tuple(self._mark(school.id, form) for form in self.forms)
        return BoardRow(
            school.label, marks, Link(school.label, "school", Selection(year=self.year, school=school.id))
        )

    def of_places(self, schools: list[School]) -> list[BoardRow]:
        places: dict[str, list[School]] = {}
        for school in schools:
            places.setdefault(school.municipality or "без муниципалитета", []).append(school)
        return [
            BoardRow(
                f"{place} ({len(there)})",
                tuple(self._together(there, form) for form in self.forms),
                Link(place, "quality", Selection(year=self.year, municipality=place)),
            )
            for place, there in sorted(places.items())
        ]

    def _mark(self, school: str, form: str) -> Mark:
        one = self.found.get((school, form))
        if one is None:
            return Mark("not_needed")
        state = one.state(self.today)
        link = Link(one.title, PAGE, Selection(year=self.year, school=school, source=form))
        return Mark(state, hint(one, state), link=None if state == "not_needed" else link)

    def _together(self, schools: list[School], form: str) -> Mark:
        owing = [one for s in schools if (one := self.found.get((s.id, form))) is not None]
        states = [state for one in owing if (state := one.state(self.today)) != "not_needed"]
        if not states:
            return Mark("not_needed")
        worst = min(states, key=_WORST.index)
        count = states.count(worst)
        there = sum(state in IN for state in states)
        return Mark(worst, f"{_SAID[worst]}: {count}; принято {there} из {len(states)}", count)


def hint(one: Owed, state: State) -> str:
    """A cell in words: what became of the form, and its due date."""
    said = _SAID[state]
    if found := remarks(one.errors, one.warnings):
        said += f": {found}"
    if one.days_late:
        said += f"; позже срока на {plural(one.days_late, 'день', 'дня', 'дней')}"
    return f"{said}; срок {day(one.due_on)}" if one.is_expected else said


def remarks(errors: int, warnings: int) -> str:
    """«17 ошибок, 10 замечаний»; nothing where there are none."""
    counts = [plural(errors, "ошибка", "ошибки", "ошибок")] if errors else []
    counts += [plural(warnings, "замечание", "замечания", "замечаний")] if warnings else []
    return ", ".join(counts)


def file_of(path: str) -> str:
    """The name of a received file without its folders, whichever system it came to."""
    return path.replace("\\", "/").rsplit("/", 1)[-1]


def lacking(shown: Board) -> tuple[BoardRow, ...]:
    """Rows where something needed is not in."""
    return tuple(row for row in shown.rows if any(m.state not in (*IN, "not_needed") for m in row.marks))


def expected(found: Sequence[Owed], today: date) -> tuple[int, int, int]:
    """Forms taken, forms expected, forms whose date has passed."""
    due = [one for one in found if one.is_expected]
    states = [one.state(today) for one in due]
    return sum(state in IN for state in states), len(due), states.count("overdue")

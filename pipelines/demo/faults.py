"""The faults that the demonstration files are known to have: few, real ones, each at a declared place.

They go into the finished rows of one organisation, as a tired person or a shifted column puts them there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pipelines.demo.sheet import Cell, Row

Record = dict[str, Cell]


@dataclass(frozen=True)
class Fault:
    """One planned fault: where it is, what happens to the rows, and what intake must say about it."""

    source: str
    period: str
    """Year, or «year subject grade», as in the file's name."""
    school: str
    change: Callable[[list[Record]], None]
    title: str


def _shift_points(records: list[Record]) -> None:
    """The columns of points slide by one: the total stands where the first task should."""
    tasks = [heading for heading in records[0] if heading.startswith("балл за ")]
    for record in (one for one in records if one["вариант"] != "отсутствовал"):
        moved = [record["всего баллов"], *(record[task] for task in tasks)]
        record["всего баллов"] = moved[-1] if isinstance(moved[-1], int) else 0
        record.update(zip(tasks, moved, strict=False))


def _wrong_total(records: list[Record]) -> None:
    record = _present(records)
    record["всего баллов"] = int(str(record["всего баллов"])) + 2


def _points_of_absent(records: list[Record]) -> None:
    record = _present(records)
    record["вариант"] = "отсутствовал"


def _present(records: list[Record]) -> Record:
    """The first pupil who wrote the work and has points to spare."""
    return next(record for record in records if record["вариант"] != "отсутствовал")


def _more_internet_than_computers(records: list[Record]) -> None:
    computers, internet = (heading for heading in records[0] if "компьютер" in heading and _counts(heading))
    records[0][internet] = int(str(records[0][computers])) * 10 + 2


def _counts(heading: str) -> bool:
    return heading.startswith("Сколько компьютеров") or "доступ к сети Интернет" in heading


def _teaching_over_total(records: list[Record]) -> None:
    record = records[-1]
    record["Общий стаж"], record["Педагогический стаж"] = "7 л. 2 м.", "17 л. 2 м."


def _misspelt_organisation(records: list[Record]) -> None:
    records[0]["Ваша организация"] = "Светлоключенская СШ"


def _answered_twice(records: list[Record]) -> None:
    """The same person sent the form again, a little surer of everything."""
    records.append({**records[1], "Я создаю и оформляю документы и таблицы на компьютере": "Делаю постоянно"})


def _seminar_as_course(records: list[Record]) -> None:
    records[0]["Количество часов"] = 8


FAULTS = (
    Fault("vpr_pupils_2021", "2026 Биология 6", "980103", _shift_points, "столбцы с баллами сдвинуты"),
    Fault("vpr_pupils_2021", "2026 Математика 5", "980102", _wrong_total, "сумма не равна баллам за задания"),
    Fault(
        "vpr_pupils_2021", "2025 Русский язык 7", "980101", _points_of_absent, "отсутствовал, но есть баллы"
    ),
    Fault(
        "school_questionnaire",
        "2025",
        "980104",
        _more_internet_than_computers,
        "с интернетом больше, чем всего",
    ),
    Fault("staff_list", "2026", "980205", _teaching_over_total, "педагогический стаж больше общего"),
    Fault("ict_diagnostics", "2026", "980103", _misspelt_organisation, "организация написана с ошибкой"),
    Fault("ict_diagnostics", "2026", "980101", _answered_twice, "анкета отправлена дважды"),
    Fault("training_course_register", "2025", "980102", _seminar_as_course, "семинар внесён как курс"),
)
"""Besides these, an empty collection form lies among the results (see `vpr_files.empty_form`)."""


def spoiled(source: str, period: str, school: str, header: Sequence[str], rows: list[Row]) -> list[Row]:
    """The rows of one organisation in one file, with the faults planned for them."""
    changes = [f.change for f in FAULTS if (f.source, f.period, f.school) == (source, period, school)]
    if not changes or not rows:
        return rows
    records = [dict(zip(header, row, strict=True)) for row in rows]
    for change in changes:
        change(records)
    return [[record[heading] for heading in header] for record in records]

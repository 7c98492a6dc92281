"""Protocols of state exams as РЦОИ sends them, an appeal, and the region's form of ЕГЭ by school."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path

from pipelines.demo.exam_form import exam_form
from pipelines.demo.exams import (
    EGE,
    ENGLISH,
    GVE,
    OGE,
    Exam,
    Sitting,
    again,
    day,
    mark,
    person,
    score,
    sittings,
)
from pipelines.demo.model import EXAM_YEARS, Model
from pipelines.demo.organisations import Organisation, Region
from pipelines.demo.sheet import Cell, Row, Sheet, Workbook
from pipelines.demo.vocabulary import NOTICE

SOURCE = "exam_protocol"
DENSE = (
    "№", "Код ОО", "Класс", "Код ППЭ", "Аудитория", "Код регистрации", "Фамилия", "Имя", "Отчество", "Серия", "Номер",
    "Задания с кратким ответом", "Задания с развёрнутым ответом", "Первичный балл", "Оценка",
)  # fmt: skip
SPARSE = (
    "№", None, "Код МСУ", None, "Код ОО", None, "Класс", None, "Код ППЭ", None, "Аудитория", None, "Фамилия", "Имя",
    "Отчество", None, "Серия", None, "Номер", None, "Задания с кратким ответом", None,
    "Задания с развёрнутым ответом", None, "Первичный балл", None, "Балл",
)  # fmt: skip
FOREIGN = (
    "№", "Фамилия", None, None, "Имя", None, None, "Отчество", None, "Документ", "Код ОО", "Класс", "Код ППЭ",
    "Аудитория", None, "Часть с кратким ответом", "Часть с развёрнутым ответом", "Устная часть",
    "Первичный балл устной части", "Первичный балл письм. части", "Первичный балл", "Тестовый балл",
)  # fmt: skip
APPEALS = (
    "№", "Код ОО", "Класс", "Код ППЭ", "Аудитория", "Фамилия", "Имя", "Отчество", "Документ",
    "Тип апелляции / перепроверки", "Состояние", "Дата отправки на обработку", "Дата изменений", "Балл до изменения",
    "Первичный балл", "Балл", "Разница",
)  # fmt: skip
MEANS = ("Первичный балл", "Оценка", "Балл", "Тестовый балл")
SERIES = "0000"
"""No document has such a series."""
LAST = EXAM_YEARS[-1]
Write = Callable[[int, Exam, Sitting, Model, int], Row]


def exam_files(raw: Path, region: Region, model: Model) -> Iterator[Workbook]:
    """Protocols come to a district's own Отдел; a region keeps its exams elsewhere."""
    if region.folder:
        return
    for year in EXAM_YEARS:
        yield _book(raw, f"Протоколы ЕГЭ {year}", _ege(year, region, model))
        yield _book(raw, f"Протоколы ОГЭ {year}", _oge(year, region, model))
        yield exam_form(raw, year, region, model)
    title = f"Английский язык п:{day(ENGLISH, LAST):%Y.%m.%d}; у:{LAST}.06.22"
    rows = _block(title, FOREIGN, ENGLISH, _present(ENGLISH, LAST, region, model), LAST, model, _foreign)
    sheet = Sheet("Протокол", [], [*_above("ЕГЭ", LAST), *rows])
    yield Workbook(raw / SOURCE / f"Протокол ЕГЭ {LAST} Английский язык.csv", [sheet], title)
    yield _appeal(raw, region, model)


def _book(raw: Path, name: str, rows: Iterable[Row]) -> Workbook:
    return Workbook(raw / SOURCE / f"{name}.xlsx", [Sheet("Протокол", [], rows)], name)


def _above(exam: str, year: int) -> list[Row]:
    return [[f"Результаты {exam} {year} года"], [NOTICE]]


def _ege(year: int, region: Region, model: Model) -> Iterator[Row]:
    yield from _above("ЕГЭ", year)
    for exam in EGE:
        header, write = (DENSE, _dense) if exam.marks else (SPARSE, _sparse)
        found = _present(exam, year, region, model)
        yield from _block(_title(exam, day(exam, year)), header, exam, found, year, model, write, shift=7)
    ill = [(exam, one) for exam in EGE[:2] for one in _everybody(exam, year, region, model) if not one.points]
    for exam in dict.fromkeys(exam for exam, _ in ill):
        came = tuple(again(exam, tuple(one for e, one in ill if e is exam), year, model))
        title = _title(exam, date(year, 6, 25)) + " резервный день"
        yield from _block(title, SPARSE, exam, came, year, model, _sparse)


def _oge(year: int, region: Region, model: Model) -> Iterator[Row]:
    yield from _above("ОГЭ", year)
    for exam in OGE:
        found = _present(exam, year, region, model)
        yield from _block(_title(exam, day(exam, year)), DENSE, exam, found, year, model, _dense)
    for exam in OGE[:2]:
        failed = tuple(one for one in _present(exam, year, region, model) if mark(exam, one.total) == 2)
        if failed:
            title = _title(exam, date(year, 9, 8)) + " дополнительный период"
            tried = tuple(again(exam, failed, year, model, better=0.9))
            yield from _block(title, DENSE, exam, tried, year, model, _dense)
    few = sittings(GVE, year, region.schools[0], model)[-2:]
    yield from _block(_title(GVE, day(GVE, year)), DENSE, GVE, few, year, model, _dense)


def _everybody(exam: Exam, year: int, region: Region, model: Model) -> tuple[Sitting, ...]:
    found = [one for school in region.schools for one in sittings(exam, year, school, model)]
    otherwise = _by_gve(year, region, model) if exam.grade == 9 else set()
    return tuple(one for one in found if (one.school, one.number) not in otherwise)


def _by_gve(year: int, region: Region, model: Model) -> set[tuple[Organisation, int]]:
    """Who sits ГВЭ, and so not ОГЭ."""
    return {(one.school, one.number) for one in sittings(GVE, year, region.schools[0], model)[-2:]}


def _present(exam: Exam, year: int, region: Region, model: Model) -> tuple[Sitting, ...]:
    return tuple(one for one in _everybody(exam, year, region, model) if one.points)


def _title(exam: Exam, when: date) -> str:
    return f"{exam.code} - {exam.name} {when:%Y.%m.%d}"


def _block(
    title: str, header: Row, exam: Exam, found: tuple[Sitting, ...], year: int, model: Model, write: Write,
    shift: int = 0,
) -> Iterator[Row]:  # fmt: skip
    """A title line, the header, participants, and what the protocol says of them below."""
    if not found:
        return
    yield [*[None] * shift, title]
    yield header
    for number, one in enumerate(found, 1):
        yield write(number, exam, one, model, year)
    results = [mark(exam, one.total) if exam.marks else score(exam, one.total) for one in found]
    width = len(header) - 1
    means = {at: name for at, name in enumerate(header) if name in MEANS}
    of = {"Первичный балл": [one.total for one in found]}
    below: list[Cell] = [None] * width
    for at, name in means.items():
        numbers = of.get(str(name), results)
        below[at - 1] = round(sum(numbers) / len(numbers))
    yield ["Средние", *below]
    yield ["Всего участников", *[None] * (width - 1), len(found)]


def _masks(exam: Exam, one: Sitting) -> tuple[str, str, str]:
    short, long = len(exam.short), len(exam.short) + len(exam.long)
    signs = [str(p) if most > 1 else "-+"[p] for p, most in zip(one.points[:short], exam.short, strict=True)]
    said = [f"{p}({most})" for p, most in zip(one.points[short:], (*exam.long, *exam.oral), strict=True)]
    return "".join(signs), "".join(said[: long - short]), "".join(said[long - short :])


def _about(exam: Exam, one: Sitting, model: Model, year: int) -> tuple[tuple[str, str, str], str]:
    number = f"{int(one.school.code[-2:]) * 100 + one.number:06d}"
    return person(one.school, exam, year, one.number, model), number


def _dense(number: int, exam: Exam, one: Sitting, model: Model, year: int) -> Row:
    (last, first, middle), document = _about(exam, one, model, year)
    short, long, _ = _masks(exam, one)
    place: Row = [number, one.school.exam_code, one.label, "0101", f"{number % 9 + 1:04d}", None]
    return [*place, last, first, middle, SERIES, document, short, long, one.total, mark(exam, one.total)]


def _sparse(number: int, exam: Exam, one: Sitting, model: Model, year: int) -> Row:
    (last, first, middle), document = _about(exam, one, model, year)
    short, long, _ = _masks(exam, one)
    return [
        number, None, "101", None, one.school.exam_code, None, one.label, None, "0101", None, f"{number % 9 + 1:04d}",
        None, last, first, middle, None, SERIES, None, document, None, short, None, long, None, one.total, None,
        score(exam, one.total),
    ]  # fmt: skip


def _foreign(number: int, exam: Exam, one: Sitting, model: Model, year: int) -> Row:
    (last, first, middle), document = _about(exam, one, model, year)
    short, long, oral = _masks(exam, one)
    aloud = sum(one.points[-len(exam.oral) :])
    place: Row = [one.school.exam_code, one.label, "п:0101 у:0102", f"п:{number:04d} у:{number:04d}", None]
    points: Row = [short, long, oral, aloud, one.total - aloud, one.total, score(exam, one.total)]
    return [
        number,
        last,
        None,
        None,
        first,
        None,
        None,
        middle,
        None,
        f"{SERIES} {document}",
        *place,
        *points,
    ]


def _appeal(raw: Path, region: Region, model: Model) -> Workbook:
    """One participant was given two points more."""
    exam = EGE[0]
    present = _present(exam, LAST, region, model)
    one = min(present, key=lambda s: (abs(score(exam, s.total) - 60), s.school.code, s.number))
    (last, first, middle), document = _about(exam, one, model, LAST)
    before, after = score(exam, one.total), score(exam, one.total + 2)
    row: Row = [
        1, one.school.exam_code, one.label, "0101", "0001", last, first, middle, f"{SERIES} {document}",
        "Апелляция на результат", "Апелляция удовлетворена", f"02.07.{LAST} 16:55:40", f"05.07.{LAST} 9:54:41", before,
        one.total + 2, after, after - before,
    ]  # fmt: skip
    rows: list[Row] = [[NOTICE], [_title(exam, day(exam, LAST))], APPEALS, row]
    name = f"Апелляции ЕГЭ {LAST} Русский язык"
    return Workbook(raw / "exam_appeals" / f"{name}.csv", [Sheet("Апелляции", [], rows)], name)
